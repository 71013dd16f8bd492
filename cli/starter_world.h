#pragma once
// What `kiln new` writes; NAME stands for the name of the module.

#include <string_view>

namespace kiln::cli {

inline constexpr std::string_view starter_world =
    R"mud(/// A small world to begin with: two rooms, a lantern, and a lever that opens a door for a while.
module NAME

zone NAME {
  title: "A New World"
  description: "There is not much here yet. That is up to you."
  entrances: landing
  start: landing
}

room landing {
  title: "The Landing"
  description: """
    A stone landing above dark water. A lever sticks out of the wall beside an iron door.
    [if door_is_open]The door stands open.[else]The door has no handle on this side.[end]
    """
  exit north -> vault { door: closed, locked, unpickable ; name: "the iron door" ; keywords: "door", "iron" }
  detail "lever": "Worn bright by many hands. You could PULL LEVER."
  detail "water": "It is deeper than it looks, and it looks deep."
  place lantern

  state door_is_open: bool = false

  on command "pull lever" by who {
    if door_is_open { tell who "It is down already." ; stop }
    door_is_open = true
    act who "[Who] [who pulls] the lever. [The exit(north)] swings open."
    unlock exit(north)
    open exit(north)
    on cancel { close exit(north) ; lock exit(north) ; door_is_open = false }
    wait 30s
    close exit(north)
    lock exit(north)
    door_is_open = false
    echo "The lever creeps up again, and the iron door falls shut."
  }
}

room vault {
  title: "The Vault"
  description: "Whatever was kept here, somebody has taken it. A ring hangs from a chain on the wall."
  flags: indoors
  exit south -> landing { door: closed, locked, unpickable ; name: "the iron door" ; keywords: "door", "iron" }
  detail "ring", "chain": "PULL RING would open the door from here."

  on command "pull ring", "pull chain" by who {
    act who "[Who] [who pulls] the ring, and the iron door swings open."
    unlock exit(south)
    open exit(south)
  }
}

item lantern {
  short: "a brass lantern"
  long: "A brass lantern stands on the stones."
  description: "It is still warm. Whoever left it cannot be far."
  keywords: "lantern", "brass", "lamp"
  kind: light
  weight: 1kg
  value: 5
}

test "the lever opens the door for half a minute" {
  seed: 1
  player p at landing
  expect landing.exit(north) is locked
  p does "pull lever"
  expect p sees "You pull the lever."
  expect landing.exit(north) is open
  p does "north"
  expect p sees "The Vault"
  advance 31s
  expect landing.exit(north) is locked
  p does "pull ring"
  expect p sees "You pull the ring"
  expect vault.exit(south) is open
  expect no faults
}
)mud";

}  // namespace kiln::cli

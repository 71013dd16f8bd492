/// Seven masters pressed a hand into what was theirs. Whoever finds all seven may touch an eighth.
module kettle_cross

/// How many of the seven a player has found.
player state hands_found: int = 0

/// A place with a handprint in it. `feel` is what the hand tells.
trait bears_hand(feel: text) {
  player state has_pressed: bool = false
  detail "print", "prints", "hand", "handprint":
      "The print of a hand, fingers spread. You could PRESS HAND into it."

  on command "press hand", "press print", "touch hand", "touch print", "press handprint" by who {
    if who.has_pressed { tell who "It knows you already." ; stop }
    who.has_pressed = true
    who.hands_found += 1
    act who, who {
      actor "You press your hand into the print."
      target ""
      others "[Who] [who presses] a hand against something, and [who listens]."
    }
    tell who "[feel]"
    reward who with 10 + 5 * who.hands_found
    if who.hands_found == 7 {
      tell who "That was the seventh. Across the river, in a hut of willow, somebody puts down a net."
    } else {
      tell who "That makes [who.hands_found] of 7."
    }
  }
}

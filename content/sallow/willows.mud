/// South of the weir: the willows, and what lives under them.
module sallow

room osier_beds {
  title: "The Osier Beds"
  description: """
    Willow grows here in rows, cut back every winter to a fist, and every spring each fist opens into a
    hundred rods. They are higher than you, and whisper with one voice. North is the weir; paths go west and
    south.
    """
  sector: field
  exit north -> eel_weir
  exit west -> goose_green
  exit south -> willow_aisle
  detail "willow", "rods", "rows", "osiers":
      "Green, straight and wet: good for baskets, bad for fires. With a hook you could CUT RODS."
  detail "fists", "fist", "stumps": "Some are older than the village. They have seen many hands."
  spawn gnats max 1 respawn 90s

  on command "cut rods", "cut osiers", "cut willow", "cut rod" by who {
    if not who.carries(billhook) and not who.carries(pike_jaw) {
      tell who "You bend a rod and let go, and it tells you what it thinks. You would need a hook, or teeth."
      stop
    }
    if who.carries(green_rods) {
      tell who "You have as many as you can hold without looking like a hedge."
      stop
    }
    act who "[Who] [who cuts] an armful of green rods."
    give green_rods to who else { spawn green_rods at here }
  }
}

item green_rods {
  short: "a bundle of green rods"
  long: "A bundle of green willow rods lies here."
  description: "Wet through. Set them alight, and you would have a great deal of smoke and nothing else."
  keywords: "rods", "bundle", "green", "osiers"
  weight: 2kg
  value: 2
}

room goose_green {
  title: "Goose Green"
  description: """
    Short grass, cropped by experts. Feathers lie about as after a party. A pole has been set up in the middle
    with a little roof on top, and under the roof hangs a list. Sixlegs is north, the osiers are east.
    """
  sector: field
  exit north -> sixlegs
  exit east -> osier_beds
  detail "list", "pole", "roof": """
    GEESE, BY RANK. The Alderman. Then a wide gap. Then: the Clerk, the Widow, Both Sisters, Gravel, and NOT
    GRAVEL. Somebody has written AWAY beside the first.

    Who wants to be on it, has only to HONK.
    """
  detail "feathers", "feather", "grass": "White, and each with a little curl, like a signature."
  spawn goose max 3 respawn 2m

  every 50s { echo "A goose says what the other geese are thinking, and they all look at you." }

  player state has_honked: bool = false

  on command "honk" by who {
    act who "[Who] [who honks]."
    bind who
    wait 2s
    echo "There is a silence, of the kind in which minutes are taken."
    if who.has_honked { stop }
    who.has_honked = true
    reward who with 10
    tell who "You believe that you have been entered in the list, at the bottom, in pencil."
  }
}

npc goose {
  short: "a goose"
  long: "A goose walks up and down with its hands behind its back."
  description: "You have been looked at like this before, by an aunt."
  keywords: "goose"
  level: 2
  hp: 12
  damage: 1d3
  flags: sentinel
  on attack(victim, who) { echo "All of Goose Green inhales at once." }
}

room willow_aisle {
  title: "The Willow Aisle"
  description: """
    Two rows of old willows lean together over the path until their crowns touch. It is green and dim in here,
    and steps make no sound. To the east something black stands against the sky; to the south the path turns
    to mud. Under a root is a hole.
    """
  sector: forest
  exit north -> osier_beds
  exit east -> struck_willow
  exit south -> lantern_mire
  exit in -> fox_earth
  detail "willows", "rows", "crowns": "They stand like people in church who are waiting for one to laugh."
  detail "hole", "root": "As wide as your shoulders. Feathers stick to the rim."
  detail "mud", "path": "Webbed feet have gone south here, with dignity. None came back."
  spawn fox respawn 4m

  /// A goose alone with a fox has not long.
  on enter(who) when who is alderman {
    if not fox in here { stop }
    echo "The fox looks at the Alderman as you look at an open bakery. He does not move another step."
    wait 15s
    if fox in here and alderman in here {
      echo "There is a rush, and a great many feathers. Then there is no fox, and no Alderman."
      if alderman { raise goose_lost(alderman) }
      if fox { move fox to fox_earth }
    }
  }

  on command "listen" by who { tell who "Leaves. Under them, paws, which stop when you listen." }
}

npc fox {
  short: "a fox"
  long: "A fox sits here with its tail around its feet, being reasonable."
  description: "It is thin, and there is milk on its belly. Somebody at home is waiting for dinner."
  keywords: "fox", "vixen"
  gender: female
  level: 4
  hp: 30
  dexterity: 15
  damage: 1d6
  damage_type: pierce
  flags: sentinel

  on give(thing, who) {
    if thing is live_eel or thing is smoked_eel {
      destroy thing
      emote "takes the eel, gently, and looks back once."
      reward who with 25
      tell who "You are left with the feeling of having been thanked by an expert."
      move self to fox_earth
      after 5m { if fox and not fox in willow_aisle { move fox to willow_aisle } }
      stop
    }
    emote "sniffs at [the thing], and puts it down again in front of you."
    give thing to who
  }

  on talk_to(who, whom) when whom == self { emote "listens with one ear. The other is on dinner." }
}

room fox_earth {
  title: "The Fox's Earth"
  description: """
    Dry, low and warm. Bones, feathers, and half a hat. Four cubs lie in a heap, so that you cannot say where
    one ends. They look at you with eight eyes, and wait for you to be food.
    """
  flags: indoors
  exit out -> willow_aisle
  detail "cubs", "cub", "heap", "eyes": "The smallest yawns. You had not known that a yawn could have teeth."
  detail "bones", "feathers": "All accounted for, as it were."
  detail "hat": "The half with the band. Somebody got away with the other."
  place hat_band

  player state has_fed: bool = false

  on command "feed cubs", "feed cub", "feed foxes" by who {
    take live_eel from who else {
      tell who "They try your bootlace and find it wanting. Eel, say eight eyes. Or goose."
      stop
    }
    act who "[Who] [who puts] down the eel. For a moment it has four tails."
    if not who.has_fed { who.has_fed = true ; reward who with 40 }
    tell who "When you look up, the vixen stands in the entrance. She steps aside to let you out."
  }
}

item hat_band {
  short: "a hatband"
  long: "A hatband lies among the bones."
  description: "Silk, once green. Inside it is written: RETURN TO SILL, KETTLE CROSS. SMALL REWARD."
  keywords: "hatband", "band"
  kind: armor
  slot: neck
  wits: 1
  weight: 10g
  value: 12
}

room struck_willow with bears_hand("A broad hand, that was sure of itself. The bark around it is scorched.") {
  title: "The Struck Willow"
  description: """
    Lightning came down here and did not stop at the bark. The willow stands split from crown to root, black
    inside and green outside, and lives. In the cleft lies ash, grey and very fine.
    [if hornets_sleep]Hornets hang around it in clusters, drunk with smoke.[else]Hornets go in and out of it,
    each as long as your thumb.[end]
    """
  sector: forest
  exit west -> willow_aisle
  detail "hornets", "nest": """
    Their nest fills the upper cleft. They have counted you. Smoke might make them lose count: SMOKE HORNETS.
    """
  detail "willow", "cleft", "bark":
      "Six people could stand inside. At the height of the heart, a hand is pressed into the wood."
  detail "ash": "Lightning ash, and never rained on. You could SCRAPE ASH together, if you were let."

  state hornets_sleep: bool = false

  on command "smoke hornets", "smoke nest", "smoke out hornets", "burn rods", "light rods" by who {
    if hornets_sleep { tell who "They are smoked as it is." ; stop }
    if not who.carries(lantern) {
      tell who "You have nothing here to make fire with. A lantern would do."
      stop
    }
    take green_rods from who else {
      tell who "There is nothing here that smokes. Dry wood burns; you want something green."
      stop
    }
    hornets_sleep = true
    act who "[Who] [who holds] green rods over [who.his] lantern until they smoke like a bad inn."
    echo "One after another the hornets sink down and hold on to each other."
    wait 40s
    hornets_sleep = false
    echo "A hornet shakes itself, then another. They begin to count."
  }

  on command "scrape ash", "get ash", "take ash", "scrape" by who {
    if not hornets_sleep {
      act who "[Who] [who reaches] into the cleft and [who draws] it back, faster and larger."
      damage who for 1d4 as poison
      apply hornet_stings to who
      stop
    }
    if who.carries(sky_ash) {
      tell who "You have enough. It does not weigh anything, but it seems to."
      stop
    }
    act who "[Who] [who scrapes] a handful of ash out of the cleft."
    give sky_ash to who else { spawn sky_ash at here }
    if not who.has_ash { who.has_ash = true ; reward who with 80 }
  }

  player state has_ash: bool = false

  on command "listen" by who { tell who "The hum comes from everywhere. It has edges." }
}

item sky_ash {
  short: "a twist of sky ash"
  long: "A little heap of ash lies here, and the wind goes around it."
  description: "From a willow that the sky has burnt. It is so fine that it keeps the print of your look."
  keywords: "ash", "twist", "sky"
  flags: no_sell
  weight: 20g
}

effect hornet_stings {
  name: "hornet stings"
  tags: "poison", "harmful"
  duration: 30s
  stacking: intensify
  stacking_max: 4
  modify { dexterity: -1 * stacks }
  on start(victim, source) { act victim "[Victim] [victim says] a word that is not said in front of geese." }
  on end(victim, reason) when reason == expired { tell victim "Your hand goes back to the size of a hand." }
}

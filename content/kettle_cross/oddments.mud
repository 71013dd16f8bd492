/// Northeast of the square: Sill, who sells what she finds useful, and buys what you do not.
module kettle_cross
use sallow

room oddments {
  title: "Oddments"
  description: """
    A shop the size of a cupboard, or a cupboard with ambitions. Things hang, lean and lie in heaps, and each
    heap has a price on a stick. There is just room enough to turn around, one customer at a time.
    """
  flags: indoors, peaceful
  exit southwest -> square
  detail "things", "heaps", "heap", "sticks", "stick", "prices":
      "LIST says what there is. BUY and SELL do what they say."
  detail "cupboard":
      "On the inside of the door, a mirror. You look like somebody who is about to buy something."
  detail "mirror": "You, but with a price on a stick behind you."
  spawn sill respawn 2m
}

npc sill from villager with greets_newcomers(
    "Mind the heap. And that one. LIST, if you want to know what is in them.") {
  short: "Sill"
  long: "Sill sits on a folding chair with a cash box for a footstool."
  description: """
    She walked every road there is with a pack on her back, until the pack got too good. Her boots still stand
    in the window. They are not for sale.
    """
  keywords: "sill", "shopkeeper", "pedlar"
  gender: female

  on talk_to(who, whom) when whom == self {
    choose {
      1 => say "I do not haggle. I did, for thirty years; I know what it costs."
      1 => say "A lamp, if you go below. A rope, if you go further."
      1 => say "My boots? No. They know things."
    }
  }

  on command "list", "list goods", "list things" by who {
    tell who "Sill points with her chin: a felt hat, 4 gold. Stout boots, 6. An oilskin coat, 9."
    tell who "A billhook, 8. A lantern, 5. A rope, 5. A sling bag, 4. A bun for the road, 2."
  }

  on command "buy <wish:words>" by who {
    if wish has "hat" { sell_over_counter(self, who, felt_hat, 4) ; stop }
    if wish has "boots" { sell_over_counter(self, who, stout_boots, 6) ; stop }
    if wish has "coat" or wish has "oilskin" { sell_over_counter(self, who, oilskin_coat, 9) ; stop }
    if wish has "billhook" or wish has "hook" { sell_over_counter(self, who, billhook, 8) ; stop }
    if wish has "lantern" or wish has "lamp" { sell_over_counter(self, who, lantern, 5) ; stop }
    if wish has "rope" { sell_over_counter(self, who, rope, 5) ; stop }
    if wish has "bag" or wish has "sling" { sell_over_counter(self, who, sling_bag, 4) ; stop }
    if wish has "bun" { sell_over_counter(self, who, road_bun, 2) ; stop }
    say "I do not have that. I had one once. It bit."
  }

  on give(thing, who) {
    if thing is hat_band {
      destroy thing
      say "My green band! I lost that hat to a fox, and was glad to lose no more. Here: small reward."
      pay 20 to who
      reward who with 40
      stop
    }
    say "I do not take gifts. I would have to give some."
    give thing to who
  }

  on command "sell <thing:item carried>" by who { buy_over_counter(self, who, thing) }

  on say "hat", "fox" by who when who is player {
    say "A good hat, with a green band. The fox has one half of it. I hope it is raining in there."
  }
  on say "roads", "road", "boots" by who when who is player {
    say "All of them end where they were not going. That is why one needs boots."
  }
}

/// What a keeper hands out for a price; nothing changes hands if either hand is empty.
fn sell_over_counter(keeper: npc, buyer: player, what: template<item>, price: money) {
  charge price from buyer else { as keeper say "That is [price], and you know it." ; stop }
  let thing = spawn what at keeper
  give thing to buyer else {
    destroy thing
    pay price to buyer
    as keeper say "Your arms are full. Come back with fewer arms' worth."
  }
}

/// What a keeper pays for a thing: two fifths of its value.
fn buy_over_counter(keeper: npc, seller: player, thing: item) {
  let price = thing.value * 2 / 5
  if price <= 0 { as keeper say "[The thing]? I have a floor full of those, and I walk on it." ; stop }
  act seller, keeper {
    actor "You sell [the thing]."
    target "[Seller] sells you [the thing]."
    others "[Seller] sells [the thing]."
  }
  destroy thing
  pay price to seller
}

item felt_hat {
  short: "a felt hat"
  long: "A felt hat lies here, waiting for a head."
  description: "Grey, and waxed against rain and opinions."
  keywords: "hat", "felt"
  kind: armor
  slot: head
  armor: 1
  weight: 0.2kg
  value: 4
}

item stout_boots {
  short: "a pair of stout boots"
  long: "A pair of stout boots stands here, toes in."
  description: "Nailed, greased, and a size too large, like everybody's."
  keywords: "boots", "pair", "stout"
  kind: armor
  slot: feet
  armor: 1
  dexterity: 1
  weight: 1.5kg
  value: 6
}

item oilskin_coat {
  short: "an oilskin coat"
  long: "An oilskin coat has been dropped here and kept its shape."
  description: "It creaks, it smells of fish, and nothing has ever come through it."
  keywords: "coat", "oilskin"
  kind: armor
  slot: body
  armor: 3
  weight: 2kg
  value: 9
}

item billhook {
  short: "a billhook"
  long: "A billhook lies here."
  description: "For hedges, says the label. The label has seen some hedges."
  keywords: "billhook", "hook", "bill"
  kind: weapon
  slot: wielded
  damage: 1d6
  damage_type: slash
  weight: 1.2kg
  value: 8
}

item lantern {
  short: "a horn lantern"
  long: "A horn lantern stands here."
  description: "Thin horn instead of glass: it makes every light look like evening."
  keywords: "lantern", "lamp", "horn"
  kind: light
  slot: held
  weight: 0.6kg
  value: 5
}

item rope {
  short: "a coil of rope"
  long: "A coil of rope lies here."
  description: "Twenty paces of hemp. It has been tied to better people."
  keywords: "rope", "coil", "hemp"
  weight: 2kg
  value: 5
}

item sling_bag {
  short: "a sling bag"
  long: "A sling bag lies here with its mouth open."
  description: "Somebody has embroidered NOT MINE on the flap."
  keywords: "bag", "sling"
  kind: container
  capacity: 12
  weight: 0.4kg
  value: 4
}

item road_bun {
  short: "a bun for the road"
  long: "A bun lies here. It has met the road."
  description: "Raisins. Or else."
  keywords: "bun"
  kind: food
  heals: 2d4
  weight: 0.2kg
  value: 1
}

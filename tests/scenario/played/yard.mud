/// A yard with one of everything that players type about.
module yard

zone yards { title: "The Yards" ; entrances: yard ; start: yard }

room yard {
  title: "The Yard"
  description: "A yard between four walls."
  exit north -> barn { door: closed ; name: "the barn door" ; keywords: "door", "barn" }
  exit east -> cellar { door: closed, locked ; name: "the cellar door" ; keywords: "door", "cellar" ; key: brass_key }
  exit up -> loft
  detail "sign": "It says: no running."
  detail "bed": "An old bed frame, out in the rain."
  detail "under the bed": "Dust, and a button."
  place short_sword
  place long_sword
  place arrow max 4
  place bag { contains red_potion ; contains blue_potion ; contains bread }
  place chest
  place table { contains tin_sword }
  place torch
  place helm
  place silver_ring
  place copper_ring
  place brass_key
  place iron_key
  place letter
  spawn orc max 2
  spawn wolf
  spawn miller
  spawn beggar
}

room barn { title: "The Barn" ; description: "Hay." ; exit south -> yard { door: closed ; name: "the barn door" ; keywords: "door", "barn" } }
room cellar {
  title: "The Cellar"
  description: "Dark and cool."
  exit west -> yard { door: closed, locked ; name: "the cellar door" ; keywords: "door", "cellar" ; key: brass_key }
}
room loft {
  title: "The Loft"
  description: "Beams."
  exit down -> yard
  place pelt max 2
  place ruby
  place emerald
  place rat_corpse { contains copper_ring ; contains red_potion }
  place cat_corpse { contains ruby ; contains blue_potion }
  place strongbox
}

item short_sword { short: "a short sword" ; kind: weapon ; damage: 1d4 ; weight: 1kg }
item long_sword { short: "a long sword" ; kind: weapon ; damage: 1d6 ; weight: 1kg }
item tin_sword { short: "a tin sword" ; kind: weapon ; damage: 1d2 ; weight: 1kg }
item arrow { short: "an arrow" ; weight: 50g }
item bag { short: "a leather bag" ; kind: container ; capacity: 20 }
item chest { short: "an oak chest" ; kind: container ; capacity: 20 ; closed: true ; locked: true ; key: brass_key ; flags: fixed }
item strongbox { short: "a strongbox" ; kind: container ; capacity: 5 ; weight: 90kg }
item table { short: "a table" ; kind: furniture ; capacity: 10 }
item torch { short: "a torch" ; kind: light }
item helm { short: "an iron helm" ; kind: armor ; slot: head ; armor: 1 }
item silver_ring { short: "a silver ring" ; slot: finger ; weight: 10g }
item copper_ring { short: "a copper ring" ; slot: finger ; weight: 10g }
item brass_key { short: "a brass key" ; kind: key ; weight: 50g }
item iron_key { short: "an iron key" ; kind: key ; weight: 50g }
item letter { short: "a letter" ; kind: note ; text: "Come home." }
item red_potion { short: "a red potion" ; kind: drink ; weight: 100g }
item blue_potion { short: "a blue potion" ; kind: drink ; weight: 100g }
item bread { short: "some bread" ; kind: food ; weight: 200g }
item pelt { short: "a pelt" ; weight: 1kg }
item ruby { short: "a ruby" ; keywords: "ruby", "gem" ; weight: 10g }
item emerald { short: "an emerald" ; keywords: "emerald", "gem" ; weight: 10g }
item rat_corpse { short: "the corpse of a rat" ; keywords: "corpse", "rat" ; kind: corpse ; capacity: 20 }
item cat_corpse { short: "the corpse of a cat" ; keywords: "corpse", "cat" ; kind: corpse ; capacity: 20 }

npc orc { short: "an orc" ; flags: sentinel ; hp: 30 ; gender: male }
npc wolf { short: "a grey wolf" ; keywords: "wolf", "grey" ; flags: sentinel ; hp: 30 }
npc miller {
  short: "the miller"
  gender: female
  flags: sentinel, peaceful
  on say(who, words) "map" { say "A map? Ask in the barn." }
}
npc beggar { short: "a beggar" ; flags: sentinel, peaceful ; gender: male }

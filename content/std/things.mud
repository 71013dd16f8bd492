/// Things every world has.
module std.things

item corpse {
  short: "a corpse"
  long: "A corpse lies here."
  description: "There is no life left in it."
  keywords: "corpse", "body", "remains"
  kind: corpse
  capacity: 100
  weight: 40kg
}

item coins {
  short: "some coins"
  long: "A few coins glint here."
  description: "Copper mostly, with a hole in the middle."
  keywords: "coins", "coin", "gold", "money"
  kind: coins
  weight: 10g
}

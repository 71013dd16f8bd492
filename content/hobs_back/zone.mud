/// Hob's Back: a round green hill that snores. Somebody took its warmth once, and did not ask.
module hobs_back
use kettle_cross

zone hobs_back {
  title: "Hob's Back"
  description: "A hill that sleeps badly, and the people who live on it and walk softly."
  levels: 4..7
  entrances: hill_road
  reset: 10m

  /// Somebody took without asking, and the hill lies awake for a while.
  zone state hill_is_awake: bool = false
}

abstract npc hill_dweller from villager {
  short: "somebody of the hill"
  description: "Somebody who steps lightly and speaks low."
}

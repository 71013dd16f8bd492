/// The Sallow: the river and its marsh, upstream of Kettle Cross. Willows, eels, a court of frogs.
module sallow
use kettle_cross

zone sallow {
  title: "The Sallow"
  description: "A slow river, a quick marsh, and willows that lean over both to hear what they say."
  levels: 2..5
  entrances: towpath
  reset: 10m

  /// While the lights dance on the mire, the ground is not to be trusted.
  zone state lights_are_out: bool = false
}

/// Somebody followed the lights.
event led_astray(who: creature)

/// People of the marsh: harmless, damp, and not in a hurry.
abstract npc marsh_dweller from villager {
  short: "a marsh dweller"
  description: "Somebody with wet boots and dry remarks."
}

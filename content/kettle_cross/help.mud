/// What a newcomer asks for: the places, the shops, and what there is to be done.
module kettle_cross
use sallow
use hobs_back
use drowned_works

help village {
  keywords: "village", "kettle", "cross", "places", "where"
  text: """
    The square with the kettle is the middle. East of it bread, north of it pots, west of it the bell;
    northeast Sill's shop, southeast the inn with its rats. Southwest, through the gardens, is the toll gate.

    South is the river: a ferry, and the towpath to the Sallow. The Sallow is for those who have won a fight
    or two. The hill behind the toll gate comes next, and the Works under the lake come last.
    """
}

help shops {
  keywords: "shops", "shop", "buy", "sell", "trade"
  text: """
    Sill, northeast of the square, sells clothes, tools and light, and buys what has a value: LIST, BUY BOOTS,
    SELL HAT. Oona has bread: SAY BREAD. Nanna Eel in Sixlegs sells eels, and what one wears among them.
    """
}

help errands {
  keywords: "errands", "quests", "quest", "tasks", "jobs"
  text: """
    TALK TO people; they will say what they want. ASK somebody ABOUT something, if you know what to ask about.
    JOURNAL tells you what you have taken on. LISTEN when you do not know what to do, and read what is
    written.
    """
}

command journal {
  help: "What you have taken on, and what you have done."
  position: sitting
  run "journal" by who {
    let lines = 0
    if who.errand == 1 {
      tell who "- A loaf for Corporal Dace, at the toll gate. Do not eat it."
      lines += 1
    }
    if who.errand == 2 { tell who "- The corporal has eaten. Tell Bettany." ; lines += 1 }
    if who.errand == 3 { tell who "- Done: a loaf for the corporal." ; lines += 1 }
    lines += tell_of_marsh(who)
    lines += tell_of_hill_and_lake(who)
    lines += tell_of_red(who)
    if who.hands_found > 0 { tell who "- Hands in walls and trees: [who.hands_found] of 7." ; lines += 1 }
    if lines == 0 { tell who "You have taken nothing on. Bettany, at the kettle, would know of something." }
  }
}

fn tell_of_marsh(who: player) -> int {
  let lines = 0
  if who.has_led_home {
    tell who "- Done: the Alderman is home. Until the next time."
    lines += 1
  } else if who.knows_of_goose {
    tell who "- Teasel's goose: with bread, from his island to the mill. Mind the fox."
    lines += 1
  }
  if who.carries(frog_badge) { tell who "- Done: the court of frogs. You are one, by courtesy." ; lines += 1 }
  return lines
}

fn tell_of_hill_and_lake(who: player) -> int {
  let lines = 0
  if who.has_watched { tell who "- Done: you have kept the watch at the clamp." ; lines += 1 }
  if who.has_asked and not who.has_dug {
    tell who "- The hill has given you leave to take a little."
    lines += 1
  }
  if who.has_sent_home { tell who "- Done: the night shift is home." ; lines += 1 }
  return lines
}

fn tell_of_red(who: player) -> int {
  let lines = 0
  if who.has_laid { tell who "- Done: a red brick lies under the kettle." ; lines += 1 }
  if who.carries(red_brick) {
    tell who "- A red brick. Bettany should see it, and then it should lie where it belongs."
    return lines + 1
  }
  if not who.knows_red { return lines }
  if has_all_parts(who) {
    tell who "- Brannoch has earth, ash and fire. Stoke the kiln."
    return lines + 1
  }
  tell who """
    - Brannoch wants [if not who.brought_earth]earth from a warm hill; [end][if not who.brought_ash]ash of a
    burnt willow; [end][if not who.brought_fire]a fire that water never put out; [end]and then he wants quiet.
    """
  return lines + 1
}

// Names that are also words of the language, and where they may stand.
module corners

room in_between {
  key: open
  start: on
  run: 5
  if: 1
  state: 3
  every: 2
  exit in -> out
  exit out -> in_between
  exits += in, out
  on give(item, who, to) {
    tell from "x"
    destroy item
    if item is open and item in here { give item to who }
    for item in here.items { put item into chest }
    let state = room.state
    state = open
    spawn.count(1)
    go in
    move who to from
    start quest to_the_end for who
    echo zone here.zone "x"
    tell who "[item] [item.name] [item]x[/item] [not open] [the item] [count] [[x] [Who doesn't|don't]"
    say "[if words has \"rat\"]yes[end]  [who.name]'s.  He said: \"No.\"  [[.\\ \n!"
  }
}

room allman
{
  on enter(who)
  {
    if (a + b) * 2 > 3 or
       not c
    {
      x = foo(
        1,
        2
      )
      y = [
        a, b
      ][0]
    }
    else
    {
      z = - -1 - +2 * (3 - 4) / 5 mod 6
    }
    act who,
        target "[Who] nods."   // a comment
  }
}

room one_line { title: "x" ; flags: dark ; }

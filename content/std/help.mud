module std.help

help start {
  keywords: "start", "newbie", "begin", "playing"
  text: """
    Type what you want to do, in a few words, and press Enter.

    Look around with LOOK, and at a thing with LOOK KETTLE. Walk with NORTH, EAST, SOUTH, WEST, UP and DOWN,
    or with their first letters. Pick things up with GET, carry them, WEAR them, GIVE them away. SAY something
    to those who are here.

    Your belongings and your place in the world are kept. You can close the window whenever you like.
    """
}

help fighting {
  keywords: "fighting", "fight", "combat", "kill", "death"
  text: """
    KILL RAT begins a fight; blows follow by themselves. FLEE gets you out of it, with luck. Between fights
    you heal with time, and faster with food.

    If you fall, you wake up where you started, with all you had. Nobody can attack another player here.
    """
}

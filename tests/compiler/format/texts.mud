module m

room a {
  description: """One line."""
  detail "b": """
     He said: "No."   She nodded.  """
  detail "c": """He said: "No." """
  detail "d": """"""
  detail "e": """

    """
  detail "f": """
    Two  spaces stay, [[brackets] stay, [if a has "x  y"]so do
    these[end] and [who
    hauls] is one.


    A second paragraph.
    """
  detail "g": """raw
        keeps
      its   lines

    and margins
    """
  detail "h": """
    [if a]Alone.[end] [one of]Pick.[or]Choose.[at random] Rest.
    Mid [if a]word[end] stays, and [if b]this too[end].
    """
  on enter(who) {
    tell who """
      Ünïcödé words are as wide as they look, not as many bytes as they take: ääääääääääääääääääääääääääääääääääää ok.
      """ #tagged
    choose {
      1 => echo """
        First.
        """
      2 => { tell who "A short text" ; tell who "A text that is long enough to make the whole of it longer than a line may be." }
    }
  }
}

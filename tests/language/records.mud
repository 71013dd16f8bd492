// Records: values of several named parts.
module records

enum suit { hearts, spades, clubs }
record card { suit: suit ; rank: int = 1 }
record hand { owner: player ; cards: list<card> }
record point { x: int, y: int }

zone records { title: "Records" ; start: hall }
room hall {
  title: "The Hall"
  state deck: list<card> = [card(hearts, 3), card(suit: spades, rank: 9)]
  state best: card?
  state home: point = point(2, 3)
  state board: map<point, string>
  on command "lead" by p { best = deck.take_first() }
}

test "parts are read and changed by name" {
  player p at hall
  let c = card(suit: spades)
  expect c.suit == spades and c.rank == 1
  c.rank = 4
  c.rank += 2
  expect c == card(spades, 6) and c != card(hearts, 6)
}

test "records are values" {
  player p at hall
  let a = point(1, 2)
  let b = a
  b.x = 9
  expect a.x == 1 and b == point(9, 2)
}

test "records lie in lists, in maps and in each other" {
  player p at hall
  let h = hand(p, [card(hearts, 2), card(clubs, 3)])
  h.cards[2].rank = 12
  add card(spades, 7) to h.cards
  sort h.cards by rank descending
  expect h.cards[1] == card(clubs, 12) and h.cards.length == 3
  expect h.owner == p
  expect sum(c.rank for c in h.cards) == 21
  let by_point = [point(1, 1): "x"]
  by_point[point(2, 1)] = "o"
  expect by_point[point(1, 1)] == "x" and by_point[point(2, 1)] == "o" and by_point[point(9, 9)] == none
}

test "records in states begin as they are written and are kept" {
  player p at hall
  expect hall.deck.length == 2 and hall.deck[2].rank == 9 and hall.home.y == 3
  expect hall.best == none
  p does "lead"
  hall.home.x += 5
  hall.board[point(0, 0)] = "flag"
  restart server
  expect hall.best == card(hearts, 3) and hall.deck == [card(spades, 9)]
  expect hall.home == point(7, 3) and hall.board[point(0, 0)] == "flag"
}

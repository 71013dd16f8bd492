// What may be missing: `T?`, asked with `if`, given another value with `or`, or sent away with `else`.
module optionals

zone optionals { title: "Optionals" ; start: hall }
room hall {
  title: "The Hall"
  state record: int?
  state motto: string? = "onwards"
}

fn half(n: int) -> int? {
  if n mod 2 != 0 { return none }
  return n / 2
}
fn half_or_stop(n: int) -> int {
  let h = half(n) else { return 0 - 1 }
  return h
}
fn described(n: int?) -> string {
  match n {
    case none { return "none" }
    case 1, 2 { return "few" }
    case 3..9 { return "some" }
    else { return "many" }
  }
}

test "an optional is asked before it is used" {
  player p at hall
  let h = half(8)
  let seen = 0
  if h { seen = h + 1 }
  expect seen == 5
  expect half(7) == none and half(8) != none and half(8) == 4
  if half(7) { seen = 100 }
  expect seen == 5
}

test "another value counts where one is missing" {
  player p at hall
  expect (half(7) or 9) == 9 and (half(6) or 9) == 3
  expect (half(7) or half(5) or 1) == 1
  expect half_or_stop(7) == 0 - 1 and half_or_stop(10) == 5
}

test "optionals are kept in states and begin with nothing" {
  player p at hall
  expect hall.record == none and hall.motto == "onwards"
  hall.record = 5
  hall.motto = none
  restart server
  expect hall.record == 5 and hall.motto == none
  if hall.record { hall.record = hall.record + 1 }
  expect hall.record == 6
}

test "a match may look for nothing" {
  player p at hall
  expect described(none) == "none" and described(2) == "few" and described(5) == "some"
  expect described(50) == "many"
}

// match and choose.
module choices

enum weather { sun, rain, snow }

zone choices { title: "Choices" ; start: hall }
room hall {
  title: "The Hall"
  state today: weather = rain
}
npc cat { short: "a cat" }
npc dog { short: "a dog" }

fn coat(w: weather) -> string {
  match w {
    case sun { return "none" }
    case rain, snow { return "thick" }
  }
}
fn greeting(word: string) -> int {
  match word {
    case "hello", "hi" { return 1 }
    case "bye" { return 2 }
    else { return 0 }
  }
}
fn noise(who: npc) -> string {
  match who {
    case cat { return "meow" }
    case dog { return "woof" }
    else { return "?" }
  }
}

test "a match takes the case that fits" {
  player p at hall
  expect coat(sun) == "none" and coat(snow) == "thick"
  expect greeting("hi") == 1 and greeting("bye") == 2 and greeting("x") == 0
  let c = spawn cat at hall
  let d = spawn dog at hall
  expect noise(c) == "meow" and noise(d) == "woof"
  match hall.today {
    case sun { hall.today = snow }
    case rain { hall.today = sun }
    case snow { hall.today = rain }
  }
  expect hall.today == sun
}

fn drawn(high: int) -> int {
  choose {
    0 => return 1
    high => return 2
    1 => return 3
  }
}
test "choose takes one branch by weight, and weights may be computed" {
  player p at hall
  let twos = 0
  for i in 1..200 {
    let d = drawn(9)
    expect_in(d)
    if d == 2 { twos += 1 }
  }
  expect twos > 150 and twos < 200
  expect drawn(0) == 3 and drawn(0 - 5) == 3
}
fn expect_in(n: int) { }

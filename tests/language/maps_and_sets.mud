// Maps and sets, in the order in which things were added.
module maps

zone maps { title: "Maps" ; start: hall }
room hall {
  title: "The Hall"
  state scores: map<string, int>
  state doors: map<direction, string> = [north: "oak", east: "iron"]
  state visitors: set<player>
  state helpers: map<string, npc>
  on command "win" by p {
    scores[p.name] += 1
    add p to visitors
  }
}
npc cat { short: "a cat" }

test "a key has one value, and what is not there is missing" {
  player p at hall
  let ages = ["anna": 30, "ben": 40]
  expect ages["anna"] == 30 and ages["zoe"] == none
  expect (ages["zoe"] or 5) == 5
  ages["zoe"] = 9
  ages["ben"] += 1
  expect ages == ["zoe": 9, "anna": 30, "ben": 41]
  expect "zoe" in ages and not ("max" in ages)
  expect ages.length == 3
  remove "anna" from ages
  expect ages.keys == ["ben", "zoe"] and ages.values == [41, 9]
  let age = ages["ben"]
  if age { expect_number(age) }
}
fn expect_number(n: int) { }

test "a map is walked through in the order its keys came" {
  player p at hall
  let ages = ["anna": 30, "ben": 40]
  let names: list<string> = []
  let total = 0
  for name, age in ages {
    add name to names
    total += age
  }
  expect names == ["anna", "ben"] and total == 70
  let keys = 0
  for name in ages { keys += 1 }
  expect keys == 2
}

test "counting into a new key begins at nothing" {
  player p at hall
  let counts: map<string, int> = []
  for word in ["a", "b", "a"] { counts[word] += 1 }
  expect counts == ["a": 2, "b": 1]
  let groups: map<int, list<int>> = []
  for n in 1..6 { add n to groups[n mod 2] }
  expect groups[0] == [2, 4, 6] and groups[1] == [1, 3, 5]
}

test "maps in states keep what they hold over a restart" {
  player p at hall
  player q at hall
  p does "win"
  p does "win"
  q does "win"
  restart server
  expect hall.scores["P"] == 2 and hall.scores["Q"] == 1
  expect p in hall.visitors and hall.visitors.length == 2
  expect hall.doors[north] == "oak" and hall.doors[south] == none
}

test "who is gone is in no map and no set" {
  player p at hall
  let c = spawn cat at hall
  hall.helpers["mouser"] = c
  expect hall.helpers["mouser"] == c
  destroy c
  restart server
  expect hall.helpers["mouser"] == none and hall.helpers.empty
}

test "a set holds everything once" {
  player p at hall
  let seen: set<int> = [3, 1, 3]
  expect seen.length == 2 and 3 in seen and not (2 in seen)
  add 1 to seen
  add 2 to seen
  remove 3 from seen
  expect seen == [1, 2] and seen.first == 1
  let order: list<int> = []
  for n in seen { add n to order }
  expect order == [1, 2]
}

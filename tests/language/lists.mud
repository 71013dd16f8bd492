// Lists: written down, looked at, walked through and changed.
module lists

zone lists { title: "Lists" ; start: hall }
room hall {
  title: "The Hall"
  state names: list<string> = ["Anna", "Ben"]
  state marks: list<int>
  on command "join <who:words>" by p { add "Zoe" to names }
}
npc cat { short: "a cat" }
npc dog { short: "a dog" ; level: 3 }

test "a list knows its length, its ends and its places, counted from one" {
  player p at hall
  let list = [10, 20, 30]
  expect list.length == 3
  expect list[1] == 10 and list[3] == 30
  expect list.first == 10 and list.last == 30
  expect not list.empty
  expect list.index_of(20) == 2 and list.index_of(99) == 0
  expect list.slice(2..3) == [20, 30]
  expect list.reversed == [30, 20, 10]
  expect list == [10, 20, 30]
}

test "an empty list has no first and no last" {
  player p at hall
  let list: list<int> = []
  expect list.empty and list.length == 0
  expect list.first == none and list.last == none
  expect (list.first or 7) == 7
}

test "elements are added, inserted, removed, taken and turned round" {
  player p at hall
  let list = [1, 2, 3]
  add 4 to list
  insert 0 into list at 1
  expect list == [0, 1, 2, 3, 4]
  remove 2 from list
  expect list == [0, 1, 3, 4]
  list[1] = 9
  list[2] += 5
  expect list == [9, 6, 3, 4]
  reverse list
  expect list == [4, 3, 6, 9]
  list += [7, 7]
  let first = list.take_first() or 0
  let last = list.take_last() or 0
  let second = list.take_at(2)
  expect first == 4 and last == 7 and second == 6
  expect list == [3, 9, 7]
  clear list
  expect list.empty
}

test "removing what is not there runs the else" {
  player p at hall
  let list = [1]
  let missed = false
  remove 5 from list else { missed = true }
  expect missed and list == [1]
}

test "a list is a value: a copy does not change with it" {
  player p at hall
  let list = [1, 2]
  let copy = list
  add 3 to list
  copy[1] = 9
  expect list == [1, 2, 3] and copy == [9, 2]
}

fn spoil(list: list<int>) -> int {
  list[1] = 100
  add 5 to list
  return list.length
}
test "a function changes only its own copy" {
  player p at hall
  let list = [1, 2]
  expect spoil(list) == 3
  expect list == [1, 2]
}

test "lists are sorted by themselves, by a field or by anything asked of them" {
  player p at hall
  let list = [3, 1, 2]
  expect list.sorted == [1, 2, 3]
  sort list descending
  expect list == [3, 2, 1]
  let words = ["pear", "fig", "apple"]
  sort words
  expect words == ["apple", "fig", "pear"]
  sort list by 10 - it
  expect list == [3, 2, 1]
}

test "creatures are sorted by what can be read from them" {
  player p at hall
  let small = spawn cat at hall
  let large = spawn dog at hall
  let animals = hall.npcs
  sort animals by level descending
  expect animals[1] is dog and animals[2] is cat
  expect small in animals and large in hall.npcs
}

test "shuffling keeps every element" {
  seed: 7
  player p at hall
  let list = [n for n in 1..20]
  shuffle list
  expect list.length == 20 and list != [n for n in 1..20]
  expect all(n in list for n in 1..20)
}

test "one element is drawn at random" {
  player p at hall
  let seen: set<int> = []
  for i in 1..100 { add random([1, 2, 3]) to seen }
  expect seen.length == 3
  let none_there: list<int> = []
  expect random(none_there) == none
  let bag = [1, 2, 3]
  let taken: list<int> = []
  while not bag.empty { add bag.take_random() or 0 to taken }
  expect taken.sorted == [1, 2, 3]
}

test "loops give elements, numbered elements and numbers" {
  player p at hall
  let sum = 0
  for n in [5, 6, 7] { sum += n }
  expect sum == 18
  let places = 0
  for i, n in [5, 6, 7] when n != 6 { places += i }
  expect places == 4
  let text = 0
  for n in 1..10 {
    if n > 4 { break }
    text += n
  }
  expect text == 10
}

test "questions about all elements" {
  player p at hall
  let list = [4, 8, 15, 16]
  expect count(n in list when n > 5) == 3
  expect any(n > 15 for n in list) and not any(n > 99 for n in list)
  expect all(n > 3 for n in list) and not all(n > 4 for n in list)
  expect sum(n for n in list) == 43
  expect (max(n for n in list) or 0) == 16 and (min(n for n in list) or 0) == 4
  expect (first(n in list when n > 10) or 0) == 15
  expect (best(0 - n for n in list) or 0) == 4
  expect max(n for n in list when n > 99) == none
  expect [n * 2 for n in list when n < 10] == [8, 16]
}

test "who is gone is not met in a loop any more" {
  player p at hall
  let a = spawn cat at hall
  let b = spawn cat at hall
  let cats = [a, b]
  destroy a
  let met = 0
  for c in cats { met += 1 }
  expect met == 1
  expect count(c in cats) == 1
}

test "a list in a state begins as it is written and changes where it lies" {
  player p at hall
  expect hall.names == ["Anna", "Ben"]
  p does "join us"
  expect hall.names == ["Anna", "Ben", "Zoe"] and hall.names.length == 3
  expect "Zoe" in hall.names
  for i in 1..300 { add i to hall.marks }
  for i in 1..300 { hall.marks[i] += 1 }
  expect hall.marks[300] == 301 and hall.marks.length == 300
  restart server
  expect hall.names.last == "Zoe" and hall.marks[1] == 2
  clear hall.names
  restart server
  expect hall.names.empty
}

test "lists lie in lists" {
  player p at hall
  let grid = [[0 for x in 1..3] for y in 1..3]
  grid[2][3] = 7
  grid[2][3] += 1
  add 5 to grid[1]
  expect grid == [[0, 0, 0, 5], [0, 0, 8], [0, 0, 0]]
}

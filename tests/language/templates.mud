// The name of an item or npc is a value: it can be kept, compared and made from.
module templates

zone templates { title: "Templates" ; start: hall }
room hall {
  title: "The Hall"
  state wanted: template<item> = apple
  state stock: map<template<item>, int> = [apple: 3, pear: 1]
  state next: template<npc>?
  on command "make" by p {
    let made = spawn wanted at here
    tell p "[The made] appears."
  }
}
item apple { short: "an apple" }
item pear { short: "a pear" }
item green_apple from apple { short: "a green apple" }
npc cat { short: "a cat" }

fn price_of(kind: template<item>) -> int {
  if kind == apple { return 3 }
  return 5
}

test "things are made from a variable and compared with it" {
  player p at hall
  let kind: template<item> = pear
  let made = spawn kind at hall
  expect made is kind and made is pear and not (made is apple)
  kind = apple
  expect not (made is kind)
  let green = spawn green_apple at hall
  expect green is kind
  expect price_of(apple) == 3 and price_of(kind) == 3 and price_of(pear) == 5
}

test "names are kept in states and maps over a restart" {
  player p at hall
  expect hall.wanted == apple and hall.stock[pear] == 1 and hall.next == none
  p does "make"
  expect p sees "The apple appears."
  hall.wanted = pear
  hall.stock[apple] += 1
  hall.next = cat
  restart server
  expect hall.wanted == pear and hall.stock[apple] == 4 and hall.next == cat
  p does "make"
  expect p sees "The pear appears."
  let kinds = [apple, pear]
  expect hall.wanted in kinds
  expect hall.items.length == 2
}

test "a name in a text is what the thing is called" {
  player p at hall
  let kind: template<item> = apple
  tell p "You need [a kind], or [a pear]."
  expect p sees "You need an apple, or a pear."
}

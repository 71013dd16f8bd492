/// The kernels of the machine's benchmark, as an author would write them.
module bench

fn arithmetic(n: int) -> int {
  let x = 0
  let y = 0
  for i in 1..n {
    x += 7919
    if x > 1000000 { x -= 1000000 }
    y = x * 3 - y + i
  }
  return y
}

fn fib(n: int) -> int {
  if n < 2 { return n }
  return fib(n - 1) + fib(n - 2)
}

fn hit(level: int, strength: int, skill: int, armor: int, roll: int, mood: int) -> int {
  let base = level * 2 + strength / 3
  if skill > 50 { base += skill mod 7 }
  if roll > 95 { base = base * 2 }
  if roll < 5 { base = 1 }
  if mood == 1 { base += 3 }
  if armor > base { base = 1 } else { base -= armor }
  if base > 200 { base = 200 }
  return base
}

fn damage(n: int) -> int {
  let total = 0
  for i in 1..n {
    total += hit(i mod 40, 14, i mod 90, i mod 11, i mod 100, i mod 3)
  }
  return total
}

fn fields(who: creature, n: int) -> int {
  for i in 1..n {
    who.max_hp = who.max_hp - (10 - who.armor)
    if who.max_hp <= 0 { who.max_hp = 100 }
  }
  return who.max_hp
}

fn on_pull(who: creature, strength: int) -> int {
  let before = who.hp + strength
  wait 5s
  return before
}

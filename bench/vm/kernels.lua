-- The same kernels for the peers, written as a Lua author would.
function arithmetic(n)
  local x, y = 0, 0
  for i = 1, n do
    x = x + 7919
    if x > 1000000 then x = x - 1000000 end
    y = x * 3 - y + i
  end
  return y
end

function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local floor = math.floor
local function hit(level, strength, skill, armor, roll, mood)
  local base = level * 2 + floor(strength / 3)
  if skill > 50 then base = base + skill % 7 end
  if roll > 95 then base = base * 2 end
  if roll < 5 then base = 1 end
  if mood == 1 then base = base + 3 end
  if armor > base then base = 1 else base = base - armor end
  if base > 200 then base = 200 end
  return base
end

function damage(n)
  local total = 0
  for i = 1, n do
    total = total + hit(i % 40, 14, i % 90, i % 11, i % 100, i % 3)
  end
  return total
end

local one = { max_hp = 100, armor = 3, level = 4, hp = 20 }
function fields(n)
  local who = one
  for i = 1, n do
    who.max_hp = who.max_hp - (10 - who.armor)
    if who.max_hp <= 0 then who.max_hp = 100 end
  end
  return who.max_hp
end

entities = {}
for i = 0, 131071 do entities[i] = { level = i % 7, hp = i % 100, max_hp = 100, armor = 3 } end
handlers = {}
for i = 0, 255 do
  handlers[i] = (loadstring or load)("return function(who) return who.level + who.hp end")()
end

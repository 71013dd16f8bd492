/// The goose, the court, the hornets and the mire: won, and lost.
module sallow

fn remove_fox() { if fox { destroy fox } }
fn carry_goose_to(place: room) { if alderman { move alderman to place } }

test "the Alderman walks home behind bread, an eel and the song of frogs" {
  seed: 4
  player p at mill
  p does "talk to teasel"
  expect p sees "The Alderman has gone off to his island"
  give kettle_cross.loaf to p
  give smoked_eel to p
  player q at goose_island { name: "Quince" }
  expect not sallow.lights_are_out
  q does "north"
  expect q sees "there is no ground under them"
  expect q.room is goose_island
  give kettle_cross.loaf to q
  give smoked_eel to q
  advance 25s
  expect q sees "the frogs begin"
  q does "give loaf to alderman"
  expect q sees "falls in behind you"
  q does "north"
  advance 2s
  expect q sees "The Alderman arrives from the south."
  q does "north"
  advance 2s
  expect q sees "as you look at an open bakery"
  q does "north"
  advance 1s
  q does "south"
  q does "give eel to fox"
  expect q sees "takes the eel, gently"
  expect not fox_waits_in_aisle()
  q does "north"
  advance 2s
  q does "west"
  advance 2s
  q does "north"
  advance 2s
  q does "west"
  advance 2s
  q does "north"
  advance 2s
  expect q sees "lays his neck over Teasel's knees"
  expect q sees "You have seen the Alderman home."
  expect q.carries(white_quill)
  expect q.gold == 12
  advance 91s
  expect p sees "remembers his duties"
  expect no faults
}

fn fox_waits_in_aisle() -> bool {
  if fox { return fox in willow_aisle }
  return false
}

test "a goose left alone with a fox is a goose lost" {
  player p at lantern_mire
  give kettle_cross.road_bun to p
  carry_goose_to(lantern_mire)
  p does "give bun to alderman"
  p does "north"
  advance 3s
  expect p sees "He does not move another step."
  p does "north"
  advance 15s
  expect p sees "You have lost the Alderman."
  expect p.xp == 0
}

test "a fox that is fought lets the goose pass" {
  player p at willow_aisle { level: 9 }
  give eel_spear to p
  p does "wield spear"
  p does "kill fox"
  advance 60s
  expect p sees "The fox is dead!"
  carry_goose_to(willow_aisle)
  advance 20s
  expect not p sees "a great many feathers"
}

test "who follows the lights goes in, and who lies flat comes out" {
  player p at lantern_mire
  p does "read post"
  expect p sees "NOT WHEN IT SHINES"
  p does "south"
  expect p sees "the seventh goes through"
  expect p.room is deep_mire
  p does "north"
  expect p sees "the other goes twice as deep"
  p does "lie flat"
  advance 3s
  expect p sees "It bears."
  expect p.room is lantern_mire
}

test "who struggles in the mire is pulled out, for two coins" {
  player p at lantern_mire { level: 5 ; gold: 5 }
  p does "west"
  p does "struggle"
  expect p sees "You struggle, and sink."
  expect p.hp < p.max_hp
  advance 26s
  expect p sees "\"Another one.\""
  expect p.room is eel_weir
  expect p.gold == 3
}

test "when the frogs sing the ground is firm" {
  player p at lantern_mire
  advance 26s
  expect p sees "a frog begins"
  p does "west"
  expect p.room is frog_steps
}

test "the court of frogs acquits whoever tells it the truth, and Tam takes frogs for nothing" {
  player p at frog_steps
  p does "talk to clerk"
  expect p sees "It is the other thing they never hear."
  p does "south"
  advance 2s
  expect p sees "Accused!"
  p does "stand trial"
  expect p sees "two legs that fold the wrong way. Did you?"
  p does "say yes"
  expect p sees "Is it to be believed?"
  p does "say yes, it is"
  expect p sees "Am I a handsome frog?"
  p does "say no"
  expect p sees "I am a toad."
  expect p.carries(frog_badge)
  expect p.xp >= 120
  expect not assize.court_is_sitting
  p does "stand trial"
  expect p sees "One does not try a frog for being here."
}

test "a frog crosses free" {
  player p at kettle_cross.landing
  give frog_badge to p
  p does "say cross"
  expect p sees "Thirty years that board has hung there."
  advance 4s
  expect p.room is kettle_cross.far_bank
}

test "flattery is fined" {
  player p at assize { gold: 4 }
  p does "stand trial"
  p does "say yes"
  p does "say yes"
  p does "say yes"
  expect p sees "Guilty of court manners. Three gold"
  expect p.gold == 1
  expect not p.carries(frog_badge)
}

test "who cannot pay, croaks, and may try again when it is over" {
  player p at assize
  p does "stand trial"
  p does "say no"
  expect p sees "let it croak"
  expect p.has_effect(croaking)
  p does "stand trial"
  expect p sees "Serve your sentence first."
  advance 91s
  p does "stand trial"
  expect p sees "Did you?"
}

test "leaving the court is fleeing" {
  player p at assize
  player q at assize
  p does "stand trial"
  p does "north"
  expect q sees "\"Fled,\" says the Justice."
  expect not assize.court_is_sitting
}

test "green rods and a lantern put hornets to sleep" {
  player p at struck_willow
  give lantern to p
  p does "smoke hornets"
  expect p sees "you want something green"
  give green_rods to p
  p does "smoke hornets"
  expect p sees "the hornets sink down"
  p does "scrape ash"
  expect p.carries(sky_ash)
  p does "scrape ash"
  expect p sees "You have enough."
  advance 41s
  expect p sees "They begin to count."
}

test "without smoke the hornets win" {
  player p at struck_willow
  p does "smoke hornets"
  expect p sees "A lantern would do."
  p does "scrape ash"
  expect p sees "faster and larger"
  expect not p.carries(sky_ash)
  expect p.hp < p.max_hp
  expect p.total(dexterity) == 9
}

test "rods want a hook or teeth" {
  player p at osier_beds
  p does "cut rods"
  expect not p.carries(green_rods)
  give pike_jaw to p
  p does "cut rods"
  expect p.carries(green_rods)
  p does "cut rods"
  expect p sees "without looking like a hedge"
}

test "a pike keeps the traps; without it they hold an eel, and Nanna Eel smokes it" {
  player p at eel_weir { level: 5 }
  p does "lift trap"
  expect p sees "a great many teeth"
  expect not p.carries(live_eel)
  remove_pike()
  advance 1s
  p does "lift trap"
  expect p.carries(live_eel)
  p does "lift trap"
  expect p sees "Eels take their time."
  player q at smokehouse { gold: 14 }
  give live_eel to q
  q does "give eel to nanna"
  expect q.carries(smoked_eel)
  expect q.gold == 15
  q does "buy spear"
  expect q.carries(eel_spear)
  expect q.gold == 1
}

fn remove_pike() { if weir_pike { destroy weir_pike } }

test "the cubs prefer eel" {
  player p at fox_earth
  p does "feed cubs"
  expect p sees "find it wanting"
  give live_eel to p
  p does "feed cubs"
  expect p sees "four tails"
  expect p.xp == 40
}

test "Sill pays for her hatband" {
  player p at kettle_cross.oddments
  give hat_band to p
  p does "give hatband to sill"
  expect p.gold == 20
  expect not p.carries(hat_band)
}

test "the heron applauds who can stand still" {
  player p at heron_shallows
  p does "stand on one leg"
  advance 9s
  expect p sees "shifts to the other leg"
  expect p.xp == 30
}

test "the hoist is quick" {
  player p at sack_loft
  p does "ride hoist"
  advance 2s
  expect p.room is mill_race
}

test "who honks on Goose Green is entered in the list" {
  player p at goose_green
  p does "honk"
  advance 3s
  expect p sees "at the bottom, in pencil"
  p does "honk"
  advance 3s
  expect not p sees "in pencil"
  expect p.xp == 10
}

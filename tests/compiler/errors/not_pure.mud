module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
npc cat { short: "a cat" }
item lamp { short: "a lamp" }
fn f() -> bool {
  if cat { destroy cat }
  return true
}
room lab { title: "L" ; on enter(who) when f() { stop } }
// expect: E0407 at 11:44

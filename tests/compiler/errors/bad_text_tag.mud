module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
npc cat { short: "a cat" }
item lamp { short: "a lamp" }
room lab {
  title: "Lab"
  state full: bool = false
  state count: int = 0
  on enter(who) {
    echo "It is [full]."
  }
}
// expect: E0501 at 12:17

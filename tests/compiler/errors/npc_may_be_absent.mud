module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
npc cat { short: "a cat" }
item lamp { short: "a lamp" }
room lab { title: "L" ; on enter(who) { damage cat for 2 } }
// expect: E0202 at 7:48

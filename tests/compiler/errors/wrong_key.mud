module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
npc cat { short: "a cat" }
item lamp { short: "a lamp" }
room x { title: "X" ; exit up -> hall { door: closed ; key: lamp } }
// expect: E0310 at 7:61

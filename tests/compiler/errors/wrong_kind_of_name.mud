module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
npc cat { short: "a cat" }
item lamp { short: "a lamp" }
room x { title: "X" ; exit up -> cat }
// expect: E0102 at 7:34

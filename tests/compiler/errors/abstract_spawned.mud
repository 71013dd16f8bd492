module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
abstract npc folk { short: "x" }
room x { title: "X" ; spawn folk }
// expect: E0303 at 6:29

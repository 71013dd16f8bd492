module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item a from b { short: "a" }
item b from a { short: "b" }
// expect: E0113 at 5:13

module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item pot { short: "a pot" }
item pot { short: "another pot" }
// expect: E0103 at 6:6

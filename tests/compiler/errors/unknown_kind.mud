module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
itm pot { short: "a pot" }
// expect: E0105 at 5:1 "did you mean `item`?"

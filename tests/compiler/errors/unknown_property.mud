module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item pot { short: "a pot" ; wieght: 2kg }
// expect: E0106 at 5:29 "did you mean `weight`?"

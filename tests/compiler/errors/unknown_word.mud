module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item pot { short: "a pot" ; kind: wepon }
// expect: E0112 at 5:35 "did you mean `weapon`?"

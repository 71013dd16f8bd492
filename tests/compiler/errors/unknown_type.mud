module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
room x { title: "X" ; state n: itn = 0 }
// expect: E0114 at 5:32 "did you mean `int`?"

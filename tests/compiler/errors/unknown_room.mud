module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
room x { title: "X" ; exit up -> hal }
// expect: E0101 at 5:34 "did you mean `hall`?"

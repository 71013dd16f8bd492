module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
room x { title: "X" ; exit up -> hall ; exit up -> attic }
// expect: E0304 at 5:46

module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
room x { title: "X" ; exit up -> y { door: closed } }
room y { title: "Y" ; exit down -> x { door: closed, locked } }
// expect: E0311 at 5:23

module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
event e(a: creature, b: creature, d: creature)
// expect: E0312 at 5:7

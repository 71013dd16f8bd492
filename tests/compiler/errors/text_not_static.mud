module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
const c: int = 3
item pot { short: "a pot" ; keywords: "p[c]t" }
// expect: E0506 at 6:39

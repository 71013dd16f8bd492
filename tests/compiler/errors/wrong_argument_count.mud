module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
formula f(a: int) -> int = a + 1
formula g(a: int) -> int = f(a, 2)
// expect: E0208 at 6:28

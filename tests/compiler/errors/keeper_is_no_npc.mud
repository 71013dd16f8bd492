module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
shop stall { keeper: hall }
// expect: E0102 at 5:22

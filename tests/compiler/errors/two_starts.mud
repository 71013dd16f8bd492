module t
zone t { title: "T" ; start: hall }
zone u { title: "U" ; start: hall }
room hall { title: "Hall" ; zone: t }
// expect: E0314 at 3:6

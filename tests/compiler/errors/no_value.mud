module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
fn f() { stop }
fn g() -> int {
  let x = f()
  return 1
}
// expect: E0211 at 7:11

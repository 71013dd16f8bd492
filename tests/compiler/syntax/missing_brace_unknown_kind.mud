// expect: E0002 at 5:1
room a {
  title: "A"

gizmo b {
  title: "B"
}

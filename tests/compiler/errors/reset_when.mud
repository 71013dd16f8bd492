// What stands behind `every` in a reset has one form.
// expect: E0112 at 7:25 "
// expect: E0210 at 11:20 "
module reset_when
zone reset_when {
  title: "Reset"
  reset: every 20m when emqty
}
zone other {
  title: "Other"
  reset: every 20m chance 5%
}

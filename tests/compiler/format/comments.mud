// first

/* a block
   of two */
module m // the module

// about a

room a { // beside
  // above title
  title: "A" /* behind */ ; flags: dark // dark
  /* in front */ sector: city
  keywords: "a", // one
    "b",  /* two */ "c",

    // three
    "d"
  on enter(who) { /* nothing */ }
  on leave(who) {
    // nothing
  }
  on say "x" { stop /* inside */ }
  on drop(it) {
    if a { stop } // why
    else { stop }
    if a
    // so
    { stop }
  }
  /* long
     one */ on get(item) { stop }
      /*
        deeper
      */

  // the last
}
// between
const a = 1
// below a

const b = 2
const c = (1 + // one
  2)
// end

module sample
zone sample { title: "Sample" }
room hall {
	title: "大廳, the hall" ; exit north -> kichen
	exit south -> kichen
}
room kitchen { title: "Kitchen" ; exit south -> hall }
item pot { short: "a pot" }
item pot { short: "another pot" }
room attic {
  title: "Attic"
  on enter(who) {
    stop
    if who is player {
      tell who "100% sure: hello."
    }
  }
  on leave(who) { act who "[Who] [who go] away." }
  flags drak
}

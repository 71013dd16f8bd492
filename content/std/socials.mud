/// Gestures. `[who]` does it, `[target]` is whom it is meant for; `at_self` is for those who mean themselves.
module std.socials

social nod {
  others: "[Who] [who nods]."
  targeted: "[Who] [who nods] at [target]."
  at_self: "[Who] [who nods], agreeing with [who.himself]."
}

social smile {
  others: "[Who] [who smiles]."
  targeted: "[Who] [who smiles] at [target]."
  at_self: "[Who] [who smiles] at some thought of [who.his]."
}

social grin {
  others: "[Who] [who grins]."
  targeted: "[Who] [who grins] at [target]."
  at_self: "[Who] [who grins] at nobody but [who.himself]."
}

social laugh {
  others: "[Who] [who laughs]."
  targeted: "[Who] [who laughs] with [target]."
  at_self: "[Who] [who laughs] at [who.himself]."
}

social chuckle {
  others: "[Who] [who chuckles]."
  targeted: "[Who] [who chuckles] at what [target] did."
  at_self: "[Who] [who chuckles] to [who.himself]."
}

social giggle {
  others: "[Who] [who giggles]."
  targeted: "[Who] [who giggles] at [target]."
  at_self: "[Who] [who giggles] behind [who.his] hand."
}

social snicker {
  others: "[Who] [who snickers]."
  targeted: "[Who] [who snickers] at [target]."
  at_self: "[Who] [who snickers] into [who.his] sleeve."
}

social cheer {
  others: "[Who] [who cheers]."
  targeted: "[Who] [who cheers] for [target]."
  at_self: "[Who] [who cheers] [who.himself] on."
}

social clap {
  others: "[Who] [who claps]."
  targeted: "[Who] [who claps] for [target]."
  at_self: "[Who] [who claps] [who.himself] on the shoulder."
}

social wave {
  others: "[Who] [who waves]."
  targeted: "[Who] [who waves] to [target]."
  at_self: "[Who] [who waves] at [who.his] own shadow."
}

social bow {
  others: "[Who] [who bows]."
  targeted: "[Who] [who bows] to [target]."
  at_self: "[Who] [who bows] to an audience that is not there."
}

social curtsey {
  others: "[Who] [who curtseys]."
  targeted: "[Who] [who curtseys] to [target]."
  at_self: "[Who] [who practises] a curtsey."
}

social salute {
  others: "[Who] [who salutes]."
  targeted: "[Who] [who salutes] [target]."
  at_self: "[Who] [who salutes], and [who puts] [who.himself] at ease."
}

social greet {
  others: "[Who] [who greets] everybody here."
  targeted: "[Who] [who greets] [target]."
  at_self: "[Who] [who wishes] [who.himself] a good day."
}

social welcome {
  others: "[Who] [who bids] everybody welcome."
  targeted: "[Who] [who bids] [target] welcome."
  at_self: "[Who] [who feels] welcome."
}

social farewell {
  others: "[Who] [who says] farewell to all."
  targeted: "[Who] [who says] farewell to [target]."
  at_self: "[Who] [who mutters] a farewell to nobody."
}

social thank {
  others: "[Who] [who thanks] nobody in particular."
  targeted: "[Who] [who thanks] [target]."
  at_self: "[Who] [who thanks] [who.himself]; nobody else did."
}

social apologize {
  others: "[Who] [who begs] everybody's pardon."
  targeted: "[Who] [who asks] [target] for pardon."
  at_self: "[Who] [who forgives] [who.himself]."
}

social hug {
  others: "[Who] [who hugs] [who.himself]."
  targeted: "[Who] [who hugs] [target]."
  at_self: "[Who] [who hugs] [who.himself]."
}

social cuddle {
  others: "[Who] [who looks] for somebody to cuddle."
  targeted: "[Who] [who cuddles] up to [target]."
  at_self: "[Who] [who wraps] [who.his] arms around [who.his] knees."
}

social kiss {
  others: "[Who] [who blows] a kiss into the air."
  targeted: "[Who] [who kisses] [target] on the cheek."
  at_self: "[Who] [who kisses] the back of [who.his] hand."
}

social pat {
  others: "[Who] [who pats] the ground."
  targeted: "[Who] [who pats] [target] on the back."
  at_self: "[Who] [who pats] [who.his] own head."
}

social comfort {
  others: "[Who] [who looks] as if [who.he] could comfort the whole world."
  targeted: "[Who] [who comforts] [target]."
  at_self: "[Who] [who tells] [who.himself] that it will pass."
}

social handshake {
  others: "[Who] [who holds] out a hand."
  targeted: "[Who] [who shakes] hands with [target]."
  at_self: "[Who] [who shakes] [who.his] own hand."
}

social highfive {
  others: "[Who] [who holds] up a hand and [who waits]."
  targeted: "[Who] [who slaps] hands with [target]."
  at_self: "[Who] [who slaps] [who.his] hands together above [who.his] head."
}

social poke {
  others: "[Who] [who pokes] the air."
  targeted: "[Who] [who pokes] [target] in the ribs."
  at_self: "[Who] [who pokes] [who.himself] to see whether this is a dream."
}

social nudge {
  others: "[Who] [who looks] for somebody to nudge."
  targeted: "[Who] [who nudges] [target]."
  at_self: "[Who] [who gives] [who.himself] a push."
}

social tickle {
  others: "[Who] [who wiggles] [who.his] fingers."
  targeted: "[Who] [who tickles] [target]."
  at_self: "[Who] [who finds] that one cannot tickle oneself."
}

social pinch {
  others: "[Who] [who pinches] a fold of the air."
  targeted: "[Who] [who pinches] [target]."
  at_self: "[Who] [who pinches] [who.himself]. It hurts."
}

social slap {
  others: "[Who] [who slaps] [who.his] knee."
  targeted: "[Who] [who slaps] [target]."
  at_self: "[Who] [who slaps] [who.his] forehead."
}

social point {
  others: "[Who] [who points] around."
  targeted: "[Who] [who points] at [target]."
  at_self: "[Who] [who points] at [who.himself]."
}

social beckon {
  others: "[Who] [who beckons]."
  targeted: "[Who] [who beckons] [target] closer."
  at_self: "[Who] [who beckons], and [who comes]."
}

social wink {
  others: "[Who] [who winks]."
  targeted: "[Who] [who winks] at [target]."
  at_self: "[Who] [who winks] at [who.himself], as far as that can be done."
}

social blink {
  others: "[Who] [who blinks]."
  targeted: "[Who] [who blinks] at [target]."
  at_self: "[Who] [who blinks] twice, and nothing changes."
}

social stare {
  others: "[Who] [who stares] into the distance."
  targeted: "[Who] [who stares] at [target]."
  at_self: "[Who] [who stares] at [who.his] hands."
}

social glare {
  others: "[Who] [who glares] around."
  targeted: "[Who] [who glares] at [target]."
  at_self: "[Who] [who glares] at [who.his] own feet."
}

social frown {
  others: "[Who] [who frowns]."
  targeted: "[Who] [who frowns] at [target]."
  at_self: "[Who] [who frowns] at what [who.he] did."
}

social scowl {
  others: "[Who] [who scowls]."
  targeted: "[Who] [who scowls] at [target]."
  at_self: "[Who] [who scowls] at nothing."
}

social sneer {
  others: "[Who] [who sneers]."
  targeted: "[Who] [who sneers] at [target]."
  at_self: "[Who] [who tries] a sneer and [who spoils] it."
}

social smirk {
  others: "[Who] [who smirks]."
  targeted: "[Who] [who smirks] at [target]."
  at_self: "[Who] [who smirks], pleased with [who.himself]."
}

social pout {
  others: "[Who] [who pouts]."
  targeted: "[Who] [who pouts] at [target]."
  at_self: "[Who] [who pouts] where nobody should see."
}

social shrug {
  others: "[Who] [who shrugs]."
  targeted: "[Who] [who shrugs] at [target]."
  at_self: "[Who] [who shrugs] it off."
}

social sigh {
  others: "[Who] [who sighs]."
  targeted: "[Who] [who sighs] at [target]."
  at_self: "[Who] [who sighs] about [who.himself]."
}

social groan {
  others: "[Who] [who groans]."
  targeted: "[Who] [who groans] at [target]."
  at_self: "[Who] [who groans] at [who.his] own joke."
}

social moan {
  others: "[Who] [who moans]."
  targeted: "[Who] [who moans] about [target]."
  at_self: "[Who] [who moans] about [who.his] fate."
}

social cry {
  others: "[Who] [who cries]."
  targeted: "[Who] [who leans] on [target] and [who cries]."
  at_self: "[Who] [who cries] quietly."
}

social sob {
  others: "[Who] [who sobs]."
  targeted: "[Who] [who sobs] and [who looks] at [target]."
  at_self: "[Who] [who sobs] into [who.his] sleeve."
}

social sniff {
  others: "[Who] [who sniffs]."
  targeted: "[Who] [who sniffs] at [target]."
  at_self: "[Who] [who sniffs] at [who.himself] and [who takes] a step aside."
}

social sneeze {
  others: "[Who] [who sneezes]."
  targeted: "[Who] [who sneezes] at [target]."
  at_self: "[Who] [who sneezes] into [who.his] elbow."
}

social cough {
  others: "[Who] [who coughs]."
  targeted: "[Who] [who coughs] at [target]."
  at_self: "[Who] [who coughs] into [who.his] fist."
}

social yawn {
  others: "[Who] [who yawns]."
  targeted: "[Who] [who yawns] at [target]."
  at_self: "[Who] [who yawns] until [who.his] jaw cracks."
}

social stretch {
  others: "[Who] [who stretches]."
  targeted: "[Who] [who stretches] next to [target]."
  at_self: "[Who] [who stretches], and something cracks."
}

social shiver {
  others: "[Who] [who shivers]."
  targeted: "[Who] [who shivers] at the sight of [target]."
  at_self: "[Who] [who shivers] and [who rubs] [who.his] arms."
}

social tremble {
  others: "[Who] [who trembles]."
  targeted: "[Who] [who trembles] before [target]."
  at_self: "[Who] [who trembles] and [who hides] [who.his] hands."
}

social gasp {
  others: "[Who] [who gasps]."
  targeted: "[Who] [who gasps] at [target]."
  at_self: "[Who] [who gasps] for air."
}

social panic {
  others: "[Who] [who looks] around in panic."
  targeted: "[Who] [who looks] at [target] in panic."
  at_self: "[Who] [who tells] [who.himself] not to panic."
}

social think {
  others: "[Who] [who thinks] it over."
  targeted: "[Who] [who thinks] about [target]."
  at_self: "[Who] [who thinks] about [who.himself]."
}

social ponder {
  others: "[Who] [who ponders]."
  targeted: "[Who] [who ponders] what [target] means."
  at_self: "[Who] [who ponders] how [who.he] came here."
}

social wonder {
  others: "[Who] [who wonders]."
  targeted: "[Who] [who wonders] about [target]."
  at_self: "[Who] [who wonders] about [who.himself]."
}

social scratch {
  others: "[Who] [who scratches] [who.his] head."
  targeted: "[Who] [who scratches] [target] behind the ear."
  at_self: "[Who] [who scratches] where it itches."
}

social whistle {
  others: "[Who] [who whistles]."
  targeted: "[Who] [who whistles] at [target]."
  at_self: "[Who] [who whistles] a tune for [who.himself]."
}

social hum {
  others: "[Who] [who hums]."
  targeted: "[Who] [who hums] along with [target]."
  at_self: "[Who] [who hums] a little louder."
}

social sing {
  others: "[Who] [who sings]."
  targeted: "[Who] [who sings] to [target]."
  at_self: "[Who] [who sings] as if nobody listened."
}

social dance {
  others: "[Who] [who dances] a few steps."
  targeted: "[Who] [who dances] around [target]."
  at_self: "[Who] [who dances] with [who.his] shadow."
}

social jump {
  others: "[Who] [who jumps]."
  targeted: "[Who] [who jumps] out at [target]."
  at_self: "[Who] [who jumps] at a noise of [who.his] own."
}

social stomp {
  others: "[Who] [who stomps] [who.his] foot."
  targeted: "[Who] [who stomps] [who.his] foot at [target]."
  at_self: "[Who] [who stomps] on [who.his] own toe."
}

social growl {
  others: "[Who] [who growls]."
  targeted: "[Who] [who growls] at [target]."
  at_self: "[Who] [who growls]; or was it [who.his] stomach?"
}

social purr {
  others: "[Who] [who purrs]."
  targeted: "[Who] [who purrs] at [target]."
  at_self: "[Who] [who purrs] with content."
}

social howl {
  others: "[Who] [who howls] at the sky."
  targeted: "[Who] [who howls] at [target]."
  at_self: "[Who] [who howls], and [who wakes] [who.himself] up."
}

social tease {
  others: "[Who] [who looks] for somebody to tease."
  targeted: "[Who] [who teases] [target]."
  at_self: "[Who] [who makes] a joke about [who.himself]."
}

social taunt {
  others: "[Who] [who taunts] the world."
  targeted: "[Who] [who taunts] [target]."
  at_self: "[Who] [who dares] [who.himself] to do better."
}

social beg {
  others: "[Who] [who begs]."
  targeted: "[Who] [who begs] [target] on [who.his] knees."
  at_self: "[Who] [who pleads] with [who.himself]."
}

social agree {
  others: "[Who] [who agrees]."
  targeted: "[Who] [who agrees] with [target]."
  at_self: "[Who] [who agrees] with [who.himself], as always."
}

social disagree {
  others: "[Who] [who disagrees]."
  targeted: "[Who] [who disagrees] with [target]."
  at_self: "[Who] [who disagrees] with what [who.he] said before."
}

social shake {
  others: "[Who] [who shakes] [who.his] head."
  targeted: "[Who] [who shakes] [who.his] head at [target]."
  at_self: "[Who] [who shakes] [who.himself] awake."
}

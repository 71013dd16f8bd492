/// Gestures. `[who]` does it, `[target]` is whom it is meant for.
module std.socials

social nod { others: "[Who] [who nods]." ; targeted: "[Who] [who nods] at [target]." }
social smile { others: "[Who] [who smiles]." ; targeted: "[Who] [who smiles] at [target]." }
social wave { others: "[Who] [who waves]." ; targeted: "[Who] [who waves] to [target]." }
social bow { others: "[Who] [who bows]." ; targeted: "[Who] [who bows] to [target]." }
social laugh { others: "[Who] [who laughs]." ; targeted: "[Who] [who laughs] at [target]." }
social sigh { others: "[Who] [who sighs]." ; targeted: "[Who] [who sighs] at [target]." }
social shrug { others: "[Who] [who shrugs]." ; targeted: "[Who] [who shrugs] at [target]." }
social dance { others: "[Who] [who dances] a few steps." ; targeted: "[Who] [who dances] around [target]." }
social yawn { others: "[Who] [who yawns]." ; targeted: "[Who] [who yawns] at [target]." }
social clap { others: "[Who] [who claps]." ; targeted: "[Who] [who claps] for [target]." }
social thank { others: "[Who] [who thanks] nobody in particular." ; targeted: "[Who] [who thanks] [target]." }
social hug { others: "[Who] [who hugs] [who.himself]." ; targeted: "[Who] [who hugs] [target]." }

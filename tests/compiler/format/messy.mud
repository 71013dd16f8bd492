

/// A room, badly written.
module   messy . shore
use messy.things
const tide : duration=90s
enum weather{calm,stormy,
  foggy}



room shore {


  title:"The Shore"   ;   flags : outdoors,dark
  description: """
     Sand. [if raining]Rain falls on it.[else]The sun lies on it.[end] Far out a sail moves so slowly that you
     cannot say whether it comes or goes.   Gulls quarrel.

     A [if tide_is_high]narrow[else]broad[end] path leads east.
     """
  exit    east->dunes{ door : closed , locked;name:"the gate" }
  exit down   -> cellar { door: closed, locked, unpickable ; name: "a hatch of black oak with a ring in it" ; keywords: "hatch", "ring" }
    detail "gull" , "gulls":"They know what is in your bag."
  detail "sail", "ship", "boat": "It is too far away to see who steers it, and it was too far away yesterday."


  // What the sea remembers.
  state   visits:map<int,list<int>> = 3
  player state found : list < int > = [1,2 ,3]
  /* one */ /* two */
  on   enter ( who ) when who is player   and
       visits<3 {   // they come and go
    tell who "x" ; tell who "y"

    // before the first

    if (a+b)*-2>3 or not c { stop } else if d { stop ;  }
    else {stop}
    x = - -1 -+2*(3-4)/5   mod 6
    for one in here . players when one.level>= 3{tell one "hm" }
    match mood { case calm { stop } ; case stormy , foggy { stop } else { stop } }
    let found = spawn   coin at here else { }
    total = first_long_name(who, another_long_name, third_long_name) + second_long_name * (fourth_long_name - fifth_long_name)
    give thing to who   // at the end
    act who, // whom
      // and which
      target { actor "a" ; target "b" }
    /* the
         last
       one */
  }   // of enter
  // below everything
}
formula far(a:creature,b:creature)->percent=clamp(55%+(a.dexterity-b.agility)*2%-range*10%,5%,95%)
test "t" { player p at shore { level : 5 } ; expect x between 2%   and 3% ; wait 5..9 }
// the end

#pragma once
// One file as a tree. Shapes only: what `room` or `damage` mean is for the next floors (names/, types/).
// Nodes live in the arena of their File, point to each other freely and own nothing; their words lie in the
// source. A File is moved, never copied. Fat nodes with a kind, on purpose: few types, easy to print, easy to walk.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/parse/arena.h"

namespace kiln::compiler::ast {

struct Expression;
struct Statement;
struct Member;
struct Text;

// A word with its place: names, property names, verbs. Dotted names keep their dots:
// "goblin_caves.guard_room".
struct Word {
    Name text;
    Span span;
    bool empty() const { return text.empty(); }
};

enum class ExpressionKind : std::uint8_t {
    integer,   // number
    percent,   // number in 1/100 %
    duration,  // number in milliseconds
    weight,    // number in grams
    clock,     // 06:00 as minutes of the day
    dice,      // number = vm::Dice slot (no bonus: `2d6+3` is binary +)
    string,    // text (a template; may be plain)
    boolean,   // number 0 or 1
    none,      // `none`
    name,  // word: a variable, declaration, enumeration word, self, here ...; left: the kind written before
           // it, a name of its own (`quest rats`, `loot hoard`, `npc rat`), null if none
    member,    // left . word
    call,      // left ( arguments )        left is a name or member
    index,     // left [ right ]
    unary,     // word is "-" or "not"; left
    binary,    // word is the operator: + - * / mod == != < <= > >= and or in is is_not has .. of below above
    list,      // [ arguments ]; maps have keys
    each,      // `left for word in right when arguments[0]`; left is null in `count(x in list when c)`
    chance,    // `chance 10%`: left
    quantity,  // `2 of goblin`: left of right
    spawn,     // `spawn ...` or `simulate ...` behind `=` or `return`: `statement` is the verb
    or_else,   // reserved
};

struct Argument {
    Word name;                           // empty for positional ones
    Expression* value = nullptr;
    Expression* key = nullptr;           // entries of a map
};

struct Expression {
    ExpressionKind kind = ExpressionKind::none;
    Span span;
    Word word;
    std::int64_t number = 0;
    Expression* left = nullptr;
    Expression* right = nullptr;
    List<Argument> arguments;
    Text* text = nullptr;
    Statement* statement = nullptr;
};

// A text literal taken apart. In blocks the indentation is gone, lines are joined by spaces and blank lines
// are "\n\n" (`"""raw` keeps its lines); several spaces after . ! ? or a tag are one. Tags: `[who]`, `[The
// item]`, `[who.his]`, `[who hauls]`, `[who lies|lie]`, `[if c]`, `[else]`, `[end]`, `[one of]`, `[or]`,
// `[count]`, `[b]`...`[/b]`. What a tag means is decided by types/, except for structure.
struct TextPiece {
    enum class Kind : std::uint8_t {
        literal,
        tag,
        if_begin,
        else_branch,
        one_of,
        or_branch,
        end,
        style,
        end_style
    };
    Kind kind = Kind::literal;
    Span span;
    Name words;         // literal: unescaped; style, end_style: its name; end: "end" or "at random"
    Expression* expression =
        nullptr;  // tag: what is named; if_begin, else_branch (`[else if c]`): the condition
    Word article;                        // tag: "the", "a", "an", "some" in small letters; empty if none
    bool capital = false;  // tag: its first word was written large; the word itself is stored small
    Word verb;                           // tag: `hauls` in [who hauls]
    Word second;                         // tag: `lie` in [who lies|lie]
};

struct Text {
    Span span;
    bool is_block = false;               // written between """
    List<TextPiece> pieces;
    Word tag;  // `#marta_oven` behind the literal; patterns (`on command`, `run`) and what tests
               // type and read (`does`, `sees`) are one literal piece: brackets
               // mean themselves
};

// How sentences are stored. `verb operand (preposition operand)*`: word is the verb; operands without
// preposition come first, and a comma adds one more of these. Any word that follows an operand and is no
// operator counts as a preposition (`save reflex`, `level 10`); its value is null if nothing follows (`half`
// in `save reflex half`).
//   spawn 2 of goblin at here         verb spawn    [quantity(2, goblin)] [at here]
//   wait until c timeout 5s           verb wait     [until c] [timeout 5s]        wait 30s: [30s]
//   wait for alarm(who) timeout 5s    verb wait     [for call] [timeout 5s]
//   echo in hall "..."                verb echo     [in hall] ["..."]             echo zone z "...": [zone z]
//   ["..."] start quest rats for p            verb start    [name rats, left = name quest] [for p] return |
//   return x                 return_, left give x to y else { }              verb give     [x] [to y],
//   otherwise cure victim of poison             verb cure     [victim] [of poison]; `of` behind a number or
//   in `spawn` is quantity choice "..." when c once { } -> n choice        ["..."] [when c] [once], block,
//   target (may be empty) npc "..." -> n                    verb npc      ["..."], target if c for 60s { }
//   if_           left = c, operands = [for 60s] if c -> node                      if_           block = [go]
// In tests:
//   player p at hall { level: 5 }     verb player   [p] [at hall], members
//   p does "pull lever"               verb does     [p] ["pull lever"]
//   expect p sees "..."               verb expect   [p] [sees "..."]
//   expect not p sees "..."           the same with `negated`; `expect not x` alone: [unary not]
//   expect x between 2% and 3%        verb expect   [x] [between 2%] [and 3%]
//   expect c                          verb expect   [c]
//   expect no faults                  verb expect   [no faults]
//   advance 29s | restart server      verb advance  [29s]  |  verb restart [server]
//   let d = simulate 10000 of loot x with killer level 10
//                                     let, right = spawn: verb simulate [quantity(10000, x)] [with killer]
//                                     [level 10]
//   seed: 42                          a property in Declaration::members
enum class StatementKind : std::uint8_t {
    verb,  // word operands: `tell who "..."`, `damage v for 1d4 as poison`, `stop`, `wait 30s`, `spawn 2 of x
           // at y`
    act_block,   // `act who, target { actor "..." ... }`: operands, members[]: property-like (word -> text)
    assign,      // left op right; word is = += -=
    expression,  // a call as a statement
    let,         // let word (: type)? = right (else block)?
    if_,         // left condition, block, otherwise
    for_,        // for word in left (when right)? block
    while_,      // while left block
    choose,      // branches: weight (left, may be null) => block
    match,       // match left { case a, b { } else { } }
    return_,     // left may be null
    block,       // { ... }
    fork,        // fork block
    after,       // after left block
    as,          // as left <body statement>
    on_cancel,   // on cancel block
    choice,      // dialogue
    go,          // -> word
};

struct Operand {
    Word preposition;                    // empty for the first ones
    Expression* value = nullptr;
};

struct Branch {
    List<Argument> labels;        // choose: one weight or none; match: the cases; empty = else
    List<Statement*> block;
    Span span;
};

struct Reading {
    Word word;                           // actor, target, others
    Text* text = nullptr;
};

struct Statement {
    StatementKind kind = StatementKind::verb;
    Span span;
    Word word;
    Word type;                           // let
    Word target;                         // choice, verb: `-> target` behind it
    Word second;                         // `for key, value in map`, `for number, element in list`
    bool negated = false;                // expect not p sees "..."
    bool has_body = false;               // verb, choice, act_block...: a block was written behind it
    List<Operand> operands;
    Expression* left = nullptr;
    Expression* right = nullptr;
    List<Statement*> block;
    List<Statement*> otherwise;   // else; `else if` is one if_ in it
    bool has_otherwise = false;
    List<Branch> branches;
    List<Reading> readings;              // act_block
    List<Member*> members;        // verb with a block of properties: player p at hall { level: 5 }
};

struct Parameter {
    Word name;
    Word type;                           // spelling, with list<..> and ?; empty if left out
    Expression* value = nullptr;         // default
};

// Clauses of handlers and modifiers of values: `by who`, `when c`, `chance 10%`, `every 20m`, `unique`, `max
// 2`, `with x`...
struct Clause {
    Word word;
    List<Word> more;  // `in phase rage`: [phase], value rage; `once per player`, `cooldown 30s per
                             // player`: [per, player]. `while observed` is value = name observed.
    Expression* value = nullptr;
    Span span;
};

enum class MemberKind : std::uint8_t {
    property,  // word: values          (`exits`, `detail "a", "b": text` is `labelled`)
    labelled,  // word labels : values  detail "lever", "rusty lever": "..."
    block,  // word labels -> target? clauses { members }    exit north -> hall { ... }, node greet { ... },
            // spawn npc rat max 3
    row,    // labels (weight or condition expression) => value clauses       70 => agate
    transition,  // -> word
    handler,     // on/before/after/every event...
    state,  // state word: type = value         `player state x`: owner "player"; `actor x`, `temp x`: owner
            // so
    function,   // fn word(parameters) -> type { body }; run labels clauses { body } (word is "run")
    statement,  // body holds the one; in quest stages and dialogue nodes
};

struct Value {
    Expression* value = nullptr;         // null in `reset: every 20m when empty`
    List<Clause>
        clauses;  // every 20m, when empty; a further value without a word before it has an empty word
};

// A sentence in a declaration is a block: `spawn npc rat max 3 respawn 60s { wear cap }` is word spawn,
// labels [rat], clauses [max 3] [respawn 60s], members; `contains coin max 2` is the same without has_body;
// `pick 2 distinct { rows }` is labels [2], clauses [distinct]; `phase rage until c` is labels [rage],
// clauses [until c]. Inside `node` and `stage` blocks sentences are statements instead. `every 30s always {
// }` is a handler: word and event "every", labels [30s], clauses [always]. `on enter phase rage` is event
// enter, clauses [phase rage]. `-> x` behind a handler is target.
struct Member {
    MemberKind kind = MemberKind::property;
    Span span;
    Word word;   // name of a property, block, state or fn; handler: on, before, after, every
    Word owner;  // state: player, zone, world, temp, actor; empty for the declaration itself
    bool adds = false;                   // `keywords += "x"`
    bool overrides = false;              // override on enter
    List<Expression*>
        labels;  // detail "a", "b"; exit north; block names; row: the weight; command, say: patterns
    Word event;                          // handler: command, enter, phase ...
    List<Parameter> parameters;   // handler, function
    Word type;                           // state: type; function: result
    Word target;                         // -> name
    List<Value> values;           // property, labelled, row; state: the one default, if written
    List<Clause> clauses;
    List<Member*> members;        // block
    List<Statement*> body;        // handler, function, statement (one)
    bool has_body = false;
    Name doc;                            // /// lines before it
};

// At file level, `world state x: int = 0` is a declaration of kind "state" and `on enter(who) { }` one of
// kind "on" (or before, after, every): each without a name, holding one member. `enum e { a, b }`: a property
// member without values for each word; `record r { a: int }`: parameters. A test's statements are its body,
// its properties are members.
struct Declaration {
    Span span;
    Word kind;
    Word name;                           // tests: the title
    List<Parameter> parameters;
    Word parent;                         // from x
    struct Use {
        Word name;
        List<Argument> arguments;
    };
    List<Use> traits;             // with a, b(1)
    bool is_abstract = false, is_override = false;
    Word renamed_from, retired_to;
    Word result;                         // fn, formula: -> type
    Expression* value = nullptr;         // formula, const: = expression
    List<Member*> members;
    List<Statement*> body;        // fn, test
    bool broken = false;                 // a syntax error lies inside: no follow-up errors about it
    Name doc;
};

// What takes statements takes any row of them.
using Block = std::span<Statement* const>;

struct File {
    std::uint32_t index = 0;
    Word module;
    List<Word> uses;
    List<Declaration*> declarations;
    List<Name> lost;                     // words of lines that could not be read: nobody misses these names
    bool module_is_lost = false;         // the line that says it could not be read
    Expression* new_expression() { return arena->make<Expression>(); }
    Statement* new_statement() { return arena->make<Statement>(); }
    Member* new_member() { return arena->make<Member>(); }
    Text* new_text() { return arena->make<Text>(); }
    Declaration* new_declaration() { return arena->make<Declaration>(); }
    std::unique_ptr<Arena> arena = std::make_unique<Arena>();
};

}  // namespace kiln::compiler::ast

#pragma once
// The few words whose place in a line decides what they are. None is reserved: each may also name things.

#include <cstdint>
#include <string_view>

namespace kiln::compiler::parsing {

enum class Keyword : std::uint8_t {
    none,
    // begin declarations
    module,
    use,
    abstract,
    override_,
    retired,
    formula,
    const_,
    enum_,
    record,
    fn,
    kind,
    test,
    // begin members and statements
    if_,
    else_,
    for_,
    while_,
    let,
    match,
    case_,
    return_,
    as,
    on,
    before,
    after,
    every,
    run,
    state,
    temp,
    actor,
    choose,
    spawn,
    simulate,
    expect,
    echo,
    does,
    // operators
    not_,
    and_,
    or_,
    is,
    in,
    of,
    mod,
    has,
    below,
    above,
    // values
    true_,
    false_,
    none_value,
    chance,
    // lead an operand
    from,
    with,
    renamed,
    to,
    at,
    by,
    into,
    about,
    until,
    timeout,
    when,
    toward,
    unless,
    per,
    phase,
    zone,
    no,
    max,
    respawn,
    sees,
    between,
    // clauses without a value
    once,
    always,
    unique,
    distinct,
    quietly,
    half,
};

Keyword keyword_of(std::string_view word);

// Words of kinds.def, and those that begin or modify a declaration.
bool is_declaration_word(Keyword word);
bool is_kind(Keyword word);              // may stand before a name: `quest rats`
bool is_handler_word(Keyword word);      // on, before, after, every
bool is_infix(Keyword word);             // and, or, is, in ...
bool leads_operand(Keyword word);        // directly behind a verb: `echo in hall`, `wait until c`
bool stands_alone(Keyword word);         // once, always, unique ...
// Never the name behind a kind: in `item is open` the second word says that `item` is a variable.
bool never_names(Keyword word);

}  // namespace kiln::compiler::parsing

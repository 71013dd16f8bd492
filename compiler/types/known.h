#pragma once
// What the checker knows of a value, a variable and a condition while it writes a function.

#include "compiler/names/model.h"

namespace kiln::compiler {

enum class Role : std::uint8_t {
    handler,
    before,
    on_command,
    command,
    function,
    formula,
    condition,
    text,
    test,
    cancel
};

struct Context {
    Role role = Role::handler;
    const Symbol* owner = nullptr;  // whose self it is; null if there is none
    const Symbol* scope = nullptr;  // the declaration that was written: names are looked up from there
    const Environment* environment = nullptr;  // trait parameters
    std::string name;  // "module.room.on_enter.1": begins the names of texts and blocks
    Type result;
    bool pure = false;
    bool waits = false;  // may wait
};

struct Value {
    Type type;
    int place = -1;  // register; -1 = a constant not loaded yet, or nothing
    bool is_constant = false;
    std::int64_t number = 0;
    const Symbol* symbol = nullptr;  // the declaration an entity is known to be made from
    std::string path;                // how it can be asked about: "who", "@mill.cat", "who.fighting"
    bool lost = false;               // optional only because of a wait
    bool is_poison() const { return type.base == Base::variable; }
};

struct Variable {
    std::string name;
    Type type;
    const Symbol* symbol = nullptr;
    int place = 0;
    bool lost = false, is_bound = false;
};

struct Fact {  // `path` is of `type` here
    std::string path;
    Type type;
    const Symbol* symbol = nullptr;
};
struct Facts {
    std::vector<Fact> yes, no;  // if the condition holds; if it does not
};

inline const Type number_type{.base = Base::integer};

// One step from a thing of several parts to a part of it.
struct Step {
    enum class Kind : std::uint8_t { field, element, entry } kind = Kind::element;
    Type type;  // of what it leads to
    const ast::Expression* index = nullptr;
    int number = 0;  // field: which
    int place = -1;  // element, entry: register of the place or key
};

struct Place {
    const ast::Expression* root = nullptr;  // a variable or a state
    Type type;                              // of the root, as it is declared
    std::vector<Step> steps;
    const Type& last_type() const { return steps.empty() ? type : steps.back().type; }
};

// A state as somebody's field: its holder stands in a register.
struct Stored {
    int holder = -1;
    std::int32_t field = 0;
    Type type;
};

struct Borrowed {
    Value value;
    std::optional<Stored> from;  // goes back there when it has been looked at
};

}  // namespace kiln::compiler

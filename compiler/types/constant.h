#pragma once
// What is known before the game runs.

#include "compiler/names/model.h"

namespace kiln::compiler {

std::int64_t template_number(const Symbol& symbol);  // what stands for a declaration where it is a value
bool is_none(const ast::Expression& e);

// ---- values known while compiling (types/constant.cpp)
// The value of an expression as an integer of `type`; reports what is wrong. `from` is where it stands.
std::optional<std::int64_t> constant_of(Compilation& c, const Symbol& from, const Environment* environment,
                                        const ast::Expression& e, Type type);
void check_constant(Compilation& c, const Symbol& symbol);  // `const name = value`, whether used or not
std::optional<std::string> plain_text(const ast::Text& text);  // without tags
// A trait parameter stands for its argument: the argument, and where it was written. Otherwise what was
// given.
struct Resolved {
    const ast::Expression* value = nullptr;
    const Symbol* from = nullptr;
    const Environment* environment = nullptr;
};
Resolved resolve_argument(const Symbol& from, const Environment* environment, const ast::Expression& e);

}  // namespace kiln::compiler

#pragma once
// What stands in a sentence, a block or a clause and has no place there is said, never dropped.

#include <initializer_list>
#include <string_view>

#include "compiler/names/model.h"

namespace kiln::compiler {

// A statement: `unnamed` operands at most, then those behind one of the prepositions, each once and with a value.
// Reports the first that does not fit and returns false.
bool operands_fit(Compilation& c, const ast::Statement& s, std::size_t unnamed,
                  std::initializer_list<std::string_view> prepositions);

// `give x to y { ... }`: only some verbs have a block.
bool has_no_block(Compilation& c, const ast::Statement& s);

// A block in a declaration: so many labels, a target if it leads somewhere. Its clauses are for who reads them.
bool labels_fit(Compilation& c, const ast::Member& member, std::size_t labels, bool has_target = false);
// None of its clauses has a meaning.
bool has_no_clauses(Compilation& c, const ast::Member& member);

// `name: value`: one value, and nothing behind it.
bool value_fits(Compilation& c, const ast::Member& member);

// `word` of a clause or operand with nothing behind it.
void report_no_value(Compilation& c, const ast::Word& word);

}  // namespace kiln::compiler

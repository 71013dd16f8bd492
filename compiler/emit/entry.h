#pragma once
// A member of a declaration and a sentence inside of a block, seen alike: a word with what is written around it.

#include <string>
#include <vector>

#include "compiler/parse/ast.h"

namespace kiln::compiler {

struct Entry {
    enum class Shape : std::uint8_t {
        property,    // name: values
        labelled,    // word labels: values
        block,       // word labels clauses { members }
        handler,     // on event { }
        steps,       // something that is simply done
        state,
        row,         // x => y
        function,    // fn, run
        transition,  // -> x
    };
    Shape shape = Shape::block;
    Span span;
    ast::Word word;
    std::string second;                          // handlers: the event; blocks with `for`: that
    std::vector<ast::Expression*> labels;
    std::vector<ast::Clause> clauses;
    std::vector<ast::Value> values;
    std::vector<ast::Parameter> parameters;
    std::vector<Entry> entries;                  // what stands in its braces
    std::vector<Entry> otherwise;                // behind `else`
    bool has_otherwise = false, has_braces = false, overrides = false;
    std::vector<ast::Statement*> steps;          // its braces as statements
    ast::Word target;
    const ast::Member* member = nullptr;         // what it is
    const ast::Statement* statement = nullptr;
};

Entry entry_of(const ast::Member& member);
Entry entry_of(const ast::Statement& statement);
std::vector<Entry> entries_of(const ast::List<ast::Member*>& members);

}  // namespace kiln::compiler

#pragma once
// Reads the little language of the .def files: "verb damage victim: creature for amount: int as kind:
// damage_type?".

#include <string>
#include <string_view>
#include <vector>

#include "world/schema/types.h"

namespace kiln::schema {

struct Parameter {
    std::string name;
    Type type;
    std::string preposition;   // verbs: the word before it ("for"); empty for plain operands
    bool omissible = false;    // verbs: written `[for amount: int]`; functions: a default exists. Left-out
                               // integers are 0, entities nobody
    bool operator==(const Parameter&) const = default;
};

// "victim: creature, source: creature?"  ->  parameters in order. The text is ours (a .def row): a mistake is
// an assertion.
std::vector<Parameter> parse_parameters(std::string_view text);

}  // namespace kiln::schema

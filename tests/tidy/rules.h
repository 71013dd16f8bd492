#pragma once
// The rules of the house as a checker over the text of its files, so that it can be tested on small fake
// sources.

#include <cstddef>
#include <string>
#include <vector>

namespace kiln::tidy {

struct File {
    std::string path;                    // from the root of the repository: "vm/machine/machine.h"
    std::string text;
};

struct Finding {
    std::string path;
    std::size_t line = 1;
    std::string message;
    bool operator==(const Finding&) const = default;
};

// Everything that is wrong, by path and line.
std::vector<Finding> check(const std::vector<File>& files);

// "path:line: message", one per line.
std::string print(const std::vector<Finding>& findings);

// A line of C++ without its comments and the insides of its literals. `in_comment` carries a block comment
// over lines.
std::string code_of(const std::string& line, bool& in_comment);

}  // namespace kiln::tidy

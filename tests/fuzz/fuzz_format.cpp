#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "compiler/format/format.h"
#include "compiler/format/source.h"

namespace {

using namespace kiln::compiler;

// The words of a file without separators, and how many comments it has; texts may be laid out anew.
struct Substance {
    std::vector<std::string_view> words;
    std::size_t comments = 0;
};

Substance substance_of(std::string_view text) {
    const auto source = formatting::read_source(text);
    Substance all;
    all.comments = source.tail.size();
    for (const auto& piece : source.pieces) {
        all.comments += piece.before.size();
        all.words.push_back(piece.token.type == parsing::TokenType::text ? "\"\"\"" : piece.text);
    }
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto made = format(text);
    if (!made) {
        // Either the file is wrong, or the formatter is.
        if (made.error().errors.empty()) std::abort();
        return 0;
    }
    const auto again = format(*made);
    if (!again || *again != *made) std::abort();
    const auto before = substance_of(text), after = substance_of(*made);
    if (before.words != after.words || before.comments != after.comments) std::abort();
    return 0;
}

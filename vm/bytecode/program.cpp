#include "vm/bytecode/program.h"

#include <algorithm>
#include <iterator>

namespace kiln::vm {

namespace {

constexpr std::string_view fault_names[] = {
#define KILN_FAULT(name, text) #name,
#include "vm/bytecode/faults.def"
#undef KILN_FAULT
};

constexpr std::string_view fault_texts[] = {
#define KILN_FAULT(name, text) text,
#include "vm/bytecode/faults.def"
#undef KILN_FAULT
};

constexpr std::size_t known_faults = std::size(fault_names);

}  // namespace

std::string_view fault_name(Fault fault) {
    const auto index = static_cast<std::size_t>(fault);
    return index < known_faults ? fault_names[index] : "unknown";
}

std::string_view fault_text(Fault fault) {
    const auto index = static_cast<std::size_t>(fault);
    return index < known_faults ? fault_texts[index] : "an unknown fault";
}

SourcePlace place_of(const Program& program, std::uint32_t function, std::uint32_t pc) {
    if (function >= program.functions.size()) return {};
    const auto& lines = program.functions[function].lines;
    const auto later = [](std::uint32_t wanted, const LineRow& row) { return wanted < row.pc; };
    const auto after = std::upper_bound(lines.begin(), lines.end(), pc, later);
    if (after == lines.begin()) return {};
    const LineRow& row = *std::prev(after);
    SourcePlace place{{}, row.line, row.column};
    if (row.file < program.files.size()) place.file = program.files[row.file];
    return place;
}

}  // namespace kiln::vm

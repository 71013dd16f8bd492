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

const CompositeType* composite_of(const Program& program, SlotType type) {
    static const CompositeType built_in[] = {{.parts = {SlotType::integer}},
                                             {.parts = {SlotType::entity}},
                                             {.parts = {SlotType::string}}};
    if (!is_composite(type)) return nullptr;
    if (type < first_own_type)
        return &built_in[static_cast<std::size_t>(type) - static_cast<std::size_t>(SlotType::integers)];
    const auto index = static_cast<std::size_t>(type) - static_cast<std::size_t>(first_own_type);
    return index < program.types.size() ? &program.types[index] : nullptr;
}

bool is_known(const Program& program, SlotType type) {
    return static_cast<std::size_t>(type) < std::size_t{slot_type_count} + program.types.size();
}

std::string describe(const Program& program, SlotType type) {
    if (type < first_own_type) return std::string(slot_type_names[static_cast<std::size_t>(type)]);
    const auto* composite = composite_of(program, type);
    if (composite == nullptr) return "?";
    constexpr std::string_view kinds[] = {"list", "set", "map", "record"};
    std::string out(composite->keeps_gaps ? "gaps" : kinds[static_cast<std::size_t>(composite->kind)]);
    for (std::size_t i = 0; i < composite->parts.size(); ++i)
        out += (i == 0 ? "(" : ", ") + describe(program, composite->parts[i]);
    return out + ")";
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

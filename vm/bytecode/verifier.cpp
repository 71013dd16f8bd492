#include "vm/bytecode/verifier.h"

#include <algorithm>

#include "vm/bytecode/liveness.h"
#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/type_flow.h"

namespace kiln::vm {

namespace {

// More than any world has; they keep a damaged or hostile program from costing more than a program can.
constexpr std::size_t most_functions = 1 << 18;
constexpr std::size_t most_instructions_of_function = 1 << 16;
constexpr std::size_t most_instructions = 1 << 24;
constexpr std::size_t most_rows = 1 << 22;          // constants, strings, texts, files
constexpr std::size_t most_imports = 1 << 16;       // natives, fields
constexpr std::size_t most_string_bytes = 1 << 20;  // of one string
constexpr std::size_t most_arguments = 200;
constexpr std::size_t most_types = 1 << 12;
constexpr std::size_t most_fields = 64;  // of one record
constexpr std::size_t most_depth = 8;    // types within types
constexpr std::size_t most_weight = 512;
constexpr std::uint8_t table_count = 32;

// Types that stand in registers: every one but nothing.
bool are_values(const Program& program, const std::vector<SlotType>& types) {
    return types.size() <= most_arguments && std::all_of(types.begin(), types.end(), [&](SlotType type) {
               return is_known(program, type) && type != SlotType::nothing;
           });
}

// Whether a value of the type can be kept in state: a text belongs to the slice that made it.
bool is_kept(const Program& program, SlotType type) {
    if (type == SlotType::nothing || type == SlotType::text) return false;
    const CompositeType* const composite = composite_of(program, type);
    return composite == nullptr ||
           std::all_of(composite->parts.begin(), composite->parts.end(),
                       [&](SlotType part) { return is_kept(program, part); });
}

std::size_t parts_wanted(const CompositeType& type) {
    using Kind = CompositeType::Kind;
    return type.kind == Kind::record ? type.parts.size() : type.kind == Kind::map ? 2 : 1;
}

// Parts come before wholes, so nothing contains itself; depth and size bound every walk over a value.
std::optional<std::string> check_types(const Program& program) {
    struct Measure {
        std::size_t depth = 1, weight = 1;
    };
    if (program.types.size() > most_types) return "the program has too many types";
    std::vector<Measure> measures(slot_type_count + program.types.size());
    for (std::size_t i = 0; i < program.types.size(); ++i) {
        const CompositeType& type = program.types[i];
        const bool sound = type.kind <= CompositeType::Kind::record && !type.parts.empty() &&
                           type.parts.size() <= most_fields && type.parts.size() == parts_wanted(type);
        if (!sound) return "type " + std::to_string(i) + " is none";
        Measure& measure = measures[slot_type_count + i];
        for (const SlotType part : type.parts) {
            const auto number = static_cast<std::size_t>(part);
            if (part == SlotType::nothing || number >= slot_type_count + i)
                return "type " + std::to_string(i) + " has an impossible part";
            measure.depth = std::max(measure.depth, measures[number].depth + 1);
            measure.weight += measures[number].weight;
        }
        const bool has_key = type.kind == CompositeType::Kind::set || type.kind == CompositeType::Kind::map;
        if (has_key && !is_kept(program, type.parts[0])) return "texts cannot be looked for";
        if (type.keeps_gaps && (type.kind != CompositeType::Kind::list || type.parts[0] != SlotType::entity))
            return "only lists of entities have gaps";
        if (measure.depth > most_depth || measure.weight > most_weight)
            return "type " + std::to_string(i) + " is nested too deeply";
    }
    return std::nullopt;
}

std::optional<std::string> check_sizes(const Program& program) {
    if (program.functions.size() > most_functions) return "the program has too many functions";
    if (program.constants.size() > most_rows) return "the program has too many constants";
    if (program.strings.size() > most_rows) return "the program has too many strings";
    if (program.texts.size() > most_rows) return "the program has too many texts";
    if (program.files.size() > most_rows) return "the program names too many files";
    if (program.natives.size() > most_imports) return "the program imports too many natives";
    if (program.fields.size() > most_imports) return "the program imports too many fields";
    std::size_t instructions = 0;
    for (const Function& function : program.functions) instructions += function.code.size();
    if (instructions > most_instructions) return "the program has too much code";
    const auto too_long = [](const std::string& string) { return string.size() > most_string_bytes; };
    if (std::any_of(program.strings.begin(), program.strings.end(), too_long)) return "a string is too long";
    return std::nullopt;
}

std::optional<std::string> check_imports(const Program& program) {
    for (const NativeImport& native : program.natives) {
        if (!are_values(program, native.parameters) || !is_known(program, native.result)) {
            return "native " + native.name + " has an impossible signature";
        }
    }
    for (const FieldImport& field : program.fields) {
        if (field.table >= table_count) return "field " + field.name + " belongs to no table";
        if (!is_known(program, field.type) || !is_kept(program, field.type)) {
            return "field " + field.name + " has a type that is not stored";
        }
    }
    for (const TextSignature& text : program.texts) {
        if (!are_values(program, text.arguments)) return "a text has impossible arguments";
    }
    return std::nullopt;
}

std::optional<std::string> check_names(const Program& program) {
    std::vector<std::string_view> names;
    names.reserve(program.functions.size());
    for (const Function& function : program.functions) names.push_back(function.name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return std::nullopt;
    return "two functions are called " + std::string(*twice);
}

std::optional<std::string> check_head(const Program& program, const Function& function) {
    if (!are_values(program, function.parameters) || !is_known(program, function.result))
        return "the signature is impossible";
    if (function.frame_size < 1 || function.frame_size > 256) return "the frame must have 1 to 256 registers";
    if (function.parameters.size() > function.frame_size) return "the parameters do not fit into the frame";
    if (function.code.empty()) return "the function has no code";
    if (function.code.size() > most_instructions_of_function) return "the function has too much code";
    if (function.fuel <= fuel_of_length(function.code.size()))
        return "a call of the function costs too little fuel";
    const auto later = [](const LineRow& left, const LineRow& right) { return left.pc < right.pc; };
    if (!std::is_sorted(function.lines.begin(), function.lines.end(), later))
        return "the line table is out of order";
    for (const LineRow& row : function.lines) {
        if (row.pc >= function.code.size()) return "the line table leaves the code";
        if (row.file >= program.files.size()) return "the line table names a file that does not exist";
    }
    return std::nullopt;
}

}  // namespace

std::optional<VerifyError> verify(const Program& program) {
    const auto count = static_cast<std::uint32_t>(program.functions.size());
    if (auto problem = check_sizes(program)) return VerifyError{count, 0, *problem};
    if (auto problem = check_types(program)) return VerifyError{count, 0, *problem};
    if (auto problem = check_imports(program)) return VerifyError{count, 0, *problem};
    if (auto problem = check_names(program)) return VerifyError{count, 0, *problem};
    // A call is checked against the callee's signature, so every signature comes before any code.
    for (std::uint32_t i = 0; i < count; ++i) {
        if (auto problem = check_head(program, program.functions[i])) return VerifyError{i, 0, *problem};
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        if (auto error = TypeFlow(program, i).run()) return error;
    }
    return std::nullopt;
}

std::vector<SlotType> types_at(const Program& program, std::uint32_t function, std::uint32_t pc) {
    if (function >= program.functions.size()) return {};
    const std::size_t size = program.functions[function].frame_size;
    std::vector<SlotType> types(size, SlotType::nothing);
    TypeFlow flow(program, function);
    flow.watch([&](std::uint32_t at, const TypeFlow::Registers& registers) {
        if (at != pc) return;
        for (std::size_t i = 0; i < size; ++i) types[i] = registers[i].type;
    });
    flow.run();
    return types;
}

std::vector<SuspensionPoint> suspension_points(const Program& program, std::uint32_t function) {
    std::vector<SuspensionPoint> points;
    const Function& row = program.functions[function];
    if (!row.may_suspend) return points;
    const std::vector<RegisterSet> live = live_after(program, row);
    TypeFlow flow(program, function);
    flow.watch([&](std::uint32_t pc, const TypeFlow::Registers& registers) {
        const Instruction& instruction = row.code[pc];
        const auto index = static_cast<std::size_t>(instruction.imm);
        const bool suspends = (instruction.op == Opcode::call && program.functions[index].may_suspend) ||
                              (instruction.op == Opcode::native && program.natives[index].may_suspend);
        if (!suspends) return;
        SuspensionPoint point{.pc = pc, .window = instruction.a};
        for (std::uint8_t i = 0; i < instruction.a; ++i) {
            if (!live[pc][i] || registers[i].type == SlotType::nothing) continue;
            point.kept.push_back({i, registers[i].type});
            point.has_references = point.has_references || is_reference(registers[i].type);
        }
        // A loop is walked more than once: only the last word about an instruction counts.
        const auto place = std::lower_bound(points.begin(), points.end(), pc,
                                            [](const auto& known, auto wanted) { return known.pc < wanted; });
        if (place != points.end() && place->pc == pc) {
            *place = std::move(point);
        } else {
            points.insert(place, std::move(point));
        }
    });
    flow.run();
    return points;
}

}  // namespace kiln::vm

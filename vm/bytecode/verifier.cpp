#include "vm/bytecode/verifier.h"

#include <algorithm>

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
constexpr std::uint8_t table_count = 32;

bool is_known(SlotType type) { return static_cast<std::size_t>(type) < std::size_t{slot_type_count}; }

// Types that stand in registers: every one but nothing.
bool are_values(const std::vector<SlotType>& types) {
    return types.size() <= most_arguments && std::all_of(types.begin(), types.end(), [](SlotType type) {
               return is_known(type) && type != SlotType::nothing;
           });
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
        if (!are_values(native.parameters) || !is_known(native.result)) {
            return "native " + native.name + " has an impossible signature";
        }
    }
    for (const FieldImport& field : program.fields) {
        if (field.table >= table_count) return "field " + field.name + " belongs to no table";
        if (!is_known(field.type) || field.type == SlotType::nothing || field.type == SlotType::text) {
            return "field " + field.name + " has a type that is not stored";
        }
    }
    for (const TextSignature& text : program.texts) {
        if (!are_values(text.arguments)) return "a text has impossible arguments";
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
    if (!are_values(function.parameters) || !is_known(function.result)) return "the signature is impossible";
    if (function.frame_size < 1 || function.frame_size > 256) return "the frame must have 1 to 256 registers";
    if (function.parameters.size() > function.frame_size) return "the parameters do not fit into the frame";
    if (function.code.empty()) return "the function has no code";
    if (function.code.size() > most_instructions_of_function) return "the function has too much code";
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
        if (at == pc) types.assign(registers.begin(), registers.begin() + static_cast<std::ptrdiff_t>(size));
    });
    flow.run();
    return types;
}

std::vector<SuspensionPoint> suspension_points(const Program& program, std::uint32_t function) {
    std::vector<SuspensionPoint> points;
    const Function& row = program.functions[function];
    if (!row.may_suspend) return points;
    TypeFlow flow(program, function);
    flow.watch([&](std::uint32_t pc, const TypeFlow::Registers& registers) {
        const Instruction& instruction = row.code[pc];
        const auto index = static_cast<std::size_t>(instruction.imm);
        const bool suspends = (instruction.op == Opcode::call && program.functions[index].may_suspend) ||
                              (instruction.op == Opcode::native && program.natives[index].may_suspend);
        if (!suspends) return;
        SuspensionPoint point{pc, instruction.a, {registers.begin(), registers.begin() + instruction.a}};
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

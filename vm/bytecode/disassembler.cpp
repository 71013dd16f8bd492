#include "vm/bytecode/disassembler.h"

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm {

namespace {

// A damaged program may have a type that leads round in circles, so parts are named only one level deep.
std::string type_name(const Program& program, SlotType type) {
    const auto index = static_cast<std::size_t>(type);
    if (index < std::size_t{slot_type_count}) return std::string(slot_type_names[index]);
    return is_known(program, type) ? "type" + std::to_string(index - std::size_t{slot_type_count}) : "?";
}

std::string type_list(const Program& program, const std::vector<SlotType>& types) {
    std::string out = "(";
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (i > 0) out += ", ";
        out += type_name(program, types[i]);
    }
    return out + ")";
}

std::string quoted(std::string_view bytes) {
    constexpr std::size_t shown = 40;
    std::string out = "\"";
    for (const char byte : bytes.substr(0, shown)) {
        if (byte == '\n') {
            out += "\\n";
        } else if (byte == '"' || byte == '\\') {
            out += '\\';
            out += byte;
        } else if (static_cast<unsigned char>(byte) < 0x20) {
            out += '?';
        } else {
            out += byte;
        }
    }
    return out + (bytes.size() > shown ? "\"..." : "\"");
}

std::string register_name(int index) { return "r" + std::to_string(index); }

template <typename Row>
const Row* row_at(const std::vector<Row>& rows, std::int32_t index) {
    return index >= 0 && static_cast<std::size_t>(index) < rows.size()
               ? &rows[static_cast<std::size_t>(index)]
               : nullptr;
}

// What an index operand names; the bare number if it names nothing.
std::string named(const Program& program, char operand, std::int32_t index) {
    const std::string number = "#" + std::to_string(index);
    switch (operand) {
        case 'k':
            if (const auto* constant = row_at(program.constants, index)) return std::to_string(*constant);
            break;
        case 'S':
            if (const auto* string = row_at(program.strings, index)) return quoted(*string);
            break;
        case 'T':
            if (const auto* text = row_at(program.texts, index))
                return "text" + number + type_list(program, text->arguments);
            break;
        case 'F':
            if (const auto* function = row_at(program.functions, index)) return function->name;
            break;
        case 'N':
            if (const auto* native = row_at(program.natives, index)) return native->name;
            break;
        case 'P':
            if (const auto* field = row_at(program.fields, index)) {
                return field->name + ":" + type_name(program, field->type);
            }
            break;
        case 'Y': return type_name(program, static_cast<SlotType>(index));
        default: break;
    }
    return number;
}

std::string operand_text(const Program& program, const Instruction& instruction, std::size_t field,
                         char operand) {
    const int registers[] = {instruction.a, instruction.b, instruction.c};
    switch (operand) {
        case 'd':
        case 's': return field < 3 ? register_name(registers[field]) : "?";
        case 'n': return field < 3 ? std::to_string(registers[field]) : "?";
        case 'i':
        case 'm': return std::to_string(instruction.imm);
        default: return named(program, operand, instruction.imm);
    }
}

std::string instruction_text(const Program& program, const Instruction& instruction, std::uint32_t pc) {
    const auto op = static_cast<std::size_t>(instruction.op);
    if (op >= opcode_count) return "illegal " + std::to_string(op);
    const OpcodeRow& row = opcode_rows[op];
    std::string out(row.name);
    bool first = true;
    for (std::size_t field = 0; field < row.operands.size(); ++field) {
        const char operand = row.operands[field];
        if (operand == '-' || operand == 't' || operand == 'l' || operand == 'w') continue;
        if (operand == 'm' && instruction.imm == 0) continue;
        out += first ? std::string(out.size() < 14 ? 14 - out.size() : 1, ' ') : ", ";
        first = false;
        if (instruction.op == Opcode::raise_fault && operand == 'i') {
            const bool known = instruction.imm >= 0 && instruction.imm < fault_count;
            out += known ? fault_name(static_cast<Fault>(instruction.imm)) : "?";
        } else {
            out += operand_text(program, instruction, field, operand);
        }
    }
    if (!is_jump(instruction.op)) return out;
    out += first ? std::string(out.size() < 14 ? 14 - out.size() : 1, ' ') : ", ";
    return out + "-> " + std::to_string(target_of(instruction, pc));
}

}  // namespace

std::string disassemble(const Program& program, std::uint32_t function, std::uint32_t pc) {
    if (function >= program.functions.size() || pc >= program.functions[function].code.size())
        return "no such place";
    const std::string number = std::to_string(pc);
    std::string out(number.size() < 5 ? 5 - number.size() : 0, ' ');
    out += number + "  " + instruction_text(program, program.functions[function].code[pc], pc);
    const SourcePlace place = place_of(program, function, pc);
    if (place.line != 0) {
        out += std::string(out.size() < 48 ? 48 - out.size() : 1, ' ') + "; ";
        out += std::string(place.file) + ":" + std::to_string(place.line);
    }
    return out;
}

std::string disassemble(const Program& program, std::uint32_t function) {
    if (function >= program.functions.size()) return "no such function\n";
    const Function& row = program.functions[function];
    std::string out = "function " + std::to_string(function) + " " + row.name + type_list(program, row.parameters);
    if (row.result != SlotType::nothing) out += " -> " + type_name(program, row.result);
    out += "  registers " + std::to_string(row.frame_size);
    if (row.may_suspend) out += ", may suspend";
    out += "\n";
    for (std::uint32_t pc = 0; pc < row.code.size(); ++pc) out += disassemble(program, function, pc) + "\n";
    return out;
}

std::string disassemble(const Program& program) {
    std::string out;
    for (std::size_t i = 0; i < program.types.size(); ++i) {
        constexpr std::string_view kinds[] = {"list", "set", "map", "record"};
        const auto kind = static_cast<std::size_t>(program.types[i].kind);
        out += "type " + std::to_string(i) + " " + std::string(kind < 4 ? kinds[kind] : "?") +
               type_list(program, program.types[i].parts) +
               (program.types[i].keeps_gaps ? ", keeps gaps\n" : "\n");
    }
    for (std::size_t i = 0; i < program.natives.size(); ++i) {
        const NativeImport& native = program.natives[i];
        out += "native " + std::to_string(i) + " " + native.name + type_list(program, native.parameters);
        if (native.result != SlotType::nothing) out += " -> " + type_name(program, native.result);
        out += native.may_suspend ? ", may suspend\n" : "\n";
    }
    for (std::size_t i = 0; i < program.fields.size(); ++i) {
        const FieldImport& field = program.fields[i];
        out += "field " + std::to_string(i) + " " + field.name + ": " + type_name(program, field.type);
        out += " in table " + std::to_string(field.table) + (field.writable ? ", writable\n" : "\n");
    }
    for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
        if (!out.empty()) out += "\n";
        out += disassemble(program, i);
    }
    return out;
}

}  // namespace kiln::vm

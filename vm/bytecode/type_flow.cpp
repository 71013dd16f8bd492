#include "vm/bytecode/type_flow.h"

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm {

namespace {

// Types of the register operands of the opcodes whose types are always the same, one letter an operand:
// integer, entity, string. Opcodes that look at something else have no row here.
constexpr std::string_view irregular = "?";

constexpr std::string_view regular_types(Opcode op) {
    switch (op) {
        case Opcode::load_int:
        case Opcode::load_const:
        case Opcode::jump_if:
        case Opcode::jump_unless:
        case Opcode::jump_less_int:
        case Opcode::jump_less_equal_int:
        case Opcode::jump_greater_int:
        case Opcode::jump_greater_equal_int:
        case Opcode::jump_equal_int:
        case Opcode::jump_not_equal_int: return "i";
        case Opcode::add_int:
        case Opcode::negate:
        case Opcode::logical_not:
        case Opcode::jump_equal:
        case Opcode::jump_not_equal:
        case Opcode::jump_less:
        case Opcode::jump_less_equal:
        case Opcode::loop_range: return "ii";
        case Opcode::add:
        case Opcode::subtract:
        case Opcode::multiply:
        case Opcode::divide:
        case Opcode::modulo:
        case Opcode::scale:
        case Opcode::minimum:
        case Opcode::maximum:
        case Opcode::equal:
        case Opcode::not_equal:
        case Opcode::less:
        case Opcode::less_equal: return "iii";
        case Opcode::load_string: return "s";
        case Opcode::load_nobody: return "e";
        case Opcode::same: return "iee";
        case Opcode::is_alive: return "ie";
        case Opcode::string_equal: return "iss";
        case Opcode::jump:
        case Opcode::loop:
        case Opcode::raise_fault: return "";
        default: return irregular;
    }
}

constexpr SlotType letter_type(char letter) {
    return letter == 'e' ? SlotType::entity : letter == 's' ? SlotType::string : SlotType::integer;
}

constexpr bool ends_flow(Opcode op) {
    return op == Opcode::jump || op == Opcode::loop || op == Opcode::ret || op == Opcode::ret_nothing ||
           op == Opcode::raise_fault;
}

constexpr bool goes_back(Opcode op) { return op == Opcode::loop || op == Opcode::loop_range; }

// How often the walk may pass over the code before loops within loops within loops are refused.
constexpr std::uint64_t most_passes = 64;

using CompositeKind = CompositeType::Kind;

SlotType type_of_imm(const Instruction& instruction) {
    return instruction.imm >= 0 && instruction.imm <= 0xffff ? static_cast<SlotType>(instruction.imm)
                                                             : SlotType::nothing;
}

}  // namespace

TypeFlow::TypeFlow(const Program& program, std::uint32_t function)
    : program_(program), function_(program.functions[function]), index_(function) {}

bool TypeFlow::fail(std::string message) {
    if (!error_) error_ = VerifyError{index_, pc_, std::move(message)};
    return false;
}

std::optional<VerifyError> TypeFlow::run() {
    if (check_shape()) walk();
    return error_;
}

// ---- shape: every field of every instruction in range, reached or not

bool TypeFlow::check_register(std::uint32_t index) {
    if (index < function_.frame_size) return true;
    return fail("register " + std::to_string(index) + " lies outside the frame of " +
                std::to_string(function_.frame_size));
}

bool TypeFlow::check_target(const Instruction& instruction) {
    const std::int64_t target = instruction.imm;
    if (target < 0 || target >= static_cast<std::int64_t>(function_.code.size())) {
        return fail("a jump leads to " + std::to_string(target) + ", outside the function");
    }
    const bool back = goes_back(instruction.op);
    if (back && target > pc_) return fail("a loop leads forward");
    if (!back && target <= pc_) return fail("only loops may lead back");
    std::uint32_t& join = join_of_[static_cast<std::size_t>(target)];
    if (join == 0) {
        joins_.push_back({false, static_cast<std::uint32_t>(joins_.size() * function_.frame_size)});
        join = static_cast<std::uint32_t>(joins_.size());
    }
    return true;
}

bool TypeFlow::check_operand(const Instruction& instruction, std::size_t field, char operand) {
    const auto in_range = [&](std::size_t size, const char* what) {
        if (instruction.imm >= 0 && static_cast<std::size_t>(instruction.imm) < size) return true;
        return fail("there is no " + std::string(what) + " " + std::to_string(instruction.imm));
    };
    const std::uint8_t registers[] = {instruction.a, instruction.b, instruction.c};
    switch (operand) {
        case 'd':
        case 's': return check_register(registers[field]);
        case 't': return check_target(instruction);
        case 'k': return in_range(program_.constants.size(), "constant");
        case 'S': return in_range(program_.strings.size(), "string");
        case 'T': return in_range(program_.texts.size(), "text");
        case 'F': return in_range(program_.functions.size(), "function");
        case 'N': return in_range(program_.natives.size(), "native");
        case 'P': return in_range(program_.fields.size(), "field");
        case 'Y':
            if (composite_of(program_, type_of_imm(instruction)) != nullptr) return true;
            return fail("there is no type " + std::to_string(instruction.imm) + " of several parts");
        default: return true;
    }
}

bool TypeFlow::check_shape() {
    join_of_.assign(function_.code.size(), 0);
    for (pc_ = 0; pc_ < function_.code.size(); ++pc_) {
        const Instruction& instruction = function_.code[pc_];
        const auto op = static_cast<std::size_t>(instruction.op);
        if (op >= opcode_count) return fail("there is no opcode " + std::to_string(op));
        if (instruction.op == Opcode::halt) return fail("halt belongs to the machine");
        const OpcodeRow& row = opcode_rows[op];
        for (std::size_t field = 0; field < row.operands.size(); ++field) {
            if (!check_operand(instruction, field, row.operands[field])) return false;
        }
        if (instruction.op == Opcode::raise_fault &&
            (instruction.imm <= 0 || instruction.imm >= fault_count)) {
            return fail("there is no fault " + std::to_string(instruction.imm));
        }
    }
    joined_.assign(joins_.size() * function_.frame_size, SlotType::nothing);
    return true;
}

// ---- flow

bool TypeFlow::merge(Join& join) {
    SlotType* const types = joined_.data() + join.first;
    if (!join.reached) {
        join.reached = true;
        std::copy_n(current_.begin(), function_.frame_size, types);
        return true;
    }
    bool changed = false;
    for (std::size_t i = 0; i < function_.frame_size; ++i) {
        if (types[i] == SlotType::nothing || types[i] == current_[i]) continue;
        types[i] = SlotType::nothing;
        changed = true;
    }
    return changed;
}

void TypeFlow::load(const Join& join) {
    std::copy_n(joined_.begin() + join.first, function_.frame_size, current_.begin());
}

void TypeFlow::meet_at(std::uint32_t pc) {
    if (join_of_[pc] == 0) return;
    Join& join = joins_[join_of_[pc] - 1];
    if (reached_) merge(join);
    if (!join.reached) return;
    load(join);
    reached_ = true;
}

bool TypeFlow::walk() {
    std::copy(function_.parameters.begin(), function_.parameters.end(), current_.begin());
    const std::uint64_t most_steps = most_passes * function_.code.size();
    std::uint64_t steps = 0;
    for (pc_ = 0; pc_ < function_.code.size(); pc_ = next_) {
        next_ = pc_ + 1;
        meet_at(pc_);
        if (!reached_) continue;
        if (++steps > most_steps)
            return fail("the loops of this function are nested too deeply to be checked");
        if (watch_) watch_(pc_, current_);
        if (!step(function_.code[pc_])) return false;
    }
    pc_ = static_cast<std::uint32_t>(function_.code.size());
    return reached_ ? fail("the code runs off its end") : true;
}

bool TypeFlow::step(const Instruction& instruction) {
    const std::string_view types = regular_types(instruction.op);
    const bool sound = types == irregular ? step_irregular(instruction) : step_regular(instruction, types);
    return sound && leave(instruction);
}

// Where the flow goes on after an instruction.
bool TypeFlow::leave(const Instruction& instruction) {
    const OpcodeRow& row = opcode_rows[static_cast<std::size_t>(instruction.op)];
    bool again = false;
    if (row.operand(3) == 't') {
        const auto target = static_cast<std::uint32_t>(instruction.imm);
        Join& join = joins_[join_of_[target] - 1];
        if (goes_back(instruction.op) && !join.reached)
            return fail("a loop leads back to code that nothing reaches");
        const bool changed = merge(join);
        if (goes_back(instruction.op) && changed) {
            load(join);
            next_ = target;
            again = true;
        }
    }
    if (ends_flow(instruction.op) && !again) reached_ = false;
    return true;
}

bool TypeFlow::require(std::uint32_t index, SlotType type) {
    if (!check_register(index)) return false;
    if (current_[index] == type) return true;
    const std::string name = "register " + std::to_string(index);
    if (current_[index] == SlotType::nothing) return fail(name + " is read but not assigned on every path");
    return fail(name + " holds " + describe(program_, current_[index]) + " where " +
                describe(program_, type) + " is needed");
}

const CompositeType* TypeFlow::require_composite(std::uint32_t index) {
    const CompositeType* const type = composite_of(program_, current_[index]);
    if (type == nullptr) require(index, SlotType::integers);
    return type;
}

// What is composite itself is shared on its way in or out.
bool TypeFlow::require_flag(const Instruction& instruction, SlotType part) {
    if (instruction.imm == (is_composite(part) ? 1 : 0)) return true;
    return fail("the flag does not say whether " + describe(program_, part) + " has parts");
}

bool TypeFlow::require_imm_type(const Instruction& instruction, std::uint32_t index) {
    return require(index, type_of_imm(instruction));
}

void TypeFlow::define(std::uint32_t index, SlotType type) { current_[index] = type; }

bool TypeFlow::step_regular(const Instruction& instruction, std::string_view types) {
    const OpcodeRow& row = opcode_rows[static_cast<std::size_t>(instruction.op)];
    const std::uint8_t registers[] = {instruction.a, instruction.b, instruction.c};
    const bool reads_its_target = instruction.op == Opcode::loop_range;
    for (std::size_t field = 0; field < types.size(); ++field) {
        if (row.operand(field) == 'd' && !reads_its_target) continue;
        if (!require(registers[field], letter_type(types[field]))) return false;
    }
    if (row.operand(0) == 'd') define(instruction.a, letter_type(types[0]));
    return true;
}

bool TypeFlow::step_irregular(const Instruction& instruction) {
    const auto index = static_cast<std::size_t>(instruction.imm);
    switch (instruction.op) {
        case Opcode::move:
            if (current_[instruction.b] == SlotType::nothing)
                return require(instruction.b, SlotType::integer);
            if (is_composite(current_[instruction.b])) return fail("what has parts is shared, not moved");
            define(instruction.a, current_[instruction.b]);
            return true;
        case Opcode::call: {
            const Function& callee = program_.functions[index];
            return step_call(instruction, callee.parameters, callee.result, callee.may_suspend);
        }
        case Opcode::native: {
            const NativeImport& native = program_.natives[index];
            return step_call(instruction, native.parameters, native.result, native.may_suspend);
        }
        case Opcode::ret: return step_return(instruction, true);
        case Opcode::ret_nothing: return step_return(instruction, false);
        case Opcode::load_field:
        case Opcode::store_field:
        case Opcode::load_blob:
        case Opcode::take_blob:
        case Opcode::store_blob:
        case Opcode::put_blob:
        case Opcode::return_blob: return step_field(instruction);
        case Opcode::make_text: return step_text(instruction);
        default: return step_composite(instruction);
    }
}

// The callee's window begins at `a`: whatever stood there and above is gone when it returns.
bool TypeFlow::step_call(const Instruction& instruction, const std::vector<SlotType>& parameters,
                         SlotType result, bool may_suspend) {
    if (may_suspend && !function_.may_suspend)
        return fail("this may suspend, but the function does not say so");
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!require(instruction.a + static_cast<std::uint32_t>(i), parameters[i])) return false;
    }
    std::fill(current_.begin() + instruction.a, current_.end(), SlotType::nothing);
    define(instruction.a, result);
    return true;
}

bool TypeFlow::step_return(const Instruction& instruction, bool with_value) {
    const bool wanted = function_.result != SlotType::nothing;
    if (with_value != wanted)
        return fail(wanted ? "a value must be returned here" : "no value may be returned here");
    return !with_value || require(instruction.a, function_.result);
}

bool TypeFlow::step_field(const Instruction& instruction) {
    const FieldImport& field = program_.fields[static_cast<std::size_t>(instruction.imm)];
    const bool gives = instruction.op == Opcode::put_blob || instruction.op == Opcode::return_blob;
    const bool blob = gives || instruction.op == Opcode::load_blob || instruction.op == Opcode::take_blob ||
                      instruction.op == Opcode::store_blob;
    const bool store =
        gives || instruction.op == Opcode::store_field || instruction.op == Opcode::store_blob;
    if (blob != is_reference(field.type)) return fail("field " + field.name + " is not accessed this way");
    if (store && !field.writable) return fail("field " + field.name + " cannot be written");
    if (store) {
        if (!require(instruction.a, SlotType::entity) || !require(instruction.b, field.type)) return false;
        if (gives) define(instruction.b, SlotType::nothing);
        return true;
    }
    if (!require(instruction.b, SlotType::entity)) return false;
    define(instruction.a, field.type);
    return true;
}

bool TypeFlow::step_text(const Instruction& instruction) {
    const auto& arguments = program_.texts[static_cast<std::size_t>(instruction.imm)].arguments;
    if (instruction.c != arguments.size()) {
        return fail("the text takes " + std::to_string(arguments.size()) + " arguments, not " +
                    std::to_string(instruction.c));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!require(instruction.b + static_cast<std::uint32_t>(i), arguments[i])) return false;
    }
    define(instruction.a, SlotType::text);
    return true;
}

// ---- lists, sets, maps and records

bool TypeFlow::step_composite(const Instruction& instruction) {
    switch (instruction.op) {
        case Opcode::share:
            if (require_composite(instruction.b) == nullptr) return false;
            define(instruction.a, current_[instruction.b]);
            return true;
        case Opcode::list_new:
        case Opcode::gather: return step_made(instruction, type_of_imm(instruction));
        case Opcode::value_equal:
            if (!require_imm_type(instruction, instruction.b) ||
                !require_imm_type(instruction, instruction.c))
                return false;
            define(instruction.a, SlotType::integer);
            return true;
        case Opcode::map_put:
        case Opcode::map_remove: {
            const auto* const map = require_composite(instruction.a);
            return map != nullptr && step_map(instruction, *map);
        }
        case Opcode::map_get:
        case Opcode::map_key:
        case Opcode::map_length:
        case Opcode::map_list: {
            const auto* const map = require_composite(instruction.b);
            return map != nullptr && step_map(instruction, *map);
        }
        case Opcode::record_get: {
            const auto* const record = require_composite(instruction.b);
            return record != nullptr && step_record(instruction, *record);
        }
        case Opcode::record_set: {
            const auto* const record = require_composite(instruction.a);
            return record != nullptr && step_record(instruction, *record);
        }
        case Opcode::list_get:
        case Opcode::list_first:
        case Opcode::list_length:
        case Opcode::list_slice:
        case Opcode::list_find: {
            const auto* const list = require_composite(instruction.b);
            return list != nullptr && step_list(instruction, *list);
        }
        case Opcode::list_push:
        case Opcode::list_set:
        case Opcode::list_insert:
        case Opcode::list_remove:
        case Opcode::list_extend:
        case Opcode::list_sort:
        case Opcode::list_reverse:
        case Opcode::set_add: {
            const auto* const list = require_composite(instruction.a);
            return list != nullptr && step_list(instruction, *list);
        }
        default: return fail("no rule allows this opcode");
    }
}

bool TypeFlow::step_made(const Instruction& instruction, SlotType type) {
    const CompositeType& made = *composite_of(program_, type);
    const bool is_record = made.kind == CompositeKind::record;
    if (instruction.op == Opcode::list_new) {
        define(instruction.a, type);
        return true;
    }
    if (made.kind != CompositeKind::list && !is_record) return fail("only lists and records are gathered");
    if (is_record && instruction.c != made.parts.size())
        return fail("the record has " + std::to_string(made.parts.size()) + " fields");
    for (std::uint32_t i = 0; i < instruction.c; ++i) {
        const SlotType part = is_record ? made.parts[i] : made.parts[0];
        if (!require(instruction.b + i, part)) return false;
        // Given away, so that nobody else holds them.
        if (is_composite(part)) define(instruction.b + i, SlotType::nothing);
    }
    define(instruction.a, type);
    return true;
}

bool TypeFlow::step_list(const Instruction& instruction, const CompositeType& list) {
    using Kind = CompositeKind;
    const SlotType element = list.parts[0];
    const bool is_list = list.kind == Kind::list, is_set = list.kind == Kind::set;
    const auto integer = SlotType::integer;
    const auto a = instruction.a, b = instruction.b, c = instruction.c;
    const auto no_list = [&] { return fail(describe(program_, current_[a]) + " is no list"); };
    switch (instruction.op) {
        case Opcode::list_get:
            if (!is_list && !is_set) return no_list();
            if (!require(c, integer) || !require_flag(instruction, element)) return false;
            define(a, element);
            return true;
        case Opcode::list_first:
            if (!is_list && !is_set) return no_list();
            if (!require_flag(instruction, element)) return false;
            define(a, element);
            return true;
        case Opcode::list_length:
            if (!is_list && !is_set) return no_list();
            define(a, integer);
            return true;
        case Opcode::list_find:
            if (list.kind == Kind::record) return no_list();
            if (!require_imm_type(instruction, b) || !require(c, element)) return false;
            define(a, integer);
            return true;
        case Opcode::list_slice:
            if (!is_list) return no_list();
            if (!require(c, integer) || !require(c + 1u, integer)) return false;
            define(a, current_[b]);
            return true;
        case Opcode::list_push:
            return (is_list || no_list()) && require(b, element) && require_flag(instruction, element);
        case Opcode::list_set:
        case Opcode::list_insert:
            return (is_list || no_list()) && require(b, integer) && require(c, element) &&
                   require_flag(instruction, element);
        case Opcode::list_remove: return (is_list || is_set || no_list()) && require(b, integer);
        case Opcode::list_extend: return (is_list || no_list()) && require(b, current_[a]);
        case Opcode::list_sort:
            if (instruction.imm < 0 || instruction.imm > 3) return fail("lists are not sorted this way");
            return (is_list || no_list()) &&
                   require(b, instruction.imm >= 2 ? SlotType::strings : SlotType::integers);
        case Opcode::list_reverse: return is_list || no_list();
        default: return is_set ? require_imm_type(instruction, a) && require(b, element) : no_list();
    }
}

bool TypeFlow::step_map(const Instruction& instruction, const CompositeType& map) {
    const auto a = instruction.a, b = instruction.b, c = instruction.c;
    if (map.kind != CompositeKind::map) return fail("only a map has keys and values");
    const SlotType key = map.parts[0], value = map.parts[1];
    switch (instruction.op) {
        case Opcode::map_put: return require_imm_type(instruction, a) && require(b, key) && require(c, value);
        case Opcode::map_remove: return require(b, SlotType::integer);
        case Opcode::map_length: define(a, SlotType::integer); return true;
        case Opcode::map_list: {
            const auto& made = *composite_of(program_, type_of_imm(instruction));
            const bool fits = c <= 1 && made.kind == CompositeKind::list && made.parts[0] == (c == 0 ? key : value);
            if (!fits) return fail("this is not what the map is a list of");
            define(a, type_of_imm(instruction));
            return true;
        }
        default: {
            const SlotType part = instruction.op == Opcode::map_key ? key : value;
            if (!require(c, SlotType::integer) || !require_flag(instruction, part)) return false;
            define(a, part);
            return true;
        }
    }
}

bool TypeFlow::step_record(const Instruction& instruction, const CompositeType& record) {
    if (record.kind != CompositeKind::record || instruction.c >= record.parts.size())
        return fail("there is no such field");
    const SlotType part = record.parts[instruction.c];
    if (!require_flag(instruction, part)) return false;
    if (instruction.op == Opcode::record_set) return require(instruction.b, part);
    define(instruction.a, part);
    return true;
}

}  // namespace kiln::vm

#include "tests/differential/reference.h"

#include <optional>
#include <stdexcept>

#include "vm/bytecode/opcode_table.h"

namespace kiln::differential {

using vm::Instruction;
using vm::Opcode;

namespace {

__extension__ using Wide = __int128;

std::optional<Slot> narrow(Wide number) {
    const auto slot = static_cast<Slot>(number);
    return Wide{slot} == number ? std::optional(slot) : std::nullopt;
}

// Half away from zero.
Wide percent_of(Slot number, Slot percent) {
    const Wide product = Wide{number} * percent;
    return (product + (product < 0 ? -5000 : 5000)) / 10'000;
}

bool compares(Opcode op, Slot left, Slot right) {
    switch (op) {
        case Opcode::jump_equal:
        case Opcode::jump_equal_int:
        case Opcode::jump_same:
        case Opcode::equal:
        case Opcode::same: return left == right;
        case Opcode::jump_not_equal:
        case Opcode::jump_not_equal_int:
        case Opcode::jump_not_same:
        case Opcode::not_equal: return left != right;
        case Opcode::jump_less:
        case Opcode::jump_less_int:
        case Opcode::less: return left < right;
        case Opcode::jump_less_equal:
        case Opcode::jump_less_equal_int:
        case Opcode::less_equal: return left <= right;
        case Opcode::jump_greater_int: return left > right;
        case Opcode::jump_greater_equal_int: return left >= right;
        default: throw std::logic_error("no comparison");
    }
}

}  // namespace

Ending Reference::run(std::uint32_t function, const std::vector<Slot>& arguments) {
    frames_.assign(1, Frame{.function = function});
    for (std::size_t i = 0; i < arguments.size(); ++i) frames_[0].registers[i].number = arguments[i];
    return go_on();
}

Ending Reference::resume(Slot answer) {
    const auto& instruction = program_.functions[frame().function].code[frame().pc];
    at(instruction.a) = {.number = answer};
    ++frame().pc;
    return go_on();
}

Ending Reference::go_on() {
    fuel_ = limits_.fuel;
    ending_ = {};
    for (;;) {
        const auto& code = program_.functions[frame().function].code;
        const auto flow = step(code.at(frame().pc));
        if (flow == Flow::stop) break;
        if (flow == Flow::next) ++frame().pc;
    }
    ending_.fuel_used = limits_.fuel - std::max<std::int64_t>(fuel_, 0);
    return ending_;
}

Reference::Flow Reference::stop(Fault fault) {
    ending_.kind = Ending::Kind::faulted;
    ending_.fault = fault;
    ending_.function = frame().function;
    ending_.pc = frame().pc;
    return Flow::stop;
}

bool Reference::charge(std::int64_t amount) {
    fuel_ -= amount;
    return fuel_ >= 0;
}

Reference::Flow Reference::step(const Instruction& instruction) {
    const bool is_change = instruction.op == Opcode::add_known || instruction.op == Opcode::subtract_known;
    const bool carries = vm::leads_back(instruction.op) || instruction.op == Opcode::call || is_change;
    if (!carries && !charge(vm::row_of(instruction.op).fuel)) return stop(Fault::out_of_fuel);
    switch (instruction.op) {
        case Opcode::move: at(instruction.a) = at(instruction.b); return Flow::next;
        case Opcode::load_int: at(instruction.a) = {.number = instruction.imm}; return Flow::next;
        case Opcode::load_const:
            at(instruction.a) = {.number = program_.constants.at(static_cast<std::size_t>(instruction.imm))};
            return Flow::next;
        case Opcode::load_nobody: at(instruction.a) = {}; return Flow::next;
        case Opcode::load_string:
            at(instruction.a) = {.string = program_.strings.at(static_cast<std::size_t>(instruction.imm))};
            return Flow::next;
        case Opcode::equal:
        case Opcode::not_equal:
        case Opcode::less:
        case Opcode::less_equal:
        case Opcode::same:
            at(instruction.a) = {.number =
                                     compares(instruction.op, number(instruction.b), number(instruction.c))};
            return Flow::next;
        case Opcode::is_alive:
            at(instruction.a) = {.number = world_.is_alive(Handle::from_slot(number(instruction.b)))};
            return Flow::next;
        case Opcode::string_equal: {
            const auto &left = at(instruction.b).string, &right = at(instruction.c).string;
            const auto bytes = static_cast<std::int64_t>(left.size());
            if (left.size() == right.size() && !charge(bytes / 64)) return stop(Fault::out_of_fuel);
            at(instruction.a) = {.number = left == right};
            return Flow::next;
        }
        case Opcode::call: return call(instruction);
        case Opcode::inlined:
            if (!charge(instruction.imm)) return stop(Fault::out_of_fuel);
            if (frames_.size() + instruction.c > limits_.call_depth) return stop(Fault::call_too_deep);
            return Flow::next;
        case Opcode::native: return native(instruction);
        case Opcode::ret: return give_back(at(instruction.a), true);
        case Opcode::ret_int: return give_back({.number = instruction.imm}, true);
        case Opcode::ret_nothing: return give_back({}, false);
        case Opcode::raise_fault: return stop(static_cast<Fault>(instruction.imm));
        case Opcode::list_new:
        case Opcode::list_push:
        case Opcode::list_get:
        case Opcode::list_length: return list(instruction);
        default: break;
    }
    if (vm::row_of(instruction.op).operand(3) == 'P') return field(instruction);
    if (vm::leads_back(instruction.op)) return loop(instruction);
    return vm::is_jump(instruction.op) ? jump(instruction) : arithmetic(instruction);
}

Reference::Flow Reference::arithmetic(const Instruction& instruction) {
    const Slot left = number(instruction.b), inside = instruction.imm;
    const Slot right = vm::row_of(instruction.op).operand(3) == 'i' ? inside : number(instruction.c);
    Wide result = 0;
    switch (instruction.op) {
        case Opcode::add:
        case Opcode::add_int: result = Wide{left} + right; break;
        case Opcode::subtract: result = Wide{left} - right; break;
        case Opcode::subtract_from: result = Wide{inside} - left; break;
        case Opcode::multiply:
        case Opcode::multiply_int: result = Wide{left} * right; break;
        case Opcode::divide:
        case Opcode::divide_int:
            if (right == 0) return stop(Fault::division_by_zero);
            result = Wide{left} / right;
            break;
        case Opcode::modulo:
        case Opcode::modulo_int:
            if (right == 0) return stop(Fault::division_by_zero);
            result = Wide{left} % right;
            break;
        case Opcode::scale:
        case Opcode::scale_int: result = percent_of(left, right); break;
        case Opcode::minimum:
        case Opcode::minimum_int: result = std::min(left, right); break;
        case Opcode::maximum:
        case Opcode::maximum_int: result = std::max(left, right); break;
        case Opcode::negate: result = -Wide{left}; break;
        case Opcode::logical_not: result = left == 0; break;
        default:
            throw std::logic_error("no such opcode here: " + std::string(vm::row_of(instruction.op).name));
    }
    const auto fitting = narrow(result);
    if (!fitting) return stop(Fault::overflow);
    at(instruction.a) = {.number = *fitting};
    return Flow::next;
}

Reference::Flow Reference::jump(const Instruction& instruction) {
    bool goes = true;
    const auto handle = Handle::from_slot(number(instruction.a));
    switch (instruction.op) {
        case Opcode::jump: break;
        case Opcode::jump_if: goes = number(instruction.a) != 0; break;
        case Opcode::jump_unless: goes = number(instruction.a) == 0; break;
        case Opcode::jump_alive: goes = world_.is_alive(handle); break;
        case Opcode::jump_gone: goes = !world_.is_alive(handle); break;
        case Opcode::list_begin: {
            const auto elements = at(instruction.b).elements;
            goes = elements.empty();
            at(instruction.a) = {};
            at(instruction.c) = goes ? Value{} : elements[0];
            break;
        }
        default:
            goes = compares(instruction.op, number(instruction.a),
                            vm::is_near_jump(instruction.op) ? instruction.imm : number(instruction.b));
    }
    if (!goes) return Flow::next;
    frame().pc = static_cast<std::uint32_t>(vm::target_of(instruction, frame().pc));
    return Flow::jumped;
}

Reference::Flow Reference::loop(const Instruction& instruction) {
    if (!charge(1 + std::int64_t{instruction.loop_fuel()})) return stop(Fault::out_of_fuel);
    if (instruction.op == Opcode::loop_range) {
        if (number(instruction.a) == std::numeric_limits<Slot>::max()) return stop(Fault::overflow);
        if (++number(instruction.a) >= number(instruction.b)) return Flow::next;
    }
    if (instruction.op == Opcode::loop_list) {
        const auto index = static_cast<std::uint64_t>(++number(instruction.a));
        const auto& elements = at(instruction.b).elements;
        if (index >= elements.size()) return Flow::next;
        const auto element = elements[static_cast<std::size_t>(index)];
        at(instruction.c) = element;
    }
    frame().pc = instruction.loop_target();
    return Flow::jumped;
}

Reference::Flow Reference::call(const Instruction& instruction) {
    const auto& callee = program_.functions.at(static_cast<std::size_t>(instruction.imm));
    if (!charge(callee.fuel)) return stop(Fault::out_of_fuel);
    if (frames_.size() == limits_.call_depth) return stop(Fault::call_too_deep);
    Frame entered{.function = static_cast<std::uint32_t>(instruction.imm), .pc = 0, .window = instruction.a};
    for (std::size_t i = 0; i < callee.parameters.size(); ++i)
        entered.registers[i] = frame().registers.at(instruction.a + i);
    frames_.push_back(std::move(entered));
    return Flow::jumped;
}

Reference::Flow Reference::give_back(Value value, bool has_value) {
    if (frames_.size() == 1) {
        if (has_value) ending_.value = std::move(value);
        return Flow::stop;
    }
    const auto window = frame().window;
    frames_.pop_back();
    if (has_value) at(window) = std::move(value);
    return Flow::next;
}

Reference::Flow Reference::native(const Instruction& instruction) {
    const auto& native = program_.natives.at(static_cast<std::size_t>(instruction.imm));
    std::vector<Slot> arguments;
    for (std::size_t i = 0; i < native.parameters.size(); ++i)
        arguments.push_back(frame().registers.at(instruction.a + i).number);
    const auto answer = world_.call(native.name, arguments);
    fuel_ -= answer.fuel;
    if (answer.fault != Fault::none) return stop(answer.fault);
    if (fuel_ < 0) return stop(Fault::out_of_fuel);
    if (answer.suspend) {
        ending_.kind = Ending::Kind::suspended;
        ending_.function = frame().function;
        ending_.pc = frame().pc;
        return Flow::stop;
    }
    at(instruction.a) = {.number = answer.value};
    return Flow::next;
}

Fault Reference::check(Slot entity, const vm::FieldImport& field) const {
    const auto handle = Handle::from_slot(entity);
    if (!handle.is_nobody() && handle.table() != field.table) return Fault::wrong_kind;
    return world_.is_alive(handle) ? Fault::none : Fault::entity_gone;
}

Reference::Flow Reference::field(const Instruction& instruction) {
    const auto& field = program_.fields.at(static_cast<std::size_t>(instruction.imm));
    const bool loads = instruction.op == Opcode::load_field || instruction.op == Opcode::load_known;
    const Slot entity = number(loads ? instruction.b : instruction.a);
    const auto handle = Handle::from_slot(entity);
    const auto fault = check(entity, field);
    const bool known = instruction.op == Opcode::load_known || instruction.op == Opcode::store_known ||
                       instruction.op == Opcode::add_known || instruction.op == Opcode::subtract_known;
    // Nothing may take a known entity to be there that is not.
    if (known && fault != Fault::none) throw std::logic_error("a known entity is gone");
    if (fault != Fault::none) return stop(fault);
    switch (instruction.op) {
        case Opcode::check_entity: break;
        case Opcode::load_field:
        case Opcode::load_known: at(instruction.a) = {.number = world_.read(field.name, handle)}; break;
        case Opcode::store_field:
        case Opcode::store_known: world_.write(field.name, handle, number(instruction.b)); break;
        case Opcode::add_known:
        case Opcode::subtract_known: {
            const Wide amount = number(instruction.b), before = world_.read(field.name, handle);
            const auto sum = narrow(instruction.op == Opcode::add_known ? before + amount : before - amount);
            if (!sum) return stop(Fault::overflow);
            if (!charge(1)) return stop(Fault::out_of_fuel);
            world_.write(field.name, handle, *sum);
            at(instruction.c) = {.number = *sum};
            break;
        }
        default: throw std::logic_error("no such opcode of fields here");
    }
    return Flow::next;
}

Reference::Flow Reference::list(const Instruction& instruction) {
    if (instruction.op == Opcode::list_new) {
        at(instruction.a) = {};
        return Flow::next;
    }
    if (instruction.op == Opcode::list_length) {
        at(instruction.a) = {.number = static_cast<Slot>(at(instruction.b).elements.size())};
        return Flow::next;
    }
    if (instruction.op == Opcode::list_push) {
        if (at(instruction.a).elements.size() >= limits_.list_length) return stop(Fault::list_too_long);
        const auto element = at(instruction.b);
        at(instruction.a).elements.push_back(element);
        return Flow::next;
    }
    const auto index = static_cast<std::uint64_t>(number(instruction.c));
    const auto& elements = at(instruction.b).elements;
    if (index >= elements.size()) return stop(Fault::index_outside);
    const auto element = elements[static_cast<std::size_t>(index)];
    at(instruction.a) = element;
    return Flow::next;
}

}  // namespace kiln::differential

#include "compiler/optimize/draft.h"

#include <algorithm>

namespace kiln::compiler {

namespace {

bool is_same_place(const vm::LineRow& left, const vm::LineRow& right) {
    return left.file == right.file && left.line == right.line && left.column == right.column;
}

}  // namespace

Draft::Draft(const vm::Program& owner, const vm::Function& from) : program(owner), function(from) {
    places.reserve(function.code.size());
    std::size_t row = 0;
    vm::LineRow place;
    for (std::uint32_t pc = 0; pc < size(); ++pc) {
        while (row < function.lines.size() && function.lines[row].pc <= pc) place = function.lines[row++];
        places.push_back(place);
    }
    function.lines.clear();
}

void Draft::write_to(vm::Function& to) const {
    to.code = function.code;
    to.frame_size = function.frame_size;
    to.lines.clear();
    for (std::uint32_t pc = 0; pc < size(); ++pc) {
        if (pc > 0 && is_same_place(places[pc], places[pc - 1])) continue;
        to.lines.push_back({pc, places[pc].file, places[pc].line, places[pc].column});
    }
}

void Draft::lead(std::uint32_t pc, std::uint32_t target) {
    Instruction& jump = at(pc);
    if (vm::leads_back(jump.op)) {
        jump.imm = Instruction::loop_operand(target, jump.loop_fuel());
    } else if (vm::is_near_jump(jump.op)) {
        jump.set_distance(target - pc);
    } else {
        jump.imm = static_cast<std::int32_t>(target);
    }
}

std::vector<bool> Draft::targets() const {
    std::vector<bool> result(size(), false);
    for (std::uint32_t pc = 0; pc < size(); ++pc) {
        if (vm::is_jump(at(pc).op)) result[target(pc)] = true;
    }
    return result;
}

void Draft::remove(const std::vector<bool>& doomed) {
    if (std::find(doomed.begin(), doomed.end(), true) == doomed.end()) return;
    std::vector<std::uint32_t> moved(size() + 1, 0);
    for (std::uint32_t pc = 0; pc < size(); ++pc) moved[pc + 1] = moved[pc] + (doomed[pc] ? 0 : 1);
    for (std::uint32_t pc = 0; pc < size(); ++pc) {
        if (doomed[pc]) continue;
        Instruction moving = at(pc);
        const bool jumps = vm::is_jump(moving.op);
        const std::uint32_t leads_to = jumps ? moved[target(pc)] : 0;
        at(moved[pc]) = moving;
        places[moved[pc]] = places[pc];
        if (jumps) lead(moved[pc], leads_to);
    }
    function.code.resize(moved[size()]);
    places.resize(size());
}

void Draft::insert(const std::vector<Insertion>& sorted) {
    if (sorted.empty()) return;
    const auto count = size();
    std::vector<std::uint32_t> first(count, 0), own(count, 0);  // what is put in before it; itself
    Draft longer = *this;
    longer.function.code.clear();
    longer.places.clear();
    std::size_t next = 0;
    for (std::uint32_t pc = 0; pc < count; ++pc) {
        first[pc] = longer.size();
        for (; next < sorted.size() && sorted[next].pc == pc; ++next) {
            longer.function.code.push_back(sorted[next].instruction);
            longer.places.push_back(sorted[next].place);
        }
        own[pc] = longer.size();
        longer.function.code.push_back(at(pc));
        longer.places.push_back(places[pc]);
    }
    for (std::uint32_t pc = 0; pc < count; ++pc) {
        if (!vm::is_jump(at(pc).op)) continue;
        const auto to = target(pc);
        longer.lead(own[pc], vm::leads_back(at(pc).op) ? own[to] : first[to]);
    }
    function.code = std::move(longer.function.code);
    places = std::move(longer.places);
}

bool Draft::has_room(std::uint32_t pc, std::uint32_t more) const {
    if (vm::fuel_of_length(size() + more) >= function.fuel) return false;
    for (std::uint32_t back = pc; back < size(); ++back) {
        if (!vm::leads_back(at(back).op) || target(back) > pc) continue;
        if (vm::fuel_of_length(back + more - target(back)) > at(back).loop_fuel()) return false;
    }
    return true;
}

}  // namespace kiln::compiler

// The steps of a test are functions of their own; what `let` names in one is there in the next.

#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using vm::Opcode;

namespace {

vm::SlotType tuple_of(Compilation& c, const std::vector<Body::Local>& locals) {
    vm::CompositeType tuple{vm::CompositeType::Kind::record, false, {}};
    for (const auto& local : locals) tuple.parts.push_back(c.slot_type(local.type));
    auto& rows = c.image.program.types;
    const auto known = std::find(rows.begin(), rows.end(), tuple);
    const auto number = static_cast<std::size_t>(known - rows.begin());
    if (known == rows.end()) rows.push_back(std::move(tuple));
    return static_cast<vm::SlotType>(vm::slot_type_count + number);
}

}  // namespace

void Body::add_locals(const std::vector<Local>& locals) {
    if (locals.empty()) return;
    const int tuple = f_.take();
    parameters_.push_back(tuple_of(c_, locals));
    for (std::size_t i = 0; i < locals.size(); ++i) {
        const int place = f_.take();
        f_.emit(Opcode::record_get, place, tuple, static_cast<int>(i), flag_of(locals[i].type));
        variables_.push_back({locals[i].name, locals[i].type, locals[i].symbol, place, false, false});
    }
}

// Texts belong to the step that makes them.
std::vector<Body::Local> Body::hand_on_locals(std::size_t players) {
    std::vector<Local> locals;
    std::vector<int> places;
    for (std::size_t i = players; i < variables_.size(); ++i) {
        const auto& one = variables_[i];
        const bool again = std::any_of(variables_.begin() + static_cast<std::ptrdiff_t>(i) + 1, variables_.end(),
                                       [&](const Variable& later) { return later.name == one.name; });
        if (again || one.type.base == Base::text || one.type.base == Base::variable) continue;
        if (locals.size() == 60) break;          // a record has no more fields than 64
        locals.push_back({one.name, one.type, one.symbol});
        places.push_back(one.place);
    }
    if (locals.empty()) return locals;
    const int first = f_.top();
    for (std::size_t i = 0; i < places.size(); ++i)
        f_.emit(has_parts(locals[i].type) ? Opcode::share : Opcode::move, f_.take(), places[i]);
    handed_on_ = tuple_of(c_, locals);
    f_.emit(Opcode::gather, first, first, static_cast<int>(locals.size()), static_cast<std::int32_t>(handed_on_));
    f_.emit(Opcode::ret, first);
    return locals;
}

}  // namespace kiln::compiler

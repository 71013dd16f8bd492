#include "compiler/optimize/passes.h"
#include "compiler/optimize/simplify.h"

namespace kiln::compiler {

namespace {

// What may come before the first look at an entity without anybody seeing the difference.
bool is_quiet(Opcode op) {
    switch (op) {
        case Opcode::move:
        case Opcode::load_int:
        case Opcode::load_const:
        case Opcode::load_nobody:
        case Opcode::load_known:
        case Opcode::modulo_int:
        case Opcode::divide_int:
        case Opcode::list_length: return true;
        default: return false;
    }
}

}  // namespace

void hoist_checks(Draft& draft) {
    std::vector<Draft::Insertion> insertions;
    for (const auto& loop : loops_of(draft)) {
        const auto more = static_cast<std::uint32_t>(insertions.size() + 1);
        if (loop.asks_others || !draft.has_room(loop.head, more)) continue;
        for (auto pc = loop.head; pc <= loop.end; ++pc) {
            const auto& instruction = draft.at(pc);
            if (instruction.op == Opcode::load_field && !loop.writes[instruction.b]) {
                insertions.push_back({loop.head,
                                      {Opcode::check_entity, instruction.b, 0, 0, instruction.imm},
                                      draft.places[pc]});
                break;
            }
            if (!is_quiet(instruction.op)) break;
        }
    }
    draft.insert(insertions);
}

}  // namespace kiln::compiler

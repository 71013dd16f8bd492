#include <algorithm>
#include <map>

#include "compiler/optimize/simplify.h"

namespace kiln::compiler {

namespace {

bool stores(Opcode op) {
    return op == Opcode::store_field || op == Opcode::store_known || op == Opcode::add_known ||
           op == Opcode::subtract_known;
}

}  // namespace

std::vector<Loop> loops_of(const Draft& draft) {
    std::map<std::uint32_t, std::uint32_t> ends;
    for (std::uint32_t pc = 0; pc < draft.size(); ++pc) {
        if (!vm::leads_back(draft.at(pc).op)) continue;
        auto& end = ends[draft.target(pc)];
        end = std::max(end, pc);
    }
    // A loop that is entered from behind in its middle reaches as far as the way back that does so.
    for (bool changed = true; changed;) {
        changed = false;
        for (auto& [head, end] : ends) {
            for (auto inner = ends.upper_bound(head); inner != ends.end() && inner->first <= end; ++inner) {
                if (inner->second <= end) continue;
                end = inner->second;
                changed = true;
            }
        }
    }
    std::vector<Loop> loops;
    for (const auto& [head, end] : ends) {
        Loop loop{head, end, false, {}, {}};
        for (std::uint32_t pc = head; pc <= end; ++pc) {
            const auto& instruction = draft.at(pc);
            loop.writes |= draft.effects(pc).writes;
            loop.asks_others =
                loop.asks_others || instruction.op == Opcode::call || instruction.op == Opcode::native;
            if (stores(instruction.op)) loop.stored.push_back(instruction.imm);
        }
        loops.push_back(std::move(loop));
    }
    return loops;
}

}  // namespace kiln::compiler

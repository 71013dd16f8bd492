// Words that players know from other games and that this world has no use for, unless its content declares
// them.

#include <utility>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"

namespace kiln::world {

namespace {

std::string_view reason_of(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> reasons[] = {
        {"buy", "Nobody here has anything to sell."},
        {"list", "Nobody here has anything to sell."},
        {"sell", "Nobody here buys anything."},
        {"value", "Nobody here can tell you what it is worth."},
        {"cast", "You know no spells."},
        {"sacrifice", "No altar here takes offerings."},
        {"donate", "There is no place here for gifts to everybody."},
    };
    for (const auto& [word, reason] : reasons) {
        if (word.starts_with(name)) return reason;
    }
    return "That cannot be done in this world.";
}

}  // namespace

void command_missing(Call& call) {
    const std::string& name = call.words.words.front();
    if (!name.starts_with("or")) return call.refuse(reason_of(name));
    if (call.words.size() < 3) return call.refuse("Order whom to do what?");
    const Handle servant = call.find(call.operands().first(1), looks::people);
    if (call.asks()) return;
    if (servant.is_nobody()) return call.refuse_unseen(call.operands().first(1), looks::people);
    if (servant == call.who) return call.refuse("You need no order to do that.");
    const Name names[] = {{"servant", servant}};
    call.take(refused(call.engine, call.who, "{The servant} {servant.takes} no orders from you.", names));
}

}  // namespace kiln::world

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view odds_words(std::int64_t difference) {
    if (difference <= -5) return "{The victim} would hardly be a challenge.";
    if (difference <= -2) return "You should win against {the victim} easily.";
    if (difference <= 1) return "It would be a fair fight with {the victim}.";
    if (difference <= 4) return "{The victim} {victim.looks} stronger than you. Be careful.";
    return "{The victim} would crush you. Stay away.";
}

// One is never one's own enemy by a slip: others fit first.
Handle somebody_here(Call& call, std::string_view question) {
    Phrase words = call.operands();
    if (words.size() > 1 && words.front() == "at") words = words.subspan(1);
    if (words.empty()) {
        call.refuse(question);
        return {};
    }
    const Handle found =
        call.find(words, looks::people, [&](Handle one) { return is_npc(call.engine, one); });
    if (!found.is_nobody() || call.asks()) return found;
    if (call.is_there(words, looks::bag_first))
        call.refuse("That is not alive.");
    else
        call.refuse_unseen(words, looks::people);
    return {};
}

}  // namespace

void command_kill(Call& call) {
    if (!call.has_operands() &&
        !call.engine.store.read_handle(Field::creature_fighting, call.who).is_nobody()) {
        return call.refuse("You are fighting as well as you can!");
    }
    const Handle victim = somebody_here(call, "Attack whom?");
    if (!victim.is_nobody()) call.take(start_fight(call.engine, call.who, victim));
}

void command_consider(Call& call) {
    const Handle victim = somebody_here(call, "Consider whom?");
    if (victim.is_nobody()) return;
    if (victim == call.who) return call.refuse("You are a match for yourself.");
    const auto& store = call.engine.store;
    const std::int64_t difference =
        store.read(Field::creature_level, victim) - store.read(Field::creature_level, call.who);
    const Name names[] = {{"victim", victim}};
    tell_sentence(call.engine, call.who, "combat", odds_words(difference), names);
}

}  // namespace kiln::world

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/phrases.h"

namespace kiln::world {

namespace {

constexpr std::string_view give_usage = "Give what to whom? Say: give lamp to bob.";

struct Gift {
    Phrase what, whom;
};

// The words of a line without "to": the person is named last ("lamp bob") or first ("bob the lamp").
Gift parted_at_person(Call& call, Phrase words) {
    for (std::size_t length = 1; length < words.size(); ++length) {
        const Gift last{words.first(words.size() - length), words.last(length)};
        if (!call.is_there(last.whom, looks::people)) continue;
        if (money_in(call, last.what) || call.is_there(last.what, looks::own)) return last;
    }
    for (std::size_t length = 1; length < words.size(); ++length) {
        const Gift first{words.subspan(length), words.first(length)};
        if (!call.is_there(first.whom, looks::people)) continue;
        if (money_in(call, first.what) || call.is_there(first.what, looks::own)) return first;
    }
    return {};
}

void give_things(Call& call, const Gift& gift, Handle to) {
    auto found = call.find_all(gift.what, looks::bag);
    if (found.empty() && !call.asks()) found = call.find_all(gift.what, looks::worn);
    if (call.asks()) return;
    if (found.empty()) return call.refuse_missing(gift.what, "You have no ", ".", looks::own);
    for_all(call, found, [&](Handle item) { return give_item(call.engine, call.who, item, to); });
    tell_too_few(call, gift.what, found.size());
}

}  // namespace

void command_give(Call& call) {
    if (!call.has_operands()) return call.refuse(give_usage);
    const auto [what, whom] = parted(call.operands(), {"to"});
    Gift gift{what, whom};
    if (whom.empty()) gift = parted_at_person(call, call.operands());
    if (gift.whom.empty()) {
        if (what.size() < 2) return call.refuse(give_usage);
        if (!call.is_there(what.first(1), looks::own))
            return call.refuse_missing(what, "You have no ", ".", looks::own);
        return call.refuse_unseen(what.last(1), looks::people);
    }
    const auto money = money_in(call, gift.what);
    if (!money && !call.is_there(gift.what, looks::own))
        return call.refuse_missing(gift.what, "You have no ", ".", looks::own);
    const Handle to = call.find(gift.whom, looks::people);
    if (call.asks()) return;
    if (to.is_nobody()) return call.refuse_unseen(gift.whom, looks::people);
    if (!money) return give_things(call, gift, to);
    if (*money == 0) return call.refuse(how_much);
    call.take(give_money(call.engine, call.who, *money, to));
}

}  // namespace kiln::world

#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view slot_label(WearSlot slot) {
    switch (slot) {
        case WearSlot::head: return "on your head";
        case WearSlot::neck: return "around your neck";
        case WearSlot::body: return "on your body";
        case WearSlot::back: return "on your back";
        case WearSlot::arms: return "on your arms";
        case WearSlot::hands: return "on your hands";
        case WearSlot::finger: return "on your finger";
        case WearSlot::waist: return "around your waist";
        case WearSlot::legs: return "on your legs";
        case WearSlot::feet: return "on your feet";
        case WearSlot::shield: return "as your shield";
        case WearSlot::held: return "in your other hand";
        default: return "in your hand";
    }
}

bool can_be_worn(const Engine& engine, Handle item) {
    const ItemKind kind = kind_of(engine, item);
    return integer_property(engine, item, "slot") != 0 || kind == ItemKind::weapon || kind == ItemKind::light;
}

void wear_all(Call& call, std::vector<Handle> found) {
    std::erase_if(found, [&](Handle item) { return !can_be_worn(call.engine, item); });
    if (found.empty()) return call.refuse("You carry nothing that you could put on.");
    bool any = false;
    for (const Handle item : found) any = wear_item(call.engine, call.who, item).done || any;
    if (!any) call.refuse("You are wearing all you can already.");
}

}  // namespace

void command_wear(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Wear what?");
    const bool all = parse_wanted(words).all;
    auto found =
        call.find_all(words, looks::bag, [&](Handle item) { return can_be_worn(call.engine, item); });
    if (call.asks()) return;
    if (all) return wear_all(call, std::move(found));
    if (found.empty()) {
        if (call.is_there(words, looks::worn)) return call.refuse("You are already using that.");
        if (call.is_there(words, looks::room)) return call.refuse("You need to pick it up first.");
        return call.refuse_missing(words, "You have no ", ".", looks::bag);
    }
    for (const Handle item : found) call.take(wear_item(call.engine, call.who, item));
}

void command_remove(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Remove what?");
    const auto found = call.find_all(words, looks::worn);
    if (call.asks()) return;
    if (found.empty()) {
        if (parse_wanted(words).all) return call.refuse("You wear nothing.");
        return call.refuse_missing(words, "You wear no ", ".", looks::worn);
    }
    for (const Handle item : found) call.take(remove_item(call.engine, call.who, item));
}

void command_eat(Call& call) {
    const bool drink = call.words.words.front().starts_with("d");
    Phrase words = call.operands();
    if (words.size() > 1 && words.front() == "from") words = words.subspan(1);
    if (words.empty()) return call.refuse(drink ? "Drink what?" : "Eat what?");
    const ItemKind kind = drink ? ItemKind::drink : ItemKind::food;
    const Handle item =
        call.find(words, looks::bag, [&](Handle one) { return kind_of(call.engine, one) == kind; });
    if (call.asks()) return;
    if (!item.is_nobody()) return call.take(consume_item(call.engine, call.who, item));
    if (call.is_there(words, looks::room)) return call.refuse("You need to pick it up first.");
    call.refuse_missing(words, "You have no ", ".", looks::bag);
}

void command_inventory(Call& call) {
    Engine& engine = call.engine;
    const auto things = carried_by(engine, call.who);
    const std::int64_t gold = engine.store.read(Field::creature_gold, call.who);
    if (things.empty()) {
        const std::string only = gold > 0 ? money_words(gold) : "yourself";
        tell_words(engine, call.who, "inventory", "", "You carry nothing but " + only + ".");
        return;
    }
    tell_words(engine, call.who, "inventory", "", "You carry:");
    std::vector<std::pair<std::string, std::int64_t>> groups;
    for (const Handle thing : things) {
        const std::string name = name_for(engine, thing, call.who);
        const auto same = std::ranges::find(groups, name, &std::pair<std::string, std::int64_t>::first);
        same == groups.end() ? static_cast<void>(groups.emplace_back(name, 1))
                             : static_cast<void>(++same->second);
    }
    for (const auto& [name, count] : groups)
        tell_words(engine, call.who, "inventory", "item", "  " + counted(name, count));
    if (gold > 0) tell_words(engine, call.who, "inventory", "", "  " + money_words(gold));
}

void command_equipment(Call& call) {
    const auto worn = worn_by(call.engine, call.who);
    if (worn.empty())
        return tell_words(call.engine, call.who, "inventory", "", "You wear and wield nothing.");
    tell_words(call.engine, call.who, "inventory", "", "You use:");
    for (const Handle item : worn) {
        auto runs = styled("item", "  " + name_for(call.engine, item, call.who));
        append(runs, styled("", " " + std::string(slot_label(slot_of(call.engine, item)))));
        show(call.engine, call.who, "inventory", std::move(runs));
    }
}

}  // namespace kiln::world

// Instances of declarations: items, npcs, players; and their end.

#include <algorithm>

#include "world/actions/actions.h"
#include "world/fibers/fibers.h"
#include "world/limits.h"
#include "world/load/load.h"

namespace kiln::world {

namespace {

using schema::Kind;
using schema::PropertyRow;
using schema::SpawnDef;

constexpr int deepest_spawns = 8;                          // things in things, as declared

std::vector<Handle> copy(std::span<const Handle> handles) { return {handles.begin(), handles.end()}; }

// What stands in properties.def as an author would write it: "10", "0.5kg", "false".
Slot default_of(const PropertyRow& row) {
    std::int64_t whole = 0, thousandths = 0, unit = 100;
    auto rest = row.value;
    while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9')
        whole = whole * 10 + (rest[0] - '0'), rest.remove_prefix(1);
    if (!rest.empty() && rest[0] == '.') {
        rest.remove_prefix(1);
        for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; unit /= 10, rest.remove_prefix(1))
            thousandths += (rest[0] - '0') * unit;
    }
    if (rest == "kg") return whole * 1000 + thousandths;
    if (rest == "true") return 1;
    const auto& vocabulary = schema::vocabulary();
    if (row.type.type.base == schema::Base::enumeration && whole == 0)
        return vocabulary.value_of(row.type.type.detail, rest).value_or(0);
    return whole;
}

void place_at(Engine& engine, Handle item, Handle place) {
    engine.store.write(Field::item_place, item, place);
    engine.store.write(Field::item_arrival, item, engine.store.next_number(Field::world_next_arrival));
}

// Weapons are held in the hand whatever they say about a slot.
Slot worn_slot(const Engine& engine, std::uint32_t definition) {
    const auto& vocabulary = schema::vocabulary();
    if (const auto* slot = engine.definition(definition).property("slot"); slot && slot->integer > 0)
        return slot->integer;
    const auto* kind = engine.definition(definition).property("kind");
    const auto weapon = vocabulary.value_of(*vocabulary.enumeration("item_kind"), "weapon");
    if (!kind || !weapon || kind->integer != *weapon) return 0;
    return vocabulary.value_of(*vocabulary.enumeration("slot"), "wielded").value_or(0);
}

// What a declaration says is in or on it: rows without a parent stand in `owner`, the others in the row they
// name.
void furnish(Engine& engine, Handle owner, std::uint32_t definition, std::uint32_t parent, int depth) {
    const auto& rows = engine.definition(definition).spawns;
    for (std::uint32_t i = 0; i < rows.size() && depth < deepest_spawns; ++i) {
        if (rows[i].parent != parent || engine.definition(rows[i].what).kind != Kind::item_) continue;
        const auto count = std::clamp<std::int64_t>(rows[i].max, 1, limits::things_per_spawn);
        for (std::int64_t n = 0; n < count; ++n) {
            const auto item = engine.make_item(rows[i].what, owner);
            if (rows[i].where == SpawnDef::Where::worn)
                engine.store.write(Field::item_slot, item, worn_slot(engine, rows[i].what));
            furnish(engine, item, definition, i, depth + 1);
        }
    }
}

bool is_instance_of(const Engine& engine, std::uint32_t definition, Kind kind) {
    return definition < engine.image().definitions.size() && engine.definition(definition).kind == kind;
}

// An item that holds another one like it would hold one without end.
class Nesting {
   public:
    explicit Nesting(Engine& engine) : depth_(engine.parts().making_depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    bool is_too_deep() const { return depth_ > deepest_spawns; }

   private:
    int& depth_;
};

}  // namespace

void set_initial_fields(Engine& engine, Handle entity, std::uint32_t definition) {
    const auto& about = engine.definition(definition);
    const auto& rows = schema::vocabulary().properties;
    const auto kind = schema::vocabulary().kinds[static_cast<std::size_t>(about.kind)].name;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind != kind || !rows[i].field) continue;
        const auto found = std::ranges::find(
            about.properties, i, [](const schema::PropertyValue& value) { return value.property; });
        const auto value = found != about.properties.end() ? found->integer : default_of(rows[i]);
        engine.store.write(*rows[i].field, entity, value);
    }
}

Handle Engine::make_item(std::uint32_t definition, Handle place) {
    const Nesting depth(*this);
    if (!is_instance_of(*this, definition, Kind::item_) || depth.is_too_deep()) {
        fault(vm::Fault::bad_argument);
        return {};
    }
    const auto item = store.create(Table::item);
    store.write(Field::item_id, item, store.next_number(Field::world_next_id));
    store.write(Field::item_template, item, template_name(definition));
    set_initial_fields(*this, item, definition);
    place_at(*this, item, place);
    furnish(*this, item, definition, no_index, 0);
    start_every(item);
    begin_timers(*this, item);
    after(Event::spawn_, item, place_room(item), {});
    return item;
}

Handle Engine::make_npc(std::uint32_t definition, Handle room) {
    if (!is_instance_of(*this, definition, Kind::npc_)) {
        fault(vm::Fault::bad_argument);
        return {};
    }
    const auto npc = store.create(Table::creature);
    store.write(Field::creature_id, npc, store.next_number(Field::world_next_id));
    store.write(Field::creature_template, npc, template_name(definition));
    set_initial_fields(*this, npc, definition);
    store.write(Field::creature_hp, npc, store.read(Field::creature_max_hp, npc));
    store.write(Field::creature_home, npc, room);
    store.write(Field::creature_place, npc, room);
    store.write(Field::creature_arrival, npc, store.next_number(Field::world_next_arrival));
    furnish(*this, npc, definition, no_index, 0);
    start_every(npc);
    begin_timers(*this, npc);
    after(Event::spawn_, npc, room, {});
    return npc;
}

Handle Engine::make_player(std::string_view name, Handle room) {
    const auto player = store.create(Table::creature);
    store.write(Field::creature_id, player, store.next_number(Field::world_next_id));
    store.write(Field::creature_is_player, player, 1);
    store.write_bytes(Field::creature_name, player, name);
    store.write(Field::creature_home, player, room);
    store.write(Field::creature_place, player, room);
    store.write(Field::creature_arrival, player, store.next_number(Field::world_next_arrival));
    const Slot arguments[] = {player.to_slot(), 1};
    const auto hp = std::max<std::int64_t>(rule(Rule::level_max_hp, arguments), 1);
    store.write(Field::creature_max_hp, player, hp);
    store.write(Field::creature_hp, player, hp);
    after(Event::login_, player, room, {.slots = {player.to_slot()}, .words = {}});
    return player;
}

// Everything that hangs on it goes first, so that nothing is left that belongs to nobody.
void Engine::unmake(Handle entity) {
    if (!store.is_alive(entity)) return;
    const auto table = static_cast<Table>(entity.table());
    const bool is_player = table == Table::creature && store.read(Field::creature_is_player, entity) != 0;
    if (is_player || (table != Table::item && table != Table::creature && table != Table::effect)) {
        fault(vm::Fault::wrong_kind);
        return;
    }
    for (const auto item : copy(store.contents(entity))) unmake(item);
    for (const auto effect : copy(store.effects_on(entity))) unmake(effect);
    if (table == Table::creature) {
        for (const auto other : copy(store.occupants(store.read_handle(Field::creature_place, entity)))) {
            if (store.read_handle(Field::creature_fighting, other) == entity)
                store.write(Field::creature_fighting, other, Handle{});
        }
    }
    cancel_fibers_with(*this, entity);
    for (const auto timer : copy(store.timers_of(entity))) store.destroy(timer);
    for (const auto line : copy(store.queued_of(entity))) store.destroy(line);
    for (const auto fact : copy(store.memories_of(entity))) store.destroy(fact);
    for (const auto fact : copy(store.memories_towards(entity))) store.destroy(fact);
    store.destroy(entity);
}

}  // namespace kiln::world

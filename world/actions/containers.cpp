#include "world/actions/asking.h"
#include "world/actions/telling.h"

namespace kiln::world {

namespace {

bool has_container_key(const Engine& engine, Handle who, Handle item) {
    const auto* key = property_of(engine, item, "key");
    if (key == nullptr) return false;
    for (const Handle carried : engine.store.contents(who)) {
        if (engine.is_made_from(carried, static_cast<std::uint32_t>(key->integer))) return true;
    }
    return false;
}

// A container without a lid declares neither `closed` nor a key.
bool has_lid(const Engine& engine, Handle item) {
    return property_of(engine, item, "closed") != nullptr || property_of(engine, item, "locked") != nullptr ||
           property_of(engine, item, "key") != nullptr;
}

std::string_view cannot_change_container(const Engine& engine, Handle who, Handle item, DoorChange change) {
    const bool closed = engine.store.read(Field::item_closed, item) != 0;
    const bool locked = engine.store.read(Field::item_locked, item) != 0;
    if (!has_lid(engine, item)) return "{The item} has no lid.";
    switch (change) {
        case DoorChange::open:
            if (!closed) return "{The item} is already open.";
            return locked ? "{The item} is locked." : std::string_view{};
        case DoorChange::close: return closed ? "{The item} is already closed." : std::string_view{};
        case DoorChange::lock:
            if (locked) return "{The item} is already locked.";
            if (!closed) return "You have to close {the item} first.";
            break;
        case DoorChange::unlock:
            if (!locked) return "{The item} is not locked.";
            break;
    }
    return has_container_key(engine, who, item) ? std::string_view{} : "You have no key that fits {the item}.";
}

}  // namespace

ActionResult change_container(Engine& engine, Handle who, Handle item, DoorChange change) {
    const Name names[] = {{"who", who}, {"item", item}};
    if (const auto reason = cannot_change_container(engine, who, item, change); !reason.empty()) {
        return refused(engine, who, reason, names);
    }
    static constexpr std::string_view sentences[] = {
        "{Who} {opens} {the item}.", "{Who} {closes} {the item}.", "{Who} {locks} {the item}.",
        "{Who} {unlocks} {the item}."};
    if (change == DoorChange::open || change == DoorChange::close) {
        engine.store.write(Field::item_closed, item, Slot{change == DoorChange::close});
    } else {
        engine.store.write(Field::item_locked, item, Slot{change == DoorChange::lock});
    }
    act_words(engine, who, sentences[static_cast<std::size_t>(change)], names);
    return done();
}

}  // namespace kiln::world

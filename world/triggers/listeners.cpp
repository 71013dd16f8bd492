// Who hears an event, in the order that the language promises (events.def).

#include <algorithm>

#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

using Phase = HandlerDef::Phase;
using Listeners = std::vector<Engine::Listener>;

struct Hearing {
    const Engine& engine;
    Event event;
    Phase phase;
    std::uint32_t author_event;
    Listeners result;

    void add(Handle self) {
        if (self.is_nobody()) return;
        const auto definition = engine.definition_of(self);
        if (definition == no_index) return;
        for (const auto handler : engine.parts().triggers.handlers(definition, event, phase, author_event)) {
            result.push_back({handler, self});
        }
    }
    void add_modules() {
        for (const auto handler : engine.parts().triggers.handlers(no_index, event, phase, author_event)) {
            result.push_back({handler, {}});
        }
    }
    // Things and creatures of a room in one order of arrival.
    void add_room(Handle room, Handle except) {
        const auto things = engine.store.contents(room);
        const auto creatures = engine.store.occupants(room);
        std::size_t t = 0, c = 0;
        while (t < things.size() || c < creatures.size()) {
            const bool take_thing =
                c == creatures.size() || (t < things.size() && arrival(things[t]) < arrival(creatures[c]));
            const auto next = take_thing ? things[t++] : creatures[c++];
            if (next != except && !is_of_muted_sort(next)) add(next);
        }
    }
    // Where something happens to somebody else than the one who does it, others of its sort do not hear: a
    // baker is not given what a cat is given, and one rat's death is not every rat's.
    bool is_of_muted_sort(Handle other) const {
        using enum Event;
        const bool to_creature = event == give_ || event == attack_ || event == damage_ || event == death_;
        const bool to_item =
            event == get_ || event == drop_ || event == wear_ || event == remove_ || event == eat_;
        const auto table = static_cast<Table>(other.table());
        return (to_creature && table == Table::creature) || (to_item && table == Table::item);
    }
    Slot arrival(Handle handle) const {
        const bool is_item = static_cast<Table>(handle.table()) == Table::item;
        return engine.store.read(is_item ? Field::item_arrival : Field::creature_arrival, handle);
    }
};

// Events that concern nobody but their owner.
bool is_private(Event event) {
    using enum Event;
    return event == spawn_ || event == reset_ || event == start_ || event == reapply_ || event == end_ ||
           event == every_;
}

std::size_t parameter_named(Event event, std::string_view name) {
    const auto& parameters = schema::vocabulary().events[static_cast<std::size_t>(event)].parameters;
    const auto found = std::ranges::find(parameters, name, &schema::Parameter::name);
    return static_cast<std::size_t>(found - parameters.begin());
}

Listeners heard(const Engine& engine, Event event, Phase phase, Handle target, Handle room,
                std::uint32_t author_event) {
    Hearing hearing{engine, event, phase, author_event, {}};
    hearing.add(target);
    if (is_private(event)) return std::move(hearing.result);
    if (event == Event::command_) {
        for (const auto item : engine.store.contents(target)) hearing.add(item);
    }
    if (engine.store.is_alive(room)) {
        hearing.add_room(room, target);
        if (room != target) hearing.add(room);
        if (const auto zone = engine.zone_of(room); zone != target) hearing.add(zone);
    }
    hearing.add_modules();
    return std::move(hearing.result);
}

}  // namespace

Handle actor_of(Event event, const EventArguments& arguments) {
    if (event == Event::none) return {};
    const auto place = parameter_named(event, "who");
    return place < arguments.slots.size() ? Handle::from_slot(arguments.slots[place]) : Handle{};
}

std::vector<Engine::Listener> Engine::listeners(Event event, HandlerDef::Phase phase, Handle target,
                                                Handle room) const {
    return heard(*this, event, phase, target, room, no_index);
}

// An author's event is heard by everything that has a handler for it, wherever it is, in order of
// declaration.
std::vector<Engine::Listener> author_listeners(const Engine& engine, std::uint32_t author_event) {
    Hearing hearing{engine, Event::none, Phase::after, author_event, {}};
    const auto& definitions = engine.image().definitions;
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        if (engine.parts().triggers.handlers(i, Event::none, Phase::after, author_event).empty()) continue;
        for (const auto instance : engine.store.instances(engine.template_name(i))) hearing.add(instance);
    }
    hearing.add_modules();
    return std::move(hearing.result);
}

}  // namespace kiln::world

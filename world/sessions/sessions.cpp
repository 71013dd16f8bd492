#include "world/sessions/sessions.h"

#include <algorithm>

#include "world/actions/actions.h"
#include "world/limits.h"
#include "world/tick/slice.h"

namespace kiln::world {

namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_letter(char c) { return lowered(c) >= 'a' && lowered(c) <= 'z'; }

std::vector<Handle> copy(std::span<const Handle> handles) { return {handles.begin(), handles.end()}; }

bool is_name_taken(const Engine& engine, std::string_view name) {
    bool taken = false;
    engine.store.for_each(Table::creature, [&](Handle creature) {
        const auto other = engine.store.read_bytes(Field::creature_name, creature);
        taken =
            taken || std::ranges::equal(name, other, [](char a, char b) { return lowered(a) == lowered(b); });
    });
    return taken;
}

std::string guest_name(Engine& engine) {
    return "Wanderer-" + std::to_string(engine.store.next_number(Field::world_guests) + 1);
}

std::string as_name(std::string_view typed) {
    std::string name(typed);
    std::ranges::transform(name, name.begin(), lowered);
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - ('a' - 'A'));
    return name;
}

void answer(Engine& engine, const Input& input, Handle session, std::string reason) {
    const auto& store = engine.store;
    Attached attached{.session = input.session, .reason = std::move(reason)};
    if (!session.is_nobody()) {
        const auto creature = store.read_handle(Field::session_creature, session);
        attached.character = static_cast<std::uint64_t>(store.read(Field::creature_id, creature));
        attached.name = store.read_bytes(Field::creature_name, creature);
        attached.last_input = static_cast<std::uint64_t>(store.read(Field::session_last_input, session));
        attached.next_output = static_cast<std::uint64_t>(store.read(Field::session_next_output, session));
    }
    engine.parts().result.attached.push_back(std::move(attached));
}

// The old socket of the same session is gone or its second tab is here: it goes on as it was.
void resume_session(Engine& engine, const Input& input, Handle session) {
    auto& store = engine.store;
    if (!store.is_alive(store.read_handle(Field::session_creature, session))) {
        answer(engine, input, {}, "this session has ended");
        return;
    }
    run_slice(engine, {}, nullptr, [&] {
        store.write(Field::session_attached, session, 1);
        store.write(Field::session_detached_at, session, 0);
        store.write(Field::session_prompt, session, 0);  // shown again: the client may be a new page
        engine.cancel_timers(session, TimerPurpose::linkdead);
    });
    answer(engine, input, session, "");
}

void attach_new_character(Engine& engine, const Input& input) {
    if (!input.text.empty()) {
        if (auto problem = problem_of_name(engine, input.text); !problem.empty()) {
            answer(engine, input, {}, std::move(problem));
            return;
        }
    }
    Handle session;
    const auto end = run_slice(engine, {}, nullptr, [&] {
        const auto name = input.text.empty() ? guest_name(engine) : as_name(input.text);
        const auto creature = engine.make_player(name, engine.start_room());
        session = new_session(engine, input.session, creature);
        engine.parts().contexts.back().cause = {creature, creature};
        welcome(engine, creature);
        show_room(engine, creature, true);
    });
    answer(engine, input, end.committed ? session : Handle{},
           end.committed ? "" : "the world could not make a character; tell its keepers");
}

void attach_character(Engine& engine, const Input& input) {
    auto& store = engine.store;
    const auto creature = store.by_id(input.character);
    const bool is_player = static_cast<Table>(creature.table()) == Table::creature &&
                           store.read(Field::creature_is_player, creature) != 0;
    if (!is_player) {
        answer(engine, input, {}, "there is no such character");
        return;
    }
    Handle session;
    run_slice(engine, {creature, creature}, nullptr, [&] {
        session = new_session(engine, input.session, creature);
        if (store.read_handle(Field::creature_place, creature).is_nobody()) enter_world(engine, creature);
    });
    run_slice(engine, {creature, creature}, nullptr, [&] { show_room(engine, creature, true); });
    answer(engine, input, session, "");
}

}  // namespace

std::string problem_of_name(const Engine& engine, std::string_view name) {
    if (name.size() < limits::shortest_name || name.size() > limits::longest_name) {
        return "a name has " + std::to_string(limits::shortest_name) + " to " +
               std::to_string(limits::longest_name) + " letters";
    }
    if (!std::ranges::all_of(name, is_letter)) return "a name has letters only";
    if (is_name_taken(engine, name)) return "somebody is called " + as_name(name) + " already";
    return "";
}

Handle new_session(Engine& engine, std::uint64_t number, Handle creature) {
    auto& store = engine.store;
    const auto session = store.create(Table::session);
    store.write(Field::session_number, session, static_cast<Slot>(number));
    store.write(Field::session_creature, session, creature);
    store.write(Field::session_attached, session, 1);
    return session;
}

void enter_world(Engine& engine, Handle creature) {
    auto& store = engine.store;
    auto room = store.read_handle(Field::creature_last_room, creature);
    if (!store.is_alive(room)) room = engine.start_room();
    store.write(Field::creature_place, creature, room);
    store.write(Field::creature_arrival, creature, store.next_number(Field::world_next_arrival));
    engine.after(Event::login_, creature, room, {.slots = {creature.to_slot()}, .words = {}});
}

void leave_world(Engine& engine, Handle creature) {
    auto& store = engine.store;
    const auto room = store.read_handle(Field::creature_place, creature);
    if (room.is_nobody()) return;
    stop_fight(engine, creature);
    for (const auto other : copy(store.occupants(room))) {
        if (store.read_handle(Field::creature_fighting, other) == creature) stop_fight(engine, other);
    }
    store.write(Field::creature_last_room, creature, room);
    store.write(Field::creature_place, creature, Handle{});
    for (const auto line : copy(store.queued_of(creature))) store.destroy(line);
    engine.after(Event::logout_, creature, room, {.slots = {creature.to_slot()}, .words = {}});
}

void attach(Engine& engine, const Input& input) {
    if (input.session == 0 || input.session > (1ull << 62)) {
        answer(engine, input, {}, "a session has a number");
        return;
    }
    const auto session = engine.store.session_by_number(input.session);
    if (!session.is_nobody()) resume_session(engine, input, session);
    else if (input.character == 0) attach_new_character(engine, input);
    else attach_character(engine, input);
}

void detach(Engine& engine, const Input& input) {
    auto& store = engine.store;
    const auto session = store.session_by_number(input.session);
    if (session.is_nobody() || store.read(Field::session_attached, session) == 0) return;
    run_slice(engine, {}, nullptr, [&] {
        store.write(Field::session_attached, session, 0);
        store.write(Field::session_detached_at, session, static_cast<Slot>(engine.now()));
        engine.schedule(TimerPurpose::linkdead, session, engine.now() + engine.ticks(limits::linkdead_ms));
    });
}

void end_linkdead(Engine& engine, Handle session) {
    if (engine.store.read(Field::session_attached, session) != 0) return;
    const auto creature = engine.store.read_handle(Field::session_creature, session);
    run_slice(engine, {creature, creature}, nullptr, [&] {
        const bool is_last = engine.store.sessions_of(creature).size() == 1;
        for (const auto output : copy(engine.store.outputs_of(session))) engine.store.destroy(output);
        engine.store.destroy(session);
        if (is_last) leave_world(engine, creature);
    });
}

void remove_session(Engine& engine, Handle session) {
    run_slice(engine, {}, nullptr, [&] {
        for (const auto output : copy(engine.store.outputs_of(session))) engine.store.destroy(output);
        engine.cancel_timers(session, TimerPurpose::linkdead);
        engine.store.destroy(session);
    });
}

void Engine::end_session(Handle creature, std::string_view reason) {
    for (const auto session : copy(store.sessions_of(creature))) {
        parts_->speech.say_to_session(
            session, std::make_shared<Output::Body>(
                         Output::Body{Output::Kind::closed, "closed", {{"", std::string(reason)}}, {}}));
        store.write(Field::session_creature, session, Handle{});
        store.write(Field::session_attached, session, 0);
        cancel_timers(session, TimerPurpose::linkdead);
        schedule(TimerPurpose::session_end, session, now() + ticks(limits::closed_session_ms));
    }
    leave_world(*this, creature);
}

}  // namespace kiln::world

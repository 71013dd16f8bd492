#include "world/world.h"

#include <algorithm>

#include "world/load/load.h"
#include "world/sessions/sessions.h"
#include "world/snapshot/snapshot.h"
#include "world/tick/slice.h"
#include "world/tick/tick.h"
#include "world/triggers/triggers.h"
#include "world/world_state.h"

namespace kiln::world {

namespace {

std::unexpected<WorldProblem> problem(std::string message) {
    return std::unexpected(WorldProblem{std::move(message)});
}

std::string value_as_text(const Engine& engine, const ColumnInfo& info, ColumnId column, Handle entity) {
    const auto& store = engine.store;
    const auto value = store.read(column, entity);
    if (info.type == vm::SlotType::string) return std::string(store.read_bytes(column, entity));
    if (vm::is_reference(info.type))
        return std::to_string(store.read_bytes(column, entity).size()) + " bytes";
    if (info.type == vm::SlotType::entity) {
        const auto handle = Handle::from_slot(value);
        if (!store.is_alive(handle)) return handle.is_nobody() ? "nobody" : "gone";
        return std::string(schema::vocabulary().tables[handle.table()].name) + " " +
               std::to_string(handle.index());
    }
    return info.name.ends_with(".template") ? std::string(store.name_of(value)) : std::to_string(value);
}

}  // namespace

World::World() = default;
World::~World() = default;

std::expected<std::unique_ptr<World>, WorldProblem> World::create(std::string image_bytes,
                                                                  const WorldOptions& options) {
    auto image = prepare_image(std::move(image_bytes));
    if (!image) return std::unexpected(image.error());
    return create(std::move(*image), options);
}

std::expected<std::unique_ptr<World>, WorldProblem> World::create(std::shared_ptr<const PreparedImage> image,
                                                                  const WorldOptions& options) {
    if (options.tick_ms == 0) return problem("a tick takes at least a millisecond");
    std::unique_ptr<World> world(new World());
    world->state_ = std::make_unique<State>(options);
    auto& engine = world->state_->engine;
    engine.store.write(Field::world_seed, engine.store.world_row(), static_cast<Slot>(options.seed));
    const auto loaded = load_image(engine, *image);
    if (!loaded) return problem(loaded.error());
    engine.parts().use(**loaded);
    engine.store.write_bytes(Field::world_image, engine.store.world_row(), (*loaded)->hash);
    engine.store.commit();
    const auto end = run_slice(engine, {}, nullptr, [&] { make_zones_and_rooms(engine); });
    if (!end.committed) {
        const auto& faults = engine.parts().result.faults;
        return problem("the world could not be made: " +
                       (faults.empty() ? "it fails" : faults.front().message));
    }
    run_events(engine);
    show_changes(engine);
    return world;
}

std::expected<std::unique_ptr<World>, WorldProblem> World::restore(
    std::string_view bytes, std::shared_ptr<const PreparedImage> known) {
    auto snapshot = read_snapshot(bytes);
    if (!snapshot) return problem(snapshot.error());
    if (snapshot->semantics != semantics_version) {
        return problem("the snapshot comes from another version of the engine; recover it with that version");
    }
    if (snapshot->images.empty() || snapshot->options.tick_ms == 0)
        return problem("the snapshot names no image");
    std::unique_ptr<World> world(new World());
    world->state_ = std::make_unique<State>(snapshot->options);
    auto& engine = world->state_->engine;
    if (auto sentence = engine.store.load(snapshot->state)) return problem(*sentence);
    const auto columns = engine.store.columns().size();
    LoadedImage* current = nullptr;
    for (auto& image : snapshot->images) {
        const bool is_known = known && *known->bytes == image;
        const auto loaded = is_known ? load_image(engine, *known) : load_image(engine, std::move(image));
        if (!loaded) return problem(loaded.error());
        if (!current) current = *loaded;
    }
    engine.parts().use(*current);
    const bool is_whole =
        engine.store.columns().size() == columns && engine.store.mark() == 0 &&
        engine.store.read_bytes(Field::world_image, engine.store.world_row()) == current->hash;
    if (!is_whole) return problem("the snapshot and its images do not belong together");
    return world;
}

TickResult World::tick(std::span<const Input> inputs) { return run_tick(state_->engine, inputs); }

std::optional<std::vector<Output>> World::peek(std::uint64_t session, std::string_view line) {
    return kiln::world::peek(state_->engine, session, line);
}

std::string World::save() const {
    auto& engine = state_->engine;
    forget_unused_images(engine);
    Snapshot snapshot;
    snapshot.options = engine.parts().options();
    snapshot.images.push_back(*engine.parts().current->bytes);
    for (const auto& [hash, image] : engine.parts().images) {
        if (image.get() != engine.parts().current) snapshot.images.push_back(*image->bytes);
    }
    snapshot.state = engine.store.dump();
    return write_snapshot(snapshot);
}

std::uint64_t World::tick_number() const { return state_->engine.now(); }
std::uint32_t World::tick_ms() const { return state_->engine.tick_ms(); }
std::uint64_t World::hash() const { return state_->engine.store.hash(); }
std::uint64_t World::full_hash() const { return state_->engine.store.full_hash(); }

bool World::is_quiet(std::uint64_t ticks) const {
    const auto& store = state_->engine.store;
    const auto timer = store.next_timer();
    return timer.is_nobody() ||
           static_cast<std::uint64_t>(store.read(Field::timer_due, timer)) > state_->engine.now() + ticks;
}

std::vector<PlayerView> World::players() const {
    std::vector<PlayerView> result;
    const auto& store = state_->engine.store;
    store.for_each(Table::creature, [&](Handle creature) {
        if (store.read(Field::creature_is_player, creature) == 0) return;
        PlayerView view;
        view.character = static_cast<std::uint64_t>(store.read(Field::creature_id, creature));
        view.name = store.read_bytes(Field::creature_name, creature);
        view.room = store.name_of(
            store.read(Field::room_template, store.read_handle(Field::creature_place, creature)));
        view.level = store.read(Field::creature_level, creature);
        view.hp = store.read(Field::creature_hp, creature);
        view.max_hp = store.read(Field::creature_max_hp, creature);
        for (const auto session : store.sessions_of(creature)) {
            view.attached = view.attached || store.read(Field::session_attached, session) != 0;
        }
        result.push_back(std::move(view));
    });
    return result;
}

std::vector<SessionView> World::sessions() const {
    std::vector<SessionView> result;
    const auto& store = state_->engine.store;
    store.for_each(Table::session, [&](Handle session) {
        SessionView view;
        view.session = static_cast<std::uint64_t>(store.read(Field::session_number, session));
        const auto creature = store.read_handle(Field::session_creature, session);
        if (store.is_alive(creature))
            view.character = static_cast<std::uint64_t>(store.read(Field::creature_id, creature));
        view.is_attached = store.read(Field::session_attached, session) != 0;
        result.push_back(view);
    });
    std::ranges::sort(result, {}, &SessionView::session);
    return result;
}

std::vector<Output> World::unacknowledged(std::uint64_t session) const {
    return kiln::world::unacknowledged(state_->engine, session);
}

std::vector<EntityView> World::entities(std::string_view definition) const {
    std::vector<EntityView> result;
    const auto& engine = state_->engine;
    const auto& store = engine.store;
    for (const auto entity : store.instances(store.find_name(definition))) {
        EntityView view{.handle = entity, .definition = std::string(definition)};
        for (ColumnId i = 0; i < store.columns().size(); ++i) {
            const auto& info = store.columns()[i];
            if (info.table != static_cast<Table>(entity.table())) continue;
            view.fields.emplace_back(info.name, value_as_text(engine, info, i, entity));
            if (info.name.ends_with(".id")) view.id = static_cast<std::uint64_t>(store.read(i, entity));
        }
        result.push_back(std::move(view));
    }
    return result;
}

const schema::Image& World::image() const { return state_->engine.image(); }
std::string World::image_hash() const { return state_->engine.parts().current->hash; }
World::Probe& World::probe() { return *state_->probe; }

}  // namespace kiln::world

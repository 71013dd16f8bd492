#include "world/load/reload.h"

#include "world/load/load.h"
#include "world/tick/faults.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

// Exits as names, so that two images can be compared.
std::vector<std::pair<int, std::string>> exits_of(const schema::Image& image, std::string_view room) {
    std::vector<std::pair<int, std::string>> result;
    for (const auto& definition : image.definitions) {
        if (definition.name != room) continue;
        for (const auto& exit : definition.exits)
            result.emplace_back(exit.direction, image.definitions[exit.to].name);
    }
    return result;
}

// Exits that lead elsewhere now are taken away; make_exits() makes them as they are declared. Doors that
// nobody names any more go with them.
void remove_changed_exits(Engine& engine, const schema::Image& before) {
    auto& store = engine.store;
    for (const auto& definition : engine.image().definitions) {
        if (definition.kind != schema::Kind::room_ || definition.is_abstract) continue;
        if (exits_of(before, definition.name) == exits_of(engine.image(), definition.name)) continue;
        const auto rooms = store.instances(store.find_name(definition.name));
        if (rooms.empty()) continue;
        const auto exits = store.exits_of(rooms.front());
        for (const auto exit : std::vector<Handle>(exits.begin(), exits.end())) store.destroy(exit);
    }
    std::set<Handle> named;
    store.for_each(Table::exit,
                   [&](Handle exit) { named.insert(store.read_handle(Field::exit_door, exit)); });
    std::vector<Handle> unused;
    store.for_each(Table::door, [&](Handle door) {
        if (!named.contains(door)) unused.push_back(door);
    });
    for (const auto door : unused) store.destroy(door);
}

}  // namespace

void reload(Engine& engine, const std::string& bytes) {
    auto& parts = engine.parts();
    const auto loaded = load_image(engine, bytes);
    if (!loaded) {
        parts.result.reload_problem = loaded.error();
        return;
    }
    if (*loaded == parts.current) return;
    auto* before = parts.current;
    const auto end = run_slice(engine, {}, nullptr, [&] {
        parts.use(**loaded);
        engine.store.write_bytes(Field::world_image, engine.store.world_row(), (*loaded)->hash);
        remove_changed_exits(engine, *before->image);
        make_zones_and_rooms(engine);
        renew_every(engine);
        enable_all_handlers(engine);
    });
    if (!end.committed) {
        parts.use(*before);
        engine.store.commit();
        parts.result.reload_problem =
            "the new world could not be made; the old one goes on (see the fault report)";
    }
    forget_unused_images(engine);
}

}  // namespace kiln::world

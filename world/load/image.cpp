// Images of a world: checked, verified and tied to its columns and natives before anything of them runs.

#include "world/load/load.h"
#include "world/schema/checksum.h"
#include "world/schema/image_file.h"

namespace kiln::world {

std::expected<LoadedImage*, std::string> load_image(Engine& engine, std::string bytes) {
    auto& parts = engine.parts();
    auto hash = schema::image_hash(bytes);
    if (const auto known = parts.images.find(hash); known != parts.images.end()) return known->second.get();
    auto read = schema::read_image(bytes);
    if (!read) return std::unexpected(read.error());
    auto loaded = std::make_shared<LoadedImage>();
    loaded->hash = hash;
    loaded->bytes = std::move(bytes);
    loaded->image = std::make_shared<const schema::Image>(std::move(*read));
    vm::LoadProblem problem;
    loaded->program = vm::load_program(loaded->image->program, problem);
    if (!loaded->program) return std::unexpected("the image does not verify: " + problem.message);
    const auto& definitions = loaded->image->definitions;
    for (std::uint32_t i = 0; i < definitions.size(); ++i)
        loaded->definitions_by_value.emplace(static_cast<Slot>(schema::hash64(definitions[i].name)), i);
    if (auto sentence = parts.host.bind(*loaded)) return std::unexpected(*sentence);
    auto* result = loaded.get();
    parts.images.emplace(std::move(hash), std::move(loaded));
    return result;
}

void forget_unused_images(Engine& engine) {
    auto& parts = engine.parts();
    std::set<std::string, std::less<>> used{parts.current->hash};
    engine.store.for_each(Table::fiber, [&](Handle fiber) {
        used.emplace(engine.store.read_bytes(Field::fiber_image, fiber));
    });
    for (auto i = parts.images.begin(); i != parts.images.end();) {
        if (used.contains(i->first)) {
            ++i;
        } else {
            parts.host.forget(*i->second);
            i = parts.images.erase(i);
        }
    }
}

}  // namespace kiln::world

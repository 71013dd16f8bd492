// Images of a world: checked, verified and tied to its columns and natives before anything of them runs.

#include "world/load/load.h"
#include "world/schema/checksum.h"
#include "world/schema/image_file.h"

namespace kiln::world {

std::expected<std::shared_ptr<const PreparedImage>, WorldProblem> prepare_image(std::string bytes) {
    auto read = schema::read_image(bytes);
    if (!read) return std::unexpected(WorldProblem{read.error()});
    auto made = std::make_shared<PreparedImage>();
    made->hash = schema::image_hash(bytes);
    made->bytes = std::make_shared<const std::string>(std::move(bytes));
    made->image = std::make_shared<const schema::Image>(std::move(*read));
    vm::LoadProblem problem;
    made->program = vm::load_program(made->image->program, problem);
    if (!made->program)
        return std::unexpected(WorldProblem{"the image does not verify: " + problem.message});
    DefinitionsByValue by_value;
    const auto& definitions = made->image->definitions;
    for (std::uint32_t i = 0; i < definitions.size(); ++i)
        by_value.emplace(static_cast<Slot>(schema::hash64(definitions[i].name)), i);
    made->definitions_by_value = std::make_shared<const DefinitionsByValue>(std::move(by_value));
    return made;
}

std::expected<LoadedImage*, std::string> load_image(Engine& engine, const PreparedImage& image) {
    auto& parts = engine.parts();
    if (const auto known = parts.images.find(image.hash); known != parts.images.end())
        return known->second.get();
    auto loaded = std::make_shared<LoadedImage>(image);
    if (auto sentence = parts.host.bind(*loaded)) return std::unexpected(*sentence);
    auto* result = loaded.get();
    parts.images.emplace(image.hash, std::move(loaded));
    return result;
}

std::expected<LoadedImage*, std::string> load_image(Engine& engine, std::string bytes) {
    const auto& images = engine.parts().images;
    if (const auto known = images.find(schema::image_hash(bytes)); known != images.end())
        return known->second.get();
    const auto prepared = prepare_image(std::move(bytes));
    if (!prepared) return std::unexpected(prepared.error().message);
    return load_image(engine, **prepared);
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

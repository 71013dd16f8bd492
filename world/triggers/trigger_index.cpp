#include "world/triggers/trigger_index.h"

namespace kiln::world {

using schema::Event;
using schema::no_index;

TriggerIndex::Key TriggerIndex::key(Event event, Phase phase, std::uint32_t author_event) {
    const auto about = event == Event::none ? author_event : 0;
    return static_cast<Key>(about) << 16 | static_cast<Key>(event) << 1 | static_cast<Key>(phase);
}

void TriggerIndex::add(std::map<Key, std::vector<std::uint32_t>>& to, const schema::Image& image,
                       std::uint32_t handler) {
    const auto& about = image.handlers[handler];
    to[key(about.event, about.phase, about.author_event)].push_back(handler);
}

void TriggerIndex::build(const schema::Image& image) {
    by_definition_.assign(image.definitions.size(), {});
    of_modules_.clear();
    names_.clear();
    for (std::size_t i = 0; i < image.definitions.size(); ++i) {
        for (const auto handler : image.definitions[i].handlers) add(by_definition_[i], image, handler);
    }
    for (std::uint32_t i = 0; i < image.handlers.size(); ++i) {
        names_.emplace(image.handlers[i].name, i);
        if (image.handlers[i].owner == no_index) add(of_modules_, image, i);
    }
}

std::span<const std::uint32_t> TriggerIndex::handlers(std::uint32_t definition, Event event, Phase phase,
                                                      std::uint32_t author_event) const {
    if (definition != no_index && definition >= by_definition_.size()) return {};
    const auto& map = definition == no_index ? of_modules_ : by_definition_[definition];
    if (map.empty()) return {};
    const auto found = map.find(key(event, phase, author_event));
    return found == map.end() ? std::span<const std::uint32_t>()
                              : std::span<const std::uint32_t>(found->second);
}

bool TriggerIndex::has_any(std::uint32_t definition, Event event) const {
    return !handlers(definition, event, Phase::before).empty() ||
           !handlers(definition, event, Phase::after).empty();
}

std::uint32_t TriggerIndex::find(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? no_index : found->second;
}

}  // namespace kiln::world

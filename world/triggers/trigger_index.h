#pragma once
// Which handlers a definition has for an event, and which stand outside any declaration. Derived from the
// image.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "world/schema/image.h"

namespace kiln::world {

class TriggerIndex {
   public:
    using Phase = schema::HandlerDef::Phase;

    void build(const schema::Image& image);
    // Handlers of a definition, no_index for those of the modules, in the order of the image. author_event
    // counts when event is none.
    std::span<const std::uint32_t> handlers(std::uint32_t definition, schema::Event event, Phase phase,
                                            std::uint32_t author_event = schema::no_index) const;
    bool has_any(std::uint32_t definition, schema::Event event) const;
    std::uint32_t find(std::string_view name) const;            // handler of that name, or no_index

   private:
    using Key = std::uint64_t;
    static Key key(schema::Event event, Phase phase, std::uint32_t author_event);
    void add(std::map<Key, std::vector<std::uint32_t>>& to, const schema::Image& image,
             std::uint32_t handler);

    std::vector<std::map<Key, std::vector<std::uint32_t>>> by_definition_;
    std::map<Key, std::vector<std::uint32_t>> of_modules_;
    std::map<std::string, std::uint32_t, std::less<>> names_;
};

}  // namespace kiln::world

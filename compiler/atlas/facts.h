#pragma once
// A compiled world as a reader would tell it: names, titles, what doors are like.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "world/schema/image.h"

namespace kiln::compiler {

// What a text says when nobody in particular reads it: what depends on something is the first of its
// readings, names and numbers that stand in it are "...".
std::string plain_words(const schema::Image& image, const schema::PropertyValue& value);
std::string property_words(const schema::Image& image, const schema::Definition& definition,
                           std::string_view property);

// The title of a zone or room, the short name of a thing, the name of anything else; never empty.
std::string title_of(const schema::Image& image, std::uint32_t definition);

std::string_view direction_word(int direction);

struct DoorFacts {
    bool is_there = false, is_closed = false, is_locked = false, is_hidden = false, is_one_way = false;
    std::string name;  // "the iron hatch"
    std::uint32_t key = schema::no_index;
};
DoorFacts door_of(const schema::Image& image, const schema::ExitDef& exit);
// "the iron hatch, locked, opens with a rust-red key"; empty if there is nothing to say.
std::string describe_door(const schema::Image& image, const DoorFacts& door);

}  // namespace kiln::compiler

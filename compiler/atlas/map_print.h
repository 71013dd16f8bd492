#pragma once
// Maps for readers: a picture, a page of characters, words that can be listened to, a graph for other
// programs.

#include <functional>
#include <span>
#include <string>

#include "compiler/atlas/map.h"

namespace kiln::compiler {

// One picture, zones below each other, floors of a zone from the top down. Legible on light and on dark
// ground. With `link`, rooms lead to what it answers for their definition.
using RoomLink = std::function<std::string(std::uint32_t definition)>;
std::string map_as_svg(const schema::Image& image, std::span<const ZoneMap> maps, const RoomLink& link = {});

// Boxes and lines. What characters cannot draw is told below.
std::string map_as_text(const schema::Image& image, std::span<const ZoneMap> maps);

// Everything the picture shows, room by room, in sentences.
std::string map_as_words(const schema::Image& image, std::span<const ZoneMap> maps);

// For Graphviz: `neato -n` keeps the places.
std::string map_as_dot(const schema::Image& image, std::span<const ZoneMap> maps);

// "north to Potters' Lane (the oak door, locked; no way back)", from the way's `from` or, if `back`, its
// other side.
std::string describe_way(const schema::Image& image, const ZoneMap& map, const MapWay& way,
                         bool back = false);

// "highest floor", "floor 2", "lowest floor"
std::string floor_name(const ZoneMap& map, int floor);

}  // namespace kiln::compiler

#include <algorithm>

#include "compiler/atlas/map_print.h"

namespace kiln::compiler {

using schema::Image;

namespace {

// The door is described by the exit it is written at; the way back has its own words.
DoorFacts other_side(const Image& image, const MapWay& way, std::uint32_t from) {
    for (const auto& exit : image.definitions[way.target].exits) {
        if (exit.direction == *way.back && exit.to == from) return door_of(image, exit);
    }
    return {};
}

std::string zone_note(const Image& image, std::uint32_t room) {
    const auto zone = image.definitions[room].zone;
    return zone < image.definitions.size() ? "in " + title_of(image, zone) : std::string();
}

}  // namespace

std::string describe_way(const Image& image, const ZoneMap& map, const MapWay& way, bool back) {
    const auto here = map.rooms[way.from].definition;
    const auto to = back ? here : way.target;
    const auto door = back ? other_side(image, way, here) : way.door;
    std::string words(direction_word(back ? *way.back : way.direction));
    words += " to " + title_of(image, to);
    std::string notes;
    const auto add = [&](const std::string& note) {
        if (!note.empty()) notes += (notes.empty() ? "" : "; ") + note;
    };
    add(describe_door(image, door));
    if (!way.to) add(zone_note(image, to));
    if (!way.back)
        add("no way back");
    else if (*way.back != schema::opposite_direction(way.direction))
        add("the way back is " + std::string(direction_word(back ? way.direction : *way.back)));
    return notes.empty() ? words : words + " (" + notes + ")";
}

std::string map_as_words(const Image& image, std::span<const ZoneMap> maps) {
    std::string text;
    for (const ZoneMap& map : maps) {
        const auto count = map.rooms.size();
        text += (text.empty() ? "" : "\n") + map.title + ": " + std::to_string(count) +
                (count == 1 ? " room" : " rooms") + ".\n";
        for (std::size_t i = 0; i < count; ++i) {
            const MapRoom& room = map.rooms[i];
            text += "\n" + room.title;
            if (room.is_start)
                text += " (players begin here)";
            else if (room.is_entrance)
                text += " (an entrance of the zone)";
            std::string ways;
            for (const MapWay& way : map.ways) {
                if (way.from == i) ways += "  " + describe_way(image, map, way) + "\n";
                if (way.to == i && way.back && way.from != i)
                    ways += "  " + describe_way(image, map, way, true) + "\n";
            }
            text += ways.empty() ? ": no way out.\n" : ":\n" + ways;
        }
    }
    return text;
}

std::string map_as_dot(const Image& image, std::span<const ZoneMap> maps) {
    const auto quoted = [](std::string_view words) {
        std::string text = "\"";
        for (const char c : words)
            text += c == '"' || c == '\\' ? "\\" + std::string(1, c) : std::string(1, c);
        return text + "\"";
    };
    std::string text = "digraph world {\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [dir=both];\n";
    int top = 0;
    for (const ZoneMap& map : maps) {
        const auto at = [&](int column, int row) {
            return "\"" + std::to_string(column * 180) + "," + std::to_string(-(top + row) * 90) + "!\"";
        };
        for (const MapRoom& room : map.rooms) {
            const int row = (map.floors - 1 - room.floor) * (map.rows + 1) + room.row;
            text += "  " + quoted(image.definitions[room.definition].name) + " [label=" + quoted(room.title) +
                    ", pos=" + at(room.column, row) + "];\n";
        }
        for (const MapWay& way : map.ways) {
            text += "  " + quoted(image.definitions[map.rooms[way.from].definition].name) + " -> " +
                    quoted(image.definitions[way.target].name) + " [label=" +
                    quoted(way.is_straight ? std::string_view() : direction_word(way.direction)) +
                    (way.back ? "" : ", dir=forward") + (way.door.is_there ? ", style=bold" : "") + "];\n";
        }
        top += map.floors * (map.rows + 1) + 1;
    }
    return text + "}\n";
}

std::string floor_name(const ZoneMap& map, int floor) {
    if (floor == map.floors - 1) return "highest floor";
    return floor == 0 ? "lowest floor" : "floor " + std::to_string(floor + 1);
}

}  // namespace kiln::compiler

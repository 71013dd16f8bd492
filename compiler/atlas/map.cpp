#include "compiler/atlas/map.h"

#include <algorithm>
#include <map>
#include <set>

namespace kiln::compiler {

using schema::Definition;
using schema::Image;
using schema::Kind;

namespace {

int sign(int number) { return number > 0 ? 1 : number < 0 ? -1 : 0; }

struct Link {  // an exit within the map, or its other side
    std::size_t to = 0;
    Step step;
};

// Puts rooms on the grid one after the other, each where the exit points that leads to it.
class Placer {
 public:
    Placer(std::vector<MapRoom>& rooms, std::vector<std::vector<Link>> links)
        : rooms_(rooms), links_(std::move(links)), is_placed_(rooms.size(), false) {}

    void run() {
        for (const std::size_t first : order()) {
            if (is_placed_[first]) continue;
            place_apart(first);
            spread(first);
        }
        for (const auto axis : {&MapRoom::column, &MapRoom::row, &MapRoom::floor}) close_gaps(axis);
    }

 private:
    // Where players begin is where a map begins.
    std::vector<std::size_t> order() const {
        std::vector<std::size_t> all(rooms_.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        std::ranges::stable_sort(all, {}, [&](std::size_t i) {
            return rooms_[i].is_start ? 0 : rooms_[i].is_entrance ? 1 : 2;
        });
        return all;
    }

    // Right of all that is there.
    void place_apart(std::size_t room) {
        int column = 0;
        for (std::size_t i = 0; i < rooms_.size(); ++i) {
            if (is_placed_[i]) column = std::max(column, rooms_[i].column + 2);
        }
        put(room, column, 0, 0);
    }

    void put(std::size_t room, int column, int row, int floor) {
        rooms_[room].column = column;
        rooms_[room].row = row;
        rooms_[room].floor = floor;
        is_placed_[room] = true;
    }

    // Nearest rooms first; ways without a direction last, for they fit anywhere.
    void spread(std::size_t first) {
        std::vector<std::size_t> reached{first};
        for (const bool pointed : {true, false, true}) {
            for (std::size_t i = 0; i < reached.size(); ++i) {
                const auto room = reached[i];
                for (const Link& link : links_[room]) {
                    const bool points = link.step.is_level() || link.step.floors != 0;
                    if (is_placed_[link.to] || points != pointed) continue;
                    if (points)
                        place_beside(room, link);
                    else
                        place_near(room, link.to);
                    reached.push_back(link.to);
                }
            }
        }
    }

    bool is_free(int column, int row, int floor) const {
        for (std::size_t i = 0; i < rooms_.size(); ++i) {
            const MapRoom& room = rooms_[i];
            if (is_placed_[i] && room.column == column && room.row == row && room.floor == floor)
                return false;
        }
        return true;
    }

    // If the place is taken, everything that lies there and beyond moves on by one.
    void place_beside(std::size_t from, const Link& link) {
        const Step step = link.step;
        const int column = rooms_[from].column + step.columns, row = rooms_[from].row + step.rows;
        const int floor = rooms_[from].floor + step.floors;
        if (!is_free(column, row, floor)) {
            if (!step.is_level()) return place_near_on(link.to, column, row, floor);
            for (std::size_t i = 0; i < rooms_.size(); ++i) {
                MapRoom& room = rooms_[i];
                if (!is_placed_[i]) continue;
                if (step.columns * room.column >= step.columns * column && step.columns != 0)
                    room.column += step.columns;
                if (step.rows * room.row >= step.rows * row && step.rows != 0) room.row += step.rows;
            }
        }
        put(link.to, column, row, floor);
    }

    void place_near(std::size_t from, std::size_t to) {
        place_near_on(to, rooms_[from].column, rooms_[from].row, rooms_[from].floor);
    }

    // The nearest free place around; beside or below rather than across a corner.
    void place_near_on(std::size_t to, int column, int row, int floor) {
        for (int distance = 1;; ++distance) {
            for (int across = distance; across >= 0; --across) {
                const int down = distance - across;
                for (const auto& [c, r] :
                     {std::pair{across, down}, {-across, down}, {across, -down}, {-across, -down}}) {
                    if (is_free(column + c, row + r, floor)) return put(to, column + c, row + r, floor);
                }
            }
        }
    }

    // Numbers from 0 without a gap wider than one; lowest floor first.
    void close_gaps(int MapRoom::*axis) {
        std::set<int> used;
        for (const MapRoom& room : rooms_) used.insert(room.*axis);
        std::map<int, int> numbers;
        for (const int one : used) numbers.emplace(one, static_cast<int>(numbers.size()));
        for (MapRoom& room : rooms_) room.*axis = numbers[room.*axis];
    }

    std::vector<MapRoom>& rooms_;
    std::vector<std::vector<Link>> links_;
    std::vector<bool> is_placed_;
};

class MapMaker {
 public:
    MapMaker(const Image& image, std::uint32_t zone) : image_(image) {
        map_.zone = zone;
        map_.title = title_of(image, zone);
    }

    ZoneMap run() {
        find_rooms();
        if (map_.rooms.empty()) return std::move(map_);
        find_ways();
        Placer(map_.rooms, links()).run();
        for (const MapRoom& room : map_.rooms) {
            map_.columns = std::max(map_.columns, room.column + 1);
            map_.rows = std::max(map_.rows, room.row + 1);
            map_.floors = std::max(map_.floors, room.floor + 1);
        }
        for (MapWay& way : map_.ways) way.is_straight = way.to && is_straight(way);
        return std::move(map_);
    }

 private:
    void find_rooms() {
        const Definition& zone = image_.definitions[map_.zone];
        const auto* entrances = zone.property("entrances");
        const auto* start = zone.property("start");
        for (std::uint32_t i = 0; i < image_.definitions.size(); ++i) {
            const Definition& definition = image_.definitions[i];
            if (definition.kind != Kind::room_ || definition.is_abstract || definition.zone != map_.zone)
                continue;
            MapRoom room;
            room.definition = i;
            room.title = title_of(image_, i);
            room.is_entrance =
                entrances != nullptr && std::ranges::count(entrances->integers, std::int64_t{i}) > 0;
            room.is_start = start != nullptr && start->integer == std::int64_t{i};
            number_of_[i] = map_.rooms.size();
            map_.rooms.push_back(std::move(room));
        }
    }

    const std::vector<schema::ExitDef>& exits_of(std::size_t room) const {
        return image_.definitions[map_.rooms[room].definition].exits;
    }

    void find_ways() {
        std::set<std::pair<std::size_t, int>> told;  // as somebody's way back
        for (std::size_t from = 0; from < map_.rooms.size(); ++from) {
            for (const auto& exit : exits_of(from)) {
                if (told.contains({from, exit.direction})) continue;
                MapWay way;
                way.from = from;
                way.target = exit.to;
                way.direction = exit.direction;
                way.door = door_of(image_, exit);
                if (const auto to = number_of_.find(exit.to); to != number_of_.end()) way.to = to->second;
                way.back = way_back(way, told);
                if (way.back && way.to) told.insert({*way.to, *way.back});
                map_.ways.push_back(std::move(way));
            }
        }
    }

    // The opposite direction if it leads back, else any that does and is nobody's yet.
    std::optional<int> way_back(const MapWay& way, const std::set<std::pair<std::size_t, int>>& told) const {
        if (way.target >= image_.definitions.size()) return std::nullopt;
        const auto here = map_.rooms[way.from].definition;
        std::optional<int> found;
        for (const auto& exit : image_.definitions[way.target].exits) {
            const bool is_other = exit.to == here &&
                                  !(way.target == here && exit.direction == way.direction) &&
                                  !(way.to && told.contains({*way.to, exit.direction}));
            if (!is_other) continue;
            if (exit.direction == schema::opposite_direction(way.direction)) return exit.direction;
            if (!found) found = exit.direction;
        }
        return found;
    }

    std::vector<std::vector<Link>> links() const {
        std::vector<std::vector<Link>> links(map_.rooms.size());
        for (const MapWay& way : map_.ways) {
            if (!way.to) continue;
            const Step step = step_of(way.direction);
            links[way.from].push_back({*way.to, step});
            const Step other = way.back ? step_of(*way.back) : Step{-step.columns, -step.rows, -step.floors};
            links[*way.to].push_back({way.from, other});
        }
        return links;
    }

    bool is_straight(const MapWay& way) const {
        const MapRoom &from = map_.rooms[way.from], &to = map_.rooms[*way.to];
        const Step step = step_of(way.direction);
        const int columns = to.column - from.column, rows = to.row - from.row, floors = to.floor - from.floor;
        if (way.back && *way.back != schema::opposite_direction(way.direction)) return false;
        if (step.floors != 0) return sign(floors) == step.floors && columns == 0 && rows == 0;
        if (floors != 0) return false;
        // `in` and `out` point nowhere; any straight line will do.
        if (!step.is_level())
            return (columns == 0) != (rows == 0) && !has_room_between(from, to, {sign(columns), sign(rows)});
        if (sign(columns) != step.columns || sign(rows) != step.rows) return false;
        if (step.columns != 0 && step.rows != 0 && std::abs(columns) != std::abs(rows)) return false;
        return !has_room_between(from, to, step);
    }

    bool has_room_between(const MapRoom& from, const MapRoom& to, Step step) const {
        const int distance = std::max(std::abs(to.column - from.column), std::abs(to.row - from.row));
        return std::ranges::any_of(map_.rooms, [&](const MapRoom& room) {
            if (room.floor != from.floor) return false;
            for (int i = 1; i < distance; ++i) {
                if (room.column == from.column + i * step.columns && room.row == from.row + i * step.rows)
                    return true;
            }
            return false;
        });
    }

    const Image& image_;
    ZoneMap map_;
    std::map<std::uint32_t, std::size_t> number_of_;  // of the map, by definition
};

bool is_called(std::string_view full, std::string_view wanted) {
    return wanted.empty() || full == wanted ||
           (full.ends_with(wanted) && full.size() > wanted.size() &&
            full[full.size() - wanted.size() - 1] == '.');
}

}  // namespace

Step step_of(int direction) {
    const auto word = direction_word(direction);
    Step step;
    if (word.starts_with("north")) step.rows = -1;
    if (word.starts_with("south")) step.rows = 1;
    if (word.ends_with("east")) step.columns = 1;
    if (word.ends_with("west")) step.columns = -1;
    if (word == "up") step.floors = 1;
    if (word == "down") step.floors = -1;
    return step;
}

std::vector<ZoneMap> make_maps(const Image& image, std::string_view zone) {
    std::vector<ZoneMap> maps;
    for (std::uint32_t i = 0; i < image.definitions.size(); ++i) {
        const Definition& definition = image.definitions[i];
        if (definition.kind != Kind::zone_ || definition.is_abstract || !is_called(definition.name, zone))
            continue;
        auto map = MapMaker(image, i).run();
        if (!map.rooms.empty()) maps.push_back(std::move(map));
    }
    return maps;
}

}  // namespace kiln::compiler

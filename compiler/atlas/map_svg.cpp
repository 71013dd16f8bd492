#include <algorithm>

#include "compiler/atlas/map_print.h"
#include "compiler/atlas/words.h"

namespace kiln::compiler {

using schema::Image;

namespace {

// Every class of the picture begins with km-, so that it may stand in a page.
constexpr std::string_view map_style = R"(
  .km {
    --km-ground: #fdfcf8; --km-box: #ffffff; --km-ink: #1d1b16;
    --km-quiet: #57534a; --km-line: #6b665b; --km-first: #8a3a0c;
  }
  @media (prefers-color-scheme: dark) {
    .km {
      --km-ground: #16171a; --km-box: #24262b; --km-ink: #f1efe9;
      --km-quiet: #b9b5ab; --km-line: #a09b90; --km-first: #f0a070;
    }
  }
  .km text { font-family: system-ui, sans-serif; font-size: 14px; fill: var(--km-ink) }
  .km .km-heading { font-size: 20px; font-weight: 600 }
  .km .km-mark { font-size: 11.5px; fill: var(--km-quiet) }
  .km .km-over { stroke: var(--km-ground); stroke-width: 4px; paint-order: stroke }
  .km-ground { fill: var(--km-ground) }
  .km-box { fill: var(--km-box); stroke: var(--km-line); stroke-width: 1.5 }
  .km-start { stroke: var(--km-first); stroke-width: 3 }
  .km-entrance { stroke: var(--km-first) }
  .km-way { fill: none; stroke: var(--km-line); stroke-width: 2 }
  .km-bent { stroke-dasharray: 7 5 }
  .km-hidden { stroke-dasharray: 2 5 }
  .km-door { fill: var(--km-ground); stroke: var(--km-line); stroke-width: 2 }
  .km-locked { fill: var(--km-first); stroke: var(--km-first) }
  .km-arrow { fill: var(--km-line) }
  .km a:focus .km-box, .km a:hover .km-box { stroke: var(--km-first); stroke-width: 3 }
)";

std::string number(int value) { return std::to_string(value); }

struct Point {
    int x = 0, y = 0;
};

class Painter {
 public:
    Painter(const Image& image, const RoomLink& link) : image_(image), link_(link) {}

    std::string run(std::span<const ZoneMap> maps) {
        for (const ZoneMap& map : maps) paint(map);
        paint_legend();
        const int width = std::max(right_, 320) + margin, height = top_ + margin;
        std::string title =
            maps.size() == 1 ? "Map of " + maps.front().title : std::string("Map of the world");
        // With links in it a picture is a group; without, one image with words for those who do not see it.
        const std::string role = link_ ? "group" : "img";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"km\" role=\"" + role + "\" aria-label=\"" +
               escaped(title) + "\" width=\"" + number(width) + "\" height=\"" + number(height) +
               "\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\">\n<title>" + escaped(title) +
               "</title>\n<style>" + std::string(map_style) + "</style>\n<rect class=\"km-ground\" width=\"" +
               number(width) + "\" height=\"" + number(height) + "\"/>\n" + out_ + "</svg>\n";
    }

 private:
    static constexpr int box_width = 176, gap_across = 72, gap_down = 56, margin = 28;
    static constexpr int title_line = 18, mark_line = 15, heading_height = 44;
    static constexpr std::size_t title_width = 22, mark_width = 27;

    void paint(const ZoneMap& map) {
        map_ = &map;
        most_marks_ = 0;
        for (std::size_t i = 0; i < map.rooms.size(); ++i)
            most_marks_ = std::max(most_marks_, marks_of(i).size());
        box_height_ = 2 * title_line + 16 + static_cast<int>(most_marks_) * mark_line;
        heading(map.title);
        for (floor_ = map.floors - 1; floor_ >= 0; --floor_) {
            if (map.floors > 1) subheading();
            paint_floor();
        }
        top_ += margin;
    }

    // Only what the picture uses.
    void explain(std::string_view sentence) {
        if (!std::ranges::count(legend_, sentence)) legend_.push_back(sentence);
    }

    void paint_legend() {
        for (const auto sentence : legend_) {
            out_ += "<text class=\"km-mark\" x=\"" + number(margin) + "\" y=\"" + number(top_) + "\">" +
                    std::string(sentence) + "</text>\n";
            top_ += 18;
        }
    }

    void heading(const std::string& words) {
        top_ += heading_height;
        out_ += "<text class=\"km-heading\" x=\"" + number(margin) + "\" y=\"" + number(top_ - 12) + "\">" +
                escaped(words) + "</text>\n";
    }

    void subheading() {
        top_ += 30;
        out_ += "<text class=\"km-mark\" x=\"" + number(margin) + "\" y=\"" + number(top_ - 10) + "\">" +
                floor_name(*map_, floor_) + "</text>\n";
    }

    // Rooms over ways; empty rows above and below a floor take no room.
    void paint_floor() {
        int first = map_->rows, last = -1;
        for (const MapRoom& room : map_->rooms) {
            if (room.floor != floor_) continue;
            first = std::min(first, room.row);
            last = std::max(last, room.row);
        }
        if (last < 0) return;
        first_row_ = first;
        top_ += 12;
        for (const MapWay& way : map_->ways) {
            if (way.to && map_->rooms[way.from].floor == floor_ && map_->rooms[*way.to].floor == floor_)
                paint_way(way);
        }
        for (std::size_t i = 0; i < map_->rooms.size(); ++i) {
            if (map_->rooms[i].floor == floor_) paint_room(i);
        }
        top_ += (last - first + 1) * (box_height_ + gap_down);
    }

    Point corner(const MapRoom& room) {
        const Point at{margin + room.column * (box_width + gap_across),
                       top_ + (room.row - first_row_) * (box_height_ + gap_down)};
        right_ = std::max(right_, at.x + box_width);
        return at;
    }

    // The middle of the side, or the corner, that a direction points to.
    Point port(const MapRoom& room, Step step) {
        const Point at = corner(room);
        return {at.x + (step.columns + 1) * box_width / 2, at.y + (step.rows + 1) * box_height_ / 2};
    }

    // Where a way leaves its room: as it says, or - `in`, `out` - towards what it leads to.
    static Step side(int direction, const MapRoom& from, const MapRoom& to) {
        const Step step = step_of(direction);
        if (step.is_level()) return step;
        if (from.row == to.row) return {to.column > from.column ? 1 : -1, 0, 0};
        return {0, to.row > from.row ? 1 : -1, 0};
    }

    void paint_way(const MapWay& way) {
        const MapRoom &from = map_->rooms[way.from], &to = map_->rooms[*way.to];
        const int back = way.back.value_or(schema::opposite_direction(way.direction));
        const Step leaves = side(way.direction, from, to), arrives = side(back, to, from);
        const Point a = port(from, leaves), b = port(to, arrives);
        std::string classes = "km-way";
        if (!way.is_straight) {
            classes += " km-bent";
            explain("dashed: it does not lie as it says");
        }
        if (way.door.is_hidden) {
            classes += " km-hidden";
            explain("dotted: hidden");
        }
        if (way.door.is_there)
            explain(way.door.is_locked ? "a filled square: a locked door" : "a square: a door");
        out_ += "<g><title>" + escaped(from.title + ", " + describe_way(image_, *map_, way)) +
                "</title><path class=\"" + classes + "\" d=\"" + path(way, a, b, leaves, arrives) + "\"/>";
        const Point middle = middle_;
        if (way.door.is_there)
            out_ += "<rect class=\"km-door" + std::string(way.door.is_locked ? " km-locked" : "") +
                    "\" x=\"" + number(middle.x - 6) + "\" y=\"" + number(middle.y - 6) +
                    "\" width=\"12\" height=\"12\"/>";
        if (!way.back) paint_arrow(b, arrives);
        // A way that does not lie as it says, or says nothing, has its directions written at its ends.
        if (!way.is_straight || !step_of(way.direction).is_level()) {
            paint_small(ahead(a, leaves, 18), direction_word(way.direction));
            if (way.back) paint_small(ahead(b, arrives, 18), direction_word(back));
        }
        out_ += "</g>\n";
    }

    // A bent way leaves and arrives as its directions say, in a curve.
    std::string path(const MapWay& way, Point a, Point b, Step leaves, Step arrives) {
        middle_ = {(a.x + b.x) / 2, (a.y + b.y) / 2};
        const auto point = [](Point p) { return number(p.x) + " " + number(p.y); };
        if (way.is_straight) return "M" + point(a) + " L" + point(b);
        const Point p = ahead(a, leaves, 70), q = ahead(b, arrives, 70);
        middle_ = {(a.x + 3 * p.x + 3 * q.x + b.x) / 8, (a.y + 3 * p.y + 3 * q.y + b.y) / 8};
        return "M" + point(a) + " C" + point(p) + " " + point(q) + " " + point(b);
    }

    static Point ahead(Point from, Step step, int length) {
        return {from.x + step.columns * length, from.y + step.rows * length};
    }

    void paint_arrow(Point tip, Step side) {
        const Point base = ahead(tip, side, 12);
        const int across_x = (base.y - tip.y) / 2, across_y = (tip.x - base.x) / 2;
        const auto point = [](int x, int y) { return number(x) + "," + number(y) + " "; };
        out_ += "<polygon class=\"km-arrow\" points=\"" + point(tip.x, tip.y) +
                point(base.x + across_x, base.y + across_y) + point(base.x - across_x, base.y - across_y) +
                "\"/>";
        explain("an arrow: no way back");
    }

    void paint_small(Point at, std::string_view words) {
        out_ += "<text class=\"km-mark km-over\" text-anchor=\"middle\" x=\"" + number(at.x) + "\" y=\"" +
                number(at.y + 4) + "\">" + std::string(words) + "</text>";
    }

    // What lines do not show: ways up, down, in and out, and into other zones.
    std::vector<std::string> marks_of(std::size_t index) const {
        std::vector<std::string> marks;
        const auto add = [&](int direction, std::uint32_t target, bool is_far, bool is_locked = false) {
            const auto word = direction_word(direction);
            const std::string sign = word == "up" ? "▲ " : word == "down" ? "▼ " : std::string(word) + " → ";
            marks.push_back(sign + title_of(image_, target) + (is_far ? " ↗" : "") +
                            (is_locked ? " (locked)" : ""));
        };
        for (const MapWay& way : map_->ways) {
            const bool on_floor = way.to && map_->rooms[way.from].floor == map_->rooms[*way.to].floor;
            if (on_floor) continue;
            if (way.from == index) add(way.direction, way.target, !way.to, way.door.is_locked);
            if (way.to == index && way.back && way.from != index)
                add(*way.back, map_->rooms[way.from].definition, false, way.door.is_locked);
        }
        return marks;
    }

    void paint_room(std::size_t index) {
        const MapRoom& room = map_->rooms[index];
        const Point at = corner(room);
        std::string classes = "km-box";
        if (room.is_entrance) classes += " km-entrance";
        if (room.is_start) {
            classes += " km-start";
            explain("a thick frame: players begin here");
        }
        const std::string link = link_ ? link_(room.definition) : std::string();
        if (!link.empty()) out_ += "<a href=\"" + escaped(link) + "\">";
        out_ += "<g><title>" + escaped(room.title + (room.is_start ? ", where players begin" : "")) +
                "</title><rect class=\"" + classes + "\" x=\"" + number(at.x) + "\" y=\"" + number(at.y) +
                "\" width=\"" + number(box_width) + "\" height=\"" + number(box_height_) + "\" rx=\"6\"/>";
        const auto lines = wrap(room.title, title_width, 2);
        const auto marks = marks_of(index);
        const int used =
            static_cast<int>(lines.size()) * title_line + static_cast<int>(marks.size()) * mark_line;
        int y = at.y + (box_height_ - used) / 2;
        for (const auto& line : lines) line_of_text("", line, at.x + box_width / 2, (y += title_line) - 4);
        for (const auto& mark : marks)
            line_of_text("km-mark", wrap(mark, mark_width, 1).front(), at.x + box_width / 2,
                         (y += mark_line) - 3);
        out_ += "</g>" + std::string(link.empty() ? "" : "</a>") + "\n";
    }

    void line_of_text(std::string_view name, std::string_view words, int x, int y) {
        out_ += "<text" + (name.empty() ? "" : " class=\"" + std::string(name) + "\"") +
                " text-anchor=\"middle\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escaped(words) +
                "</text>";
    }

    const Image& image_;
    const RoomLink& link_;
    const ZoneMap* map_ = nullptr;
    std::string out_;
    std::vector<std::string_view> legend_;
    std::size_t most_marks_ = 0;
    int top_ = 0, right_ = 0, floor_ = 0, first_row_ = 0, box_height_ = 0;
    Point middle_;  // of the way painted last
};

}  // namespace

std::string map_as_svg(const Image& image, std::span<const ZoneMap> maps, const RoomLink& link) {
    return Painter(image, link).run(maps);
}

}  // namespace kiln::compiler

#include <algorithm>

#include "compiler/atlas/map_print.h"
#include "compiler/atlas/words.h"

namespace kiln::compiler {

using schema::Image;

namespace {

class Canvas {
 public:
    Canvas(int width, int height)
        : rows_(static_cast<std::size_t>(height),
                std::vector<std::string>(static_cast<std::size_t>(width), " ")) {}

    std::string& at(int x, int y) { return rows_[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; }

    // One character a place.
    void write(int x, int y, std::string_view words) {
        while (!words.empty()) {
            std::size_t size = 1;
            while (size < words.size() && (static_cast<unsigned char>(words[size]) & 0xc0) == 0x80) ++size;
            at(x++, y) = words.substr(0, size);
            words.remove_prefix(size);
        }
    }

    std::string print() const {
        std::string text;
        for (const auto& row : rows_) {
            std::string line;
            for (const auto& place : row) line += place;
            line.erase(line.find_last_not_of(' ') + 1);
            text += line + "\n";
        }
        return text;
    }

 private:
    std::vector<std::vector<std::string>> rows_;
};

class Drawer {
 public:
    Drawer(const Image& image, const ZoneMap& map) : image_(image), map_(map) {}

    std::string run() {
        for (const MapWay& way : map_.ways) {
            if (!is_drawable(way)) note(way);
        }
        std::string text = map_.title + "\n";
        for (int floor = map_.floors - 1; floor >= 0; --floor) {
            if (map_.floors > 1) text += "\n" + floor_name(map_, floor) + "\n";
            text += "\n" + draw_floor(floor);
        }
        if (!legend_.empty()) text += "\n" + legend_;
        if (!notes_.empty()) text += "\nAlso:\n" + notes_;
        return text;
    }

 private:
    static constexpr int box_width = 22, box_height = 4, gap_across = 7, gap_down = 2;

    std::string draw_floor(int floor) {
        int first = map_.rows, last = -1;
        for (const MapRoom& room : map_.rooms) {
            if (room.floor != floor) continue;
            first = std::min(first, room.row);
            last = std::max(last, room.row);
        }
        first_row_ = first;
        Canvas canvas(map_.columns * (box_width + gap_across), (last - first + 1) * (box_height + gap_down));
        for (const MapRoom& room : map_.rooms) {
            if (room.floor == floor) draw_room(canvas, room);
        }
        for (const MapWay& way : map_.ways) {
            if (map_.rooms[way.from].floor == floor && is_drawable(way)) draw_way(canvas, way);
        }
        auto text = canvas.print();
        while (text.ends_with("\n\n")) text.pop_back();
        return text;
    }

    int x_of(const MapRoom& room) const { return room.column * (box_width + gap_across); }
    int y_of(const MapRoom& room) const { return (room.row - first_row_) * (box_height + gap_down); }

    static std::string times(int count, std::string_view what) {
        std::string text;
        for (int i = 0; i < count; ++i) text += what;
        return text;
    }

    // Where players begin has a double frame.
    void draw_room(Canvas& canvas, const MapRoom& room) {
        const int x = x_of(room), y = y_of(room), inner = box_width - 2;
        const bool is_start = room.is_start;
        if (is_start) explain("╔═╗", "players begin here");
        canvas.write(x, y,
                     (is_start ? "╔" : "┌") + times(inner, is_start ? "═" : "─") + (is_start ? "╗" : "┐"));
        canvas.write(x, y + 3,
                     (is_start ? "╚" : "└") + times(inner, is_start ? "═" : "─") + (is_start ? "╝" : "┘"));
        const auto lines = wrap(room.title, static_cast<std::size_t>(inner - 2), 2);
        for (int i = 0; i < 2; ++i) {
            canvas.at(x, y + 1 + i) = canvas.at(x + box_width - 1, y + 1 + i) = is_start ? "║" : "│";
            if (static_cast<std::size_t>(i) >= lines.size()) continue;
            const auto& line = lines[static_cast<std::size_t>(i)];
            canvas.write(x + 1 + (inner - static_cast<int>(letters_in(line))) / 2, y + 1 + i, line);
        }
        for (const auto& [index, direction] : marks_) {
            if (&map_.rooms[index] == &room) mark(canvas, room, direction);
        }
    }

    // Lines of characters run straight; slanted ones only between neighbours and without a sign.
    bool is_drawable(const MapWay& way) const {
        const Step step = step_of(way.direction);
        if (!way.to || !way.is_straight || !step.is_level()) return false;
        if (step.columns == 0 || step.rows == 0) return true;
        const int columns = map_.rooms[*way.to].column - map_.rooms[way.from].column;
        return std::abs(columns) == 1 && !way.door.is_there && way.back;
    }

    void draw_way(Canvas& canvas, const MapWay& way) {
        const MapRoom &from = map_.rooms[way.from], &to = map_.rooms[*way.to];
        const Step step = step_of(way.direction);
        if (step.columns != 0 && step.rows != 0)
            draw_slant(canvas, from, to, step);
        else if (step.columns != 0)
            draw_across(canvas, way, from, to, step.columns);
        else
            draw_down(canvas, way, from, to, step.rows);
    }

    // The sign in the middle of a line; doors are explained below.
    std::string sign_of(const MapWay& way, std::string_view line) {
        if (!way.door.is_there) return std::string(line);
        const std::string sign = way.door.is_locked ? "▮" : "▯";
        explain(sign, way.door.is_locked ? "a locked door" : "a door");
        return sign;
    }

    void draw_across(Canvas& canvas, const MapWay& way, const MapRoom& from, const MapRoom& to, int step) {
        const int left = std::min(x_of(from), x_of(to)) + box_width, right = std::max(x_of(from), x_of(to));
        const int y = y_of(from) + 1;
        for (int x = left; x < right; ++x) canvas.at(x, y) = "─";
        canvas.at((left + right) / 2, y) = sign_of(way, "─");
        if (way.back) return;
        canvas.at(step > 0 ? right - 1 : left, y) = step > 0 ? "→" : "←";
        explain("→", "no way back");
    }

    void draw_down(Canvas& canvas, const MapWay& way, const MapRoom& from, const MapRoom& to, int step) {
        const int top = std::min(y_of(from), y_of(to)) + box_height, bottom = std::max(y_of(from), y_of(to));
        const int x = x_of(from) + box_width / 2;
        for (int y = top; y < bottom; ++y) canvas.at(x, y) = "│";
        canvas.at(x, (top + bottom - 1) / 2) = sign_of(way, "│");
        if (way.back) return;
        canvas.at(x, step > 0 ? bottom - 1 : top) = step > 0 ? "↓" : "↑";
        explain("→", "no way back");
    }

    void draw_slant(Canvas& canvas, const MapRoom& from, const MapRoom& to, Step step) {
        const int x = std::min(x_of(from), x_of(to)) + box_width;
        const int y = std::min(y_of(from), y_of(to)) + box_height;
        const bool falls = step.columns == step.rows;
        for (int i = 0; i < gap_down; ++i)
            canvas.at(x + 2 + (falls ? i : gap_down - 1 - i) * 2, y + i) = falls ? "╲" : "╱";
    }

    void note(const MapWay& way) {
        const MapRoom& from = map_.rooms[way.from];
        notes_ += "  " + from.title + ": " + describe_way(image_, map_, way) + "\n";
        marks_.emplace_back(way.from, way.direction);
        if (way.to && way.back) marks_.emplace_back(*way.to, *way.back);
    }

    // A small sign in the frame says that there is more to read.
    void mark(Canvas& canvas, const MapRoom& room, int direction) {
        const auto word = direction_word(direction);
        const int x = x_of(room) + 2 + (word == "up" ? 0 : word == "down" ? 2 : 4);
        canvas.at(x, y_of(room) + 3) = word == "up" ? "▲" : word == "down" ? "▼" : "*";
        explain("▲ ▼ *", "up, down, another way: see below");
    }

    void explain(std::string_view sign, std::string_view meaning) {
        const std::string line = "  " + std::string(sign) + "  " + std::string(meaning) + "\n";
        if (legend_.find(line) == std::string::npos) legend_ += line;
    }

    const Image& image_;
    const ZoneMap& map_;
    std::string legend_, notes_;
    std::vector<std::pair<std::size_t, int>> marks_;  // room and direction of what is only told
    int first_row_ = 0;
};

}  // namespace

std::string map_as_text(const Image& image, std::span<const ZoneMap> maps) {
    std::string text;
    for (const ZoneMap& map : maps) text += (text.empty() ? "" : "\n") + Drawer(image, map).run();
    return text;
}

}  // namespace kiln::compiler

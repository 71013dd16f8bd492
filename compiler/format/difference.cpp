#include "compiler/format/difference.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kiln::compiler {
namespace {

using Lines = std::vector<std::string_view>;

constexpr long most_edits = 1'000;  // the square of it is what is kept in memory
constexpr std::size_t context = 3;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return lines;
}

struct Edit {
    enum class Kind : std::uint8_t { same, removed, added } kind = Kind::same;
    std::size_t before = 0, after = 0;  // line numbers from 0, of the next line on each side
};

// The shortest way from one to the other (Myers): how far each diagonal comes with d edits, for each d; then
// back from the end.
class Way {
   public:
    Way(const Lines& before, const Lines& after) : before_(before), after_(after) {}

    std::vector<Edit> find() {
        const auto n = static_cast<long>(before_.size()), m = static_cast<long>(after_.size());
        std::vector<long> reach(static_cast<std::size_t>(2 * (n + m) + 3), 0);
        const auto offset = n + m + 1;
        for (long d = 0; d <= std::min(n + m, most_edits); ++d) {
            kept_.emplace_back(reach.begin() + offset - d - 1, reach.begin() + offset + d + 2);
            for (long k = -d; k <= d; k += 2) {
                auto* at = &reach[static_cast<std::size_t>(offset + k)];
                auto x = k == -d || (k != d && at[-1] < at[1]) ? at[1] : at[-1] + 1;
                while (x < n && x - k < m && line(before_, x) == line(after_, x - k)) ++x;
                *at = x;
                if (x >= n && x - k >= m) return back(d, n, m);
            }
        }
        return everything(n, m);
    }

   private:
    static std::string_view line(const Lines& lines, long i) { return lines[static_cast<std::size_t>(i)]; }

    void add(std::vector<Edit>& edits, Edit::Kind kind, long x, long y) {
        edits.push_back({kind, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
    }

    std::vector<Edit> back(long d, long x, long y) {
        std::vector<Edit> edits;
        for (; d >= 0; --d) {
            const auto& reach = kept_[static_cast<std::size_t>(d)];
            const auto at = [&](long k) { return reach[static_cast<std::size_t>(k + d + 1)]; };
            const auto k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const auto from_x = d == 0 ? 0 : down ? at(k + 1) : at(k - 1);
            const auto from_y = d == 0 ? 0 : from_x - (down ? k + 1 : k - 1);
            const auto after_x = d == 0 ? 0 : down ? from_x : from_x + 1;
            while (x > after_x) add(edits, Edit::Kind::same, --x, --y);
            if (d == 0) break;
            add(edits, down ? Edit::Kind::added : Edit::Kind::removed, from_x, from_y);
            x = from_x;
            y = from_y;
        }
        std::ranges::reverse(edits);
        return edits;
    }

    std::vector<Edit> everything(long n, long m) {
        std::vector<Edit> edits;
        for (long x = 0; x < n; ++x) add(edits, Edit::Kind::removed, x, 0);
        for (long y = 0; y < m; ++y) add(edits, Edit::Kind::added, n, y);
        return edits;
    }

    const Lines& before_;
    const Lines& after_;
    std::vector<std::vector<long>> kept_;
};

std::string print_hunk(const Lines& before, const Lines& after, const std::vector<Edit>& edits,
                       std::size_t begin, std::size_t end) {
    std::string body;
    std::size_t removed = 0, added = 0;
    for (auto i = begin; i < end; ++i) {
        const Edit& edit = edits[i];
        const bool is_added = edit.kind == Edit::Kind::added;
        removed += !is_added;
        added += edit.kind != Edit::Kind::removed;
        body += edit.kind == Edit::Kind::same ? ' ' : is_added ? '+' : '-';
        body += is_added ? after[edit.after] : before[edit.before];
        body += '\n';
    }
    const auto place = [](std::size_t from, std::size_t count) {
        return std::to_string(count == 0 ? from : from + 1) + "," + std::to_string(count);
    };
    return "@@ -" + place(edits[begin].before, removed) + " +" + place(edits[begin].after, added) + " @@\n" +
           body;
}

}  // namespace

std::string difference(std::string_view name, std::string_view before, std::string_view after) {
    if (before == after) return {};
    const auto old_lines = lines_of(before), new_lines = lines_of(after);
    const auto edits = Way(old_lines, new_lines).find();
    std::string text = "--- " + std::string(name) + "\n+++ " + std::string(name) + " (formatted)\n";
    const auto changed = [&](std::size_t i) { return edits[i].kind != Edit::Kind::same; };
    for (std::size_t i = 0; i < edits.size();) {
        if (!changed(i)) {
            ++i;
            continue;
        }
        auto last = i;
        for (auto k = i; k < edits.size() && k <= last + 2 * context; ++k) {
            if (changed(k)) last = k;
        }
        const auto begin = i > context ? i - context : 0;
        const auto end = std::min(last + 1 + context, edits.size());
        text += print_hunk(old_lines, new_lines, edits, begin, end);
        i = end;
    }
    // Lines are equal where only their ends differ.
    if (std::ranges::none_of(edits, [](const Edit& e) { return e.kind != Edit::Kind::same; }))
        text += "(only the end of the file or the ends of lines differ)\n";
    return text;
}

}  // namespace kiln::compiler

#include "compiler/format/fill.h"

#include <algorithm>
#include <cstdint>

namespace kiln::compiler::formatting {
namespace {

constexpr std::uint64_t cost_of_line = 100;
constexpr std::uint64_t cost_of_excess = 10'000;  // of a line that is too long, however long it is

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::vector<bool> find_breaks(const std::vector<Word>& words, std::size_t start, std::size_t margin,
                              std::size_t columns) {
    std::vector<bool> begins(words.size(), false);
    std::vector<std::size_t> ends(words.size() + 1,
                                  0);  // column behind a word if all were on one line from 0
    for (std::size_t i = 0; i < words.size(); ++i)
        ends[i + 1] = ends[i] + (i > 0 && words[i].joint.has_space) + width_of(words[i].text);
    if (words.empty() || start + ends.back() <= columns) return begins;

    // best[k]: words from k on, k beginning a line, at least cost; then the longest first line.
    struct Way {
        std::uint64_t cost = UINT64_MAX;
        std::size_t next = 0;
    };
    std::vector<Way> best(words.size() + 1);
    best[words.size()] = {0, words.size()};
    for (auto k = words.size(); k-- > 0;) {
        if (k > 0 && words[k].joint.break_cost == never) continue;
        const auto first_column = (k == 0 ? start : margin);
        const auto skipped = k == 0 ? 0 : ends[k] + words[k].joint.has_space;
        for (auto next = k + 1; next <= words.size(); ++next) {
            const bool may_end = next == words.size() || words[next].joint.break_cost != never;
            if (!may_end || best[next].cost == UINT64_MAX) continue;
            const bool is_too_long = first_column + ends[next] - skipped > columns;
            auto cost = best[next].cost + cost_of_line + (is_too_long ? cost_of_excess : 0);
            if (next < words.size()) cost += static_cast<std::uint64_t>(words[next].joint.break_cost);
            if (cost <= best[k].cost) best[k] = {cost, next};
            if (is_too_long) break;  // and so would all that follow
        }
    }
    for (auto k = best[0].next; k < words.size(); k = best[k].next) begins[k] = true;
    return begins;
}

}  // namespace kiln::compiler::formatting

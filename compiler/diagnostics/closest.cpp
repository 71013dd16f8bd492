#include <algorithm>

#include "compiler/diagnostics/diagnostic.h"

namespace kiln::compiler {
namespace {

char plain(char c) { return c == '-' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string plain(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return plain(c); });
    return out;
}

// Insertions, deletions, replacements and swaps of neighbours; anything above `limit` counts as limit + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        std::swap(before, row);
        std::swap(row, next);
    }
    return row[b.size()];
}

}  // namespace

std::optional<Closest> closest_of(std::string_view misspelt, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 64;
    if (misspelt.empty() || misspelt.size() > longest) return std::nullopt;
    const auto meant = plain(misspelt);
    auto best_distance = std::max<std::size_t>(1, misspelt.size() / 3) + 1;
    std::optional<Closest> best;
    for (const auto& candidate : candidates) {
        if (candidate == misspelt || candidate.empty() || candidate.size() > longest) continue;
        const auto found = distance(meant, plain(candidate), best_distance);
        if (best && found == best_distance && candidate != best->name) best->alone = false;
        if (found >= best_distance) continue;
        best_distance = found;
        best = Closest{candidate, true};
    }
    // Of one or two letters at least one must be right.
    if (best && misspelt.size() < 3 && best_distance >= misspelt.size() && best_distance > 0) return std::nullopt;
    return best;
}

std::optional<std::string> closest(std::string_view misspelt, const std::vector<std::string>& candidates) {
    const auto found = closest_of(misspelt, candidates);
    return found ? std::optional(found->name) : std::nullopt;
}

}  // namespace kiln::compiler

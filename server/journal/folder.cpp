#include "server/journal/folder.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace kiln::server {
namespace {

constexpr std::string_view snapshot_prefix = "snapshot-", snapshot_suffix = ".kilnsnapshot";
constexpr std::string_view segment_prefix = "journal-", segment_suffix = ".kilnjournal";

std::filesystem::path numbered(const std::filesystem::path& folder, std::string_view prefix,
                               std::uint64_t tick, std::string_view suffix) {
    std::string digits = std::to_string(tick);
    digits.insert(0, 20 - digits.size(), '0');
    return folder / (std::string(prefix) + digits + std::string(suffix));
}

std::vector<NumberedFile> list(const std::filesystem::path& folder, std::string_view prefix,
                               std::string_view suffix) {
    std::vector<NumberedFile> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.size() != prefix.size() + 20 + suffix.size() || !name.starts_with(prefix) ||
            !name.ends_with(suffix)) {
            continue;
        }
        const std::string digits = name.substr(prefix.size(), 20);
        if (digits.find_first_not_of("0123456789") == std::string::npos && digits < "18446744073709551615") {
            files.push_back({std::stoull(digits), entry.path()});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.tick < b.tick; });
    return files;
}

}  // namespace

std::filesystem::path snapshot_path(const std::filesystem::path& folder, std::uint64_t tick) {
    return numbered(folder, snapshot_prefix, tick, snapshot_suffix);
}
std::filesystem::path segment_path(const std::filesystem::path& folder, std::uint64_t base_tick) {
    return numbered(folder, segment_prefix, base_tick, segment_suffix);
}
std::vector<NumberedFile> list_snapshots(const std::filesystem::path& folder) {
    return list(folder, snapshot_prefix, snapshot_suffix);
}
std::vector<NumberedFile> list_segments(const std::filesystem::path& folder) {
    return list(folder, segment_prefix, segment_suffix);
}

}  // namespace kiln::server

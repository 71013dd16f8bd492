#pragma once
// Names of the files in a data folder; the number in a name is a tick.

#include <cstdint>
#include <filesystem>
#include <vector>

namespace kiln::server {

struct NumberedFile {
    std::uint64_t tick = 0;
    std::filesystem::path path;
};

std::filesystem::path snapshot_path(const std::filesystem::path& folder, std::uint64_t tick);
std::filesystem::path segment_path(const std::filesystem::path& folder, std::uint64_t base_tick);
std::vector<NumberedFile> list_snapshots(const std::filesystem::path& folder);   // oldest first
std::vector<NumberedFile> list_segments(const std::filesystem::path& folder);    // oldest first

}  // namespace kiln::server

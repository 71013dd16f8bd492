#pragma once
// A world as bytes: magic, version, lengths, checksum, and a zstd-compressed body written by cereal. Reading
// trusts nothing: every count is checked against the bytes that are left before anything is allocated.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "world/store/store.h"
#include "world/world.h"

namespace kiln::world {

constexpr std::uint32_t snapshot_format_version = 3;

struct Snapshot {
    std::uint32_t semantics = semantics_version;
    WorldOptions options;
    std::vector<std::string> images;               // bytes; the one in force first
    Store::Dump state;
};

std::string write_snapshot(const Snapshot& snapshot);
std::expected<Snapshot, std::string> read_snapshot(std::string_view bytes);

}  // namespace kiln::world

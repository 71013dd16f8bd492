#include <algorithm>

#include "server/journal/folder.h"
#include "server/journal/journal.h"
#include "world/schema/bytes.h"
#include "world/schema/checksum.h"

namespace kiln::server {
namespace {

using schema::ByteReader;
using schema::crc32c;
using schema::put_fixed;

constexpr std::string_view snapshot_magic = "KILNSNAP";
constexpr std::uint32_t snapshot_format = 1;

}  // namespace

std::string write_snapshot(const Snapshot& snapshot) {
    std::string out(snapshot_magic);
    put_fixed(out, snapshot_format);
    std::string id = snapshot.world_id;
    id.resize(16, ' ');
    out += id;
    put_fixed(out, snapshot.tick);
    put_fixed(out, snapshot.hash);
    put_fixed(out, snapshot.chain);
    put_fixed(out, static_cast<std::uint64_t>(snapshot.state.size()));
    out += snapshot.state;
    put_fixed(out, crc32c(out));
    return out;
}

std::expected<Snapshot, std::string> read_snapshot(std::string_view bytes) {
    if (bytes.size() < snapshot_magic.size() + 4 ||
        bytes.substr(0, snapshot_magic.size()) != snapshot_magic) {
        return std::unexpected("it is no snapshot of Kiln");
    }
    ByteReader tail(bytes.substr(bytes.size() - 4));
    if (crc32c(bytes.substr(0, bytes.size() - 4)) != tail.fixed<std::uint32_t>()) {
        return std::unexpected("it is damaged or incomplete");
    }
    ByteReader reader(bytes.substr(snapshot_magic.size(), bytes.size() - snapshot_magic.size() - 4));
    if (const auto format = reader.fixed<std::uint32_t>(); format != snapshot_format) {
        return std::unexpected("it has format " + std::to_string(format) + ", this program knows " +
                               std::to_string(snapshot_format));
    }
    Snapshot snapshot;
    snapshot.world_id = reader.take(16);
    snapshot.tick = reader.fixed<std::uint64_t>();
    snapshot.hash = reader.fixed<std::uint64_t>();
    snapshot.chain = reader.fixed<std::uint64_t>();
    snapshot.state = reader.take(reader.fixed<std::uint64_t>());
    if (!reader.is_done()) {
        return std::unexpected("it is damaged or incomplete");
    }
    return snapshot;
}

OnDisk<void> store_snapshot(Disk& disk, const std::filesystem::path& folder, const Snapshot& snapshot) {
    if (auto stored = disk.replace(snapshot_path(folder, snapshot.tick), write_snapshot(snapshot)); !stored) {
        return stored;
    }
    std::vector<NumberedFile> snapshots = list_snapshots(folder);
    std::error_code ignored;             // what cannot be removed now is removed next time
    while (snapshots.size() > 2) {
        std::filesystem::remove(snapshots.front().path, ignored);
        snapshots.erase(snapshots.begin());
    }
    const std::vector<NumberedFile> segments = list_segments(folder);
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        // All records of this segment are at or before the base of the next one.
        if (segments[i + 1].tick <= snapshots.front().tick) {
            std::filesystem::remove(segments[i].path, ignored);
        }
    }
    return {};
}

}  // namespace kiln::server

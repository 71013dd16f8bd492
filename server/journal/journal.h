#pragma once
// The only truth about a world: a folder of snapshots and journal segments. What append() and sync() have
// accepted is read back by open_journal() after any crash; nothing else is.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/journal/files.h"
#include "server/journal/segment.h"

namespace kiln::server {

// A snapshot file: our header with a checksum around World::save().
struct Snapshot {
    std::string world_id;
    std::uint64_t tick = 0, hash = 0, chain = 0;
    std::string state;
};
std::string write_snapshot(const Snapshot& snapshot);
std::expected<Snapshot, std::string> read_snapshot(std::string_view bytes);

// What a folder holds: the snapshot to start from and the records to run after it.
struct Recovered {
    Snapshot snapshot;
    std::vector<Record> records;         // later than the snapshot, in order, without a missing one
    std::vector<std::string> warnings;   // torn tails, damaged snapshots that were passed over
    std::uint32_t semantics = world::semantics_version;   // of the records
    // Where the journal goes on.
    std::filesystem::path last_segment;
    std::size_t last_segment_bytes = 0;
    std::uint64_t last_segment_base = 0;
    std::uint64_t chain = 0;
};
// Nothing if the folder holds no world yet. Changes no file. `oldest`: start from the oldest snapshot instead
// of the newest, as a proof over more records.
std::expected<std::optional<Recovered>, std::string> recover(const std::filesystem::path& folder,
                                                             bool oldest = false);

class Journal {
   public:
    // A new world in an empty folder: its first snapshot and segment are durable when this returns.
    static std::expected<Journal, std::string> create(const std::filesystem::path& folder,
                                                      const Snapshot& first);
    // Goes on where recovery ended; a torn tail is cut off.
    static std::expected<Journal, std::string> resume(const std::filesystem::path& folder,
                                                      const Recovered& recovered);

    // Not durable before sync() has succeeded. After any failure the process must end.
    std::expected<std::size_t, std::string> append(const Record& record);    // answers the bytes written
    std::expected<void, std::string> sync();

    // A new segment from this tick on; records so far belong to the older ones.
    std::expected<void, std::string> begin_segment(std::uint64_t tick, std::uint64_t hash);
    std::uint64_t chain() const { return chain_; }
    const std::string& world_id() const { return world_id_; }
    const std::filesystem::path& folder() const { return folder_; }

   private:
    Journal(std::filesystem::path folder, std::string world_id, AppendFile file, std::uint64_t base,
            std::uint64_t chain)
        : folder_(std::move(folder)),
          world_id_(std::move(world_id)),
          file_(std::move(file)),
          base_tick_(base),
          chain_(chain) {}
    std::filesystem::path folder_;
    std::string world_id_;
    AppendFile file_;
    std::uint64_t base_tick_ = 0, chain_ = 0;
    bool has_records_ = true;
};

// Makes a snapshot durable, then removes what the two newest no longer need. May run beside the world, on
// another thread.
std::expected<void, std::string> store_snapshot(const std::filesystem::path& folder,
                                                const Snapshot& snapshot);

}  // namespace kiln::server

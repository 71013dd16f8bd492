#pragma once
// The only truth about a world: a folder of snapshots and journal segments. What append() and sync() have
// accepted is read back by open_journal() after any crash; nothing else is.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/disk/disk.h"
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

// Why a folder cannot be recovered. If a segment is damaged, repair() can cut it there.
struct Unrecovered {
    std::string message;
    std::filesystem::path damaged_segment;
    std::size_t good_bytes = 0;          // of it
    std::size_t lost_records = 0;        // readable ones behind the damage
    std::uint64_t last_good_tick = 0;
};
// Nothing if the folder holds no world yet. Changes no file. `oldest`: start from the oldest snapshot instead
// of the newest, as a proof over more records.
std::expected<std::optional<Recovered>, Unrecovered> recover(Disk& disk, const std::filesystem::path& folder,
                                                             bool oldest = false);

// Cuts the journal where recover() found damage: what stood behind it is lost, also what players had been shown.
// The files as they were are kept beside, with the ending .damaged. Answers what was done, in sentences.
std::expected<std::vector<std::string>, std::string> repair(Disk& disk, const std::filesystem::path& folder,
                                                            const Unrecovered& damage);

class Journal {
   public:
    // A new world in an empty folder: its first snapshot and segment are durable when this returns.
    static OnDisk<Journal> create(Disk& disk, const std::filesystem::path& folder, const Snapshot& first);
    // Goes on where recovery ended; a torn tail is cut off.
    static OnDisk<Journal> resume(Disk& disk, const std::filesystem::path& folder, const Recovered& recovered);

    // Makes sure that a record of so many bytes can be appended, before its tick is run. Where there is no room
    // yet, asks for so many bytes `ahead`.
    OnDisk<void> make_room(std::size_t record_bytes, std::size_t ahead);
    // Not durable before sync() has succeeded. If the disk is full, the same record may be tried again; after any
    // other failure the process must end. Answers the bytes written.
    OnDisk<std::size_t> append(const Record& record);
    OnDisk<void> sync();

    // A new segment from this tick on; records so far belong to the older ones. If it cannot be made, the
    // journal goes on in the old one.
    OnDisk<void> begin_segment(std::uint64_t tick, std::uint64_t hash);
    std::uint64_t chain() const { return chain_; }
    const std::string& world_id() const { return world_id_; }
    const std::filesystem::path& folder() const { return folder_; }
    Disk& disk() const { return *disk_; }

   private:
    Journal(Disk& disk, std::filesystem::path folder, std::string world_id)
        : disk_(&disk), folder_(std::move(folder)), world_id_(std::move(world_id)) {}
    OnDisk<void> use_new_segment(std::uint64_t base_tick, std::uint64_t hash);

    Disk* disk_;
    std::filesystem::path folder_;
    std::string world_id_;
    std::unique_ptr<GrowingFile> file_;
    std::size_t length_ = 0, reserved_ = 0;          // of the file: written, and with room
    std::uint64_t base_tick_ = 0, chain_ = 0;
    bool has_records_ = true;
};

// Makes a snapshot durable, then removes what the two newest no longer need. May run beside the world, on
// another thread.
OnDisk<void> store_snapshot(Disk& disk, const std::filesystem::path& folder, const Snapshot& snapshot);

}  // namespace kiln::server

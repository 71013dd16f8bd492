// Reading a folder back, and cutting a damaged journal where it is damaged.

#include "server/journal/folder.h"
#include "server/journal/journal.h"

namespace kiln::server {
namespace {

constexpr std::string_view restore_advice = "; restore the folder from a backup";

std::unexpected<Unrecovered> refuse(std::string message) {
    Unrecovered refusal;
    refusal.message = std::move(message);
    return std::unexpected(std::move(refusal));
}

// The newest snapshot that can be read, or the oldest; damaged ones are passed over with a warning.
std::expected<Snapshot, Unrecovered> choose_snapshot(Disk& disk, std::vector<NumberedFile> files, bool oldest,
                                                     std::vector<std::string>& warnings) {
    if (!oldest) {
        files = {files.rbegin(), files.rend()};
    }
    for (const NumberedFile& file : files) {
        const auto bytes = disk.read(file.path);
        auto snapshot = bytes ? read_snapshot(*bytes) : std::unexpected(bytes.error().message);
        if (snapshot) {
            return std::move(*snapshot);
        }
        warnings.push_back(file.path.string() + " is passed over: " + snapshot.error());
    }
    return refuse("no snapshot can be read: " + (warnings.empty() ? "there is none" : warnings.back()) +
                  std::string(restore_advice));
}

std::unexpected<Unrecovered> refuse_damage(const std::filesystem::path& path, const Segment& segment) {
    Unrecovered refusal;
    refusal.damaged_segment = path;
    refusal.good_bytes = segment.valid_bytes;
    refusal.lost_records = segment.lost_records;
    refusal.last_good_tick = segment.records.empty() ? segment.header.base_tick : segment.records.back().tick;
    refusal.message = path.string() + " is damaged: " + segment.note;
    if (segment.lost_records > 0) {
        refusal.message += ", and " + std::to_string(segment.lost_records) + " valid records follow";
    }
    refusal.message +=
        ". Players may have been shown what it said. Restore the folder from a backup, or see with `kiln repair` "
        "what would be lost by cutting it off there";
    return std::unexpected(std::move(refusal));
}

// Adds the records of one segment that are later than the snapshot, checking that none is missing.
std::expected<void, Unrecovered> add_segment(Disk& disk, Recovered& recovered, const NumberedFile& file,
                                             bool is_last) {
    const std::string name = file.path.string();
    const auto bytes = disk.read(file.path);
    auto segment = bytes ? read_segment(*bytes) : std::unexpected(bytes.error().message);
    if (!segment) {
        return refuse(name + " cannot be used: " + segment.error() + std::string(restore_advice));
    }
    if (segment->header.world_id != recovered.snapshot.world_id) {
        return refuse(name + " belongs to another world than the snapshot");
    }
    if (segment->end == Segment::End::damaged || (segment->end == Segment::End::torn && !is_last)) {
        return refuse_damage(file.path, *segment);
    }
    if (segment->end == Segment::End::torn) {
        recovered.warnings.push_back(
            name + " ends in a record that was being written and was never acknowledged: " + segment->note);
    }
    std::uint64_t chain = segment->header.chain;
    for (std::size_t i = 0; i < segment->records.size(); ++i) {
        if (segment->records[i].tick > recovered.snapshot.tick) {
            if (chain != recovered.chain) {
                return refuse(name + ": records are missing before tick " +
                              std::to_string(segment->records[i].tick) + std::string(restore_advice));
            }
            recovered.chain = segment->chains[i];
            recovered.semantics = segment->header.semantics;
            recovered.records.push_back(std::move(segment->records[i]));
        }
        chain = segment->chains[i];
    }
    recovered.last_segment = file.path;
    recovered.last_segment_bytes = segment->valid_bytes;
    recovered.last_segment_base = segment->header.base_tick;
    // A segment begun after the last record must go on from it.
    if (is_last && segment->last_chain() != recovered.chain) {
        return refuse(name + ": records are missing before it" + std::string(restore_advice));
    }
    return {};
}

}  // namespace

std::expected<std::optional<Recovered>, Unrecovered> recover(Disk& disk, const std::filesystem::path& folder,
                                                             bool oldest) {
    const std::vector<NumberedFile> snapshots = list_snapshots(folder);
    const std::vector<NumberedFile> segments = list_segments(folder);
    if (snapshots.empty() && segments.empty()) {
        return std::nullopt;
    }
    Recovered recovered;
    auto snapshot = choose_snapshot(disk, snapshots, oldest, recovered.warnings);
    if (!snapshot) {
        return std::unexpected(snapshot.error());
    }
    recovered.snapshot = std::move(*snapshot);
    recovered.chain = recovered.snapshot.chain;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool is_last = i + 1 == segments.size();
        const bool is_over = !is_last && segments[i + 1].tick <= recovered.snapshot.tick;
        if (is_over) {
            continue;
        }
        if (auto added = add_segment(disk, recovered, segments[i], is_last); !added) {
            return std::unexpected(added.error());
        }
    }
    return recovered;
}

std::expected<std::vector<std::string>, std::string> repair(Disk& disk, const std::filesystem::path& folder,
                                                            const Unrecovered& damage) {
    if (damage.damaged_segment.empty()) {
        return std::unexpected(damage.message);
    }
    std::vector<std::string> done;
    for (const NumberedFile& segment : list_segments(folder)) {
        if (segment.path < damage.damaged_segment) {
            continue;
        }
        const std::filesystem::path kept = segment.path.string() + ".damaged";
        const auto bytes = disk.read(segment.path);
        if (!bytes) {
            return std::unexpected(bytes.error().message);
        }
        if (auto copied = disk.replace(kept, *bytes); !copied) {
            return std::unexpected(copied.error().message);
        }
        if (segment.path != damage.damaged_segment) {
            std::filesystem::remove(segment.path);
            done.push_back(segment.path.string() + " belongs behind the damage; it is now " + kept.string());
            continue;
        }
        const std::string_view good = std::string_view(*bytes).substr(0, damage.good_bytes);
        if (auto cut = disk.replace(segment.path, good); !cut) {
            return std::unexpected(cut.error().message);
        }
        done.push_back(segment.path.string() + " is cut after tick " + std::to_string(damage.last_good_tick) +
                       "; as it was it is kept as " + kept.string());
    }
    return done;
}

}  // namespace kiln::server

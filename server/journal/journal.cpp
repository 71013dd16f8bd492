#include "server/journal/journal.h"

#include "server/journal/folder.h"

namespace kiln::server {
namespace {

std::expected<AppendFile, std::string> new_segment(const std::filesystem::path& folder,
                                                   const SegmentHeader& header) {
    const std::filesystem::path path = segment_path(folder, header.base_tick);
    if (auto made = replace_file(path, write_header(header)); !made) {
        return std::unexpected(made.error());
    }
    return AppendFile::open(path, segment_header_bytes);
}

// The newest snapshot that can be read, or the oldest; damaged ones are passed over with a warning.
std::expected<Snapshot, std::string> choose_snapshot(std::vector<NumberedFile> files, bool oldest,
                                                     std::vector<std::string>& warnings) {
    if (!oldest) {
        files = {files.rbegin(), files.rend()};
    }
    for (const NumberedFile& file : files) {
        auto bytes = read_file(file.path);
        auto snapshot = bytes ? read_snapshot(*bytes) : std::unexpected(bytes.error());
        if (snapshot) {
            return snapshot;
        }
        warnings.push_back(file.path.string() + " is passed over: " + snapshot.error());
    }
    return std::unexpected(
        "no snapshot can be read: " + (warnings.empty() ? "there is none" : warnings.back()) +
        "; restore the folder from a backup");
}

// Adds the records of one segment that are later than the snapshot, checking that none is missing.
std::expected<void, std::string> add_segment(Recovered& recovered, const NumberedFile& file, bool is_last) {
    const std::string name = file.path.string();
    auto bytes = read_file(file.path);
    auto segment = bytes ? read_segment(*bytes) : std::unexpected(bytes.error());
    if (!segment) {
        return std::unexpected(name + " cannot be used: " + segment.error() +
                               "; restore the folder from a backup");
    }
    if (segment->header.world_id != recovered.snapshot.world_id) {
        return std::unexpected(name + " belongs to another world than the snapshot");
    }
    if (segment->end == Segment::End::damaged || (segment->end == Segment::End::torn && !is_last)) {
        return std::unexpected(name + " is damaged: " + segment->note + "; restore the folder from a backup");
    }
    if (segment->end == Segment::End::torn) {
        recovered.warnings.push_back(
            name + " ends in a record that was being written and was never acknowledged: " + segment->note);
    }
    std::uint64_t chain = segment->header.chain;
    for (std::size_t i = 0; i < segment->records.size(); ++i) {
        if (segment->records[i].tick > recovered.snapshot.tick) {
            if (chain != recovered.chain) {
                return std::unexpected(name + ": records are missing before tick " +
                                       std::to_string(segment->records[i].tick) +
                                       "; restore the folder from a backup");
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
        return std::unexpected(name + ": records are missing before it; restore the folder from a backup");
    }
    return {};
}

}  // namespace

std::expected<std::optional<Recovered>, std::string> recover(const std::filesystem::path& folder,
                                                             bool oldest) {
    const std::vector<NumberedFile> snapshots = list_snapshots(folder);
    const std::vector<NumberedFile> segments = list_segments(folder);
    if (snapshots.empty() && segments.empty()) {
        return std::nullopt;
    }
    Recovered recovered;
    auto snapshot = choose_snapshot(snapshots, oldest, recovered.warnings);
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
        if (auto added = add_segment(recovered, segments[i], is_last); !added) {
            return std::unexpected(added.error());
        }
    }
    return recovered;
}

std::expected<Journal, std::string> Journal::create(const std::filesystem::path& folder,
                                                    const Snapshot& first) {
    // The snapshot first: it makes the folder a world, and a world without a segment is one where nothing has
    // happened.
    if (auto stored = store_snapshot(folder, first); !stored) {
        return std::unexpected(stored.error());
    }
    auto file =
        new_segment(folder, {first.world_id, world::semantics_version, first.tick, first.hash, first.chain});
    if (!file) {
        return std::unexpected(file.error());
    }
    Journal journal(folder, first.world_id, std::move(*file), first.tick, first.chain);
    journal.has_records_ = false;
    return journal;
}

std::expected<Journal, std::string> Journal::resume(const std::filesystem::path& folder,
                                                    const Recovered& recovered) {
    const Snapshot& snapshot = recovered.snapshot;
    const bool reuse = !recovered.last_segment.empty() && !recovered.records.empty();
    if (!reuse) {
        // Nothing has happened since the snapshot; a fresh header also carries this program's semantics.
        // Later segments are empty ones, begun for a snapshot that was not finished.
        for (const NumberedFile& later : list_segments(folder)) {
            std::error_code ignored;
            if (later.tick > snapshot.tick) {
                std::filesystem::remove(later.path, ignored);
            }
        }
        auto file = new_segment(folder, {snapshot.world_id, world::semantics_version, snapshot.tick,
                                         snapshot.hash, snapshot.chain});
        if (!file) {
            return std::unexpected(file.error());
        }
        Journal journal(folder, snapshot.world_id, std::move(*file), snapshot.tick, snapshot.chain);
        journal.has_records_ = false;
        return journal;
    }
    auto file = AppendFile::open(recovered.last_segment, recovered.last_segment_bytes);
    if (!file) {
        return std::unexpected(file.error());
    }
    return Journal(folder, snapshot.world_id, std::move(*file), recovered.last_segment_base, recovered.chain);
}

std::expected<std::size_t, std::string> Journal::append(const Record& record) {
    const std::string bytes = write_record(record, chain_);
    if (auto written = file_.append(bytes); !written) {
        return std::unexpected(written.error());
    }
    chain_ = chain_after(chain_, bytes);
    has_records_ = true;
    return bytes.size();
}

std::expected<void, std::string> Journal::sync() { return file_.sync(); }

std::expected<void, std::string> Journal::begin_segment(std::uint64_t tick, std::uint64_t hash) {
    if (tick == base_tick_ && !has_records_) {
        return {};
    }
    auto file = new_segment(folder_, {world_id_, world::semantics_version, tick, hash, chain_});
    if (!file) {
        return std::unexpected(file.error());
    }
    file_ = std::move(*file);
    base_tick_ = tick;
    has_records_ = false;
    return {};
}

}  // namespace kiln::server

#include "server/journal/journal.h"

#include "server/journal/folder.h"

namespace kiln::server {

OnDisk<void> Journal::use_new_segment(std::uint64_t base_tick, std::uint64_t hash) {
    const std::filesystem::path path = segment_path(folder_, base_tick);
    const SegmentHeader header{world_id_, world::semantics_version, base_tick, hash, chain_};
    if (auto made = disk_->replace(path, write_header(header)); !made) {
        return made;
    }
    auto file = disk_->open(path, segment_header_bytes);
    if (!file) {
        return std::unexpected(file.error());
    }
    if (file_) {
        [[maybe_unused]] const auto cut = file_->cut(length_);   // gives its unused room back
    }
    file_ = std::move(*file);
    length_ = reserved_ = segment_header_bytes;
    base_tick_ = base_tick;
    has_records_ = false;
    return {};
}

OnDisk<Journal> Journal::create(Disk& disk, const std::filesystem::path& folder, const Snapshot& first) {
    // The snapshot first: it makes the folder a world, and a world without a segment is one where nothing has
    // happened.
    if (auto stored = store_snapshot(disk, folder, first); !stored) {
        return std::unexpected(stored.error());
    }
    Journal journal(disk, folder, first.world_id);
    journal.chain_ = first.chain;
    if (auto begun = journal.use_new_segment(first.tick, first.hash); !begun) {
        return std::unexpected(begun.error());
    }
    return journal;
}

OnDisk<Journal> Journal::resume(Disk& disk, const std::filesystem::path& folder, const Recovered& recovered) {
    const Snapshot& snapshot = recovered.snapshot;
    Journal journal(disk, folder, snapshot.world_id);
    journal.chain_ = recovered.chain;
    if (recovered.last_segment.empty() || recovered.records.empty()) {
        // Nothing has happened since the snapshot; a fresh header also carries this program's semantics.
        // Later segments are empty ones, begun for a snapshot that was not finished.
        for (const NumberedFile& later : list_segments(folder)) {
            std::error_code ignored;
            if (later.tick > snapshot.tick) {
                std::filesystem::remove(later.path, ignored);
            }
        }
        journal.chain_ = snapshot.chain;
        if (auto begun = journal.use_new_segment(snapshot.tick, snapshot.hash); !begun) {
            return std::unexpected(begun.error());
        }
        return journal;
    }
    auto file = disk.open(recovered.last_segment, recovered.last_segment_bytes);
    if (!file) {
        return std::unexpected(file.error());
    }
    journal.file_ = std::move(*file);
    journal.length_ = journal.reserved_ = recovered.last_segment_bytes;
    journal.base_tick_ = recovered.last_segment_base;
    return journal;
}

OnDisk<void> Journal::make_room(std::size_t record_bytes, std::size_t ahead) {
    if (length_ + record_bytes <= reserved_) {
        return {};
    }
    const std::size_t wanted = length_ + record_bytes + ahead;
    if (auto reserved = file_->reserve(wanted); !reserved) {
        return reserved;
    }
    reserved_ = wanted;
    return {};
}

OnDisk<std::size_t> Journal::append(const Record& record) {
    const std::string bytes = write_record(record, chain_);
    if (auto written = file_->write(length_, bytes); !written) {
        return std::unexpected(written.error());
    }
    length_ += bytes.size();
    chain_ = chain_after(chain_, bytes);
    has_records_ = true;
    return bytes.size();
}

OnDisk<void> Journal::sync() { return file_->sync(); }

OnDisk<void> Journal::begin_segment(std::uint64_t tick, std::uint64_t hash) {
    if (tick == base_tick_ && !has_records_) {
        return {};
    }
    return use_new_segment(tick, hash);
}

}  // namespace kiln::server

#pragma once
// One segment file of the journal: a header, then one record per tick that had inputs or outputs, then zeros
// as far as room has been reserved. Ticks without a record were silent and are implied. All numbers are
// little-endian.
//
//   record   marker, length, checksum of the body, checksum of these three, body, end marker
//
// Every record carries the chain over all records before it, so that a missing or moved one is noticed too.
// The end marker is never zero and written last: a record without it was being written when the power went,
// so nobody has seen its tick. A record with it that does not check is damage: its tick may have been seen.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace kiln::server {

constexpr std::uint32_t journal_format = 2;
constexpr std::size_t segment_header_bytes = 64;

struct SegmentHeader {
    std::string world_id;                // 16 characters
    std::uint32_t semantics = world::semantics_version;
    std::uint64_t base_tick = 0;         // records are later than this
    std::uint64_t base_hash = 0;         // of the world after it
    std::uint64_t chain = 0;             // over all records before this segment
};

struct Record {
    std::uint64_t tick = 0;
    std::uint64_t hash = 0;              // of the world after the tick
    std::vector<world::Input> inputs;
    bool operator==(const Record&) const = default;
};

struct Segment {
    enum class End : std::uint8_t {
        clean,                           // after the last record there is nothing but reserved room
        torn,                            // the last record has no end: it was never acknowledged
        damaged,                         // what stands after the last good record may have been acknowledged
    };
    SegmentHeader header;
    std::vector<Record> records;
    std::vector<std::uint64_t> chains;   // after each record
    std::size_t valid_bytes = 0;         // up to the end of the last good record
    End end = End::clean;
    std::string note;                    // what is wrong at the end, for people
    std::size_t lost_records = 0;        // readable ones behind the damage
    std::uint64_t last_chain() const { return chains.empty() ? header.chain : chains.back(); }
};

std::string write_header(const SegmentHeader& header);
std::string write_record(const Record& record, std::uint64_t chain_before);
std::uint64_t chain_after(std::uint64_t chain_before, std::string_view record_bytes);

// The contents of a segment file. Refuses what is no journal, another format, or a damaged header;
// `semantics` is reported, not judged.
std::expected<Segment, std::string> read_segment(std::string_view bytes);

}  // namespace kiln::server

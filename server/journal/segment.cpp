#include "server/journal/segment.h"

#include <optional>

#include "world/schema/bytes.h"
#include "world/schema/checksum.h"

namespace kiln::server {
namespace {

using schema::ByteReader;
using schema::crc32c;
using schema::put_fixed;

constexpr std::string_view segment_magic = "KILNJRNL";
constexpr std::uint32_t record_marker = 0x4345524b;          // "KREC"
constexpr std::uint32_t end_marker = 0x444e454b;             // "KEND"
constexpr std::size_t record_head_bytes = 16, record_tail_bytes = 4;
constexpr std::size_t record_limit = 256U << 20;             // an image may travel in a record

void put_input(std::string& out, const world::Input& input) {
    put_fixed(out, static_cast<std::uint8_t>(input.kind));
    put_fixed(out, input.session);
    put_fixed(out, input.number);
    put_fixed(out, input.character);
    put_fixed(out, static_cast<std::uint32_t>(input.text.size()));
    out += input.text;
}

std::optional<world::Input> take_input(ByteReader& reader) {
    world::Input input;
    const auto kind = reader.fixed<std::uint8_t>();
    if (kind > static_cast<std::uint8_t>(world::Input::Kind::staff)) {
        return std::nullopt;
    }
    input.kind = static_cast<world::Input::Kind>(kind);
    input.session = reader.fixed<std::uint64_t>();
    input.number = reader.fixed<std::uint64_t>();
    input.character = reader.fixed<std::uint64_t>();
    input.text = reader.take(reader.fixed<std::uint32_t>());
    return !reader.failed ? std::optional(std::move(input)) : std::nullopt;
}

struct Parsed {
    Record record;
    std::uint64_t chain_before = 0;
    std::size_t bytes = 0;
};

// Why there is no record at the front of some bytes.
struct Flaw {
    Segment::End end = Segment::End::damaged;
    std::string why;
};

std::unexpected<Flaw> torn(std::string why) { return std::unexpected(Flaw{Segment::End::torn, std::move(why)}); }
std::unexpected<Flaw> damaged(std::string why) {
    return std::unexpected(Flaw{Segment::End::damaged, std::move(why)});
}

std::expected<Parsed, Flaw> parse_body(std::string_view body) {
    ByteReader reader(body);
    Parsed parsed;
    parsed.record.tick = reader.fixed<std::uint64_t>();
    parsed.chain_before = reader.fixed<std::uint64_t>();
    parsed.record.hash = reader.fixed<std::uint64_t>();
    const auto count = reader.fixed<std::uint32_t>();
    for (std::uint32_t i = 0; i < count; ++i) {
        auto input = take_input(reader);
        if (!input) {
            return damaged("its inputs cannot be read");
        }
        parsed.record.inputs.push_back(std::move(*input));
    }
    if (!reader.is_done()) {
        return damaged("its inputs cannot be read");
    }
    parsed.bytes = record_head_bytes + body.size() + record_tail_bytes;
    return parsed;
}

// The record at the front of `bytes`, of which only the first `written` are not zeros to the end of the file.
std::expected<Parsed, Flaw> parse_record(std::string_view bytes, std::size_t written) {
    ByteReader head(bytes);
    const auto marker = head.fixed<std::uint32_t>();
    const auto length = head.fixed<std::uint32_t>();
    const auto body_checksum = head.fixed<std::uint32_t>();
    const auto head_checksum = head.fixed<std::uint32_t>();
    if (head.failed) {
        return torn("it is cut off");
    }
    const bool is_head = marker == record_marker && length <= record_limit &&
                         crc32c(bytes.substr(0, record_head_bytes - 4)) == head_checksum;
    if (!is_head) {
        return written < record_head_bytes ? torn("it is cut off")
                                           : damaged("it does not start like a record");
    }
    const std::string_view body = head.take(length);
    const auto end = head.fixed<std::uint32_t>();
    if (head.failed || written <= record_head_bytes + length) {
        return torn("it is cut off");
    }
    if (crc32c(body) != body_checksum || end != end_marker) {
        return damaged("its checksum is wrong");
    }
    return parse_body(body);
}

// Records that can be read further on: what is damaged before them has surely been acknowledged.
std::size_t records_behind(std::string_view bytes) {
    std::string marker;
    put_fixed(marker, record_marker);
    std::size_t found = 0;
    for (std::size_t at = bytes.find(marker, 1); at != std::string_view::npos;) {
        const auto parsed = parse_record(bytes.substr(at), bytes.size() - at);
        found += parsed ? 1 : 0;
        at = bytes.find(marker, at + (parsed ? parsed->bytes : 1));
    }
    return found;
}

void end_with(Segment& segment, const Flaw& flaw) {
    segment.end = flaw.end;
    segment.note = "record " + std::to_string(segment.records.size() + 1) + " at byte " +
                   std::to_string(segment.valid_bytes) + ": " + flaw.why;
}

void read_records(Segment& segment, std::string_view bytes) {
    const std::size_t written = bytes.find_last_not_of('\0') + 1;
    segment.valid_bytes = segment_header_bytes;
    std::uint64_t last_tick = segment.header.base_tick;
    while (segment.valid_bytes < written) {
        const std::string_view rest = bytes.substr(segment.valid_bytes);
        auto parsed = parse_record(rest, written - segment.valid_bytes);
        if (parsed && (parsed->chain_before != segment.last_chain() || parsed->record.tick <= last_tick)) {
            parsed = damaged("it does not follow the record before it");
        }
        if (!parsed) {
            end_with(segment, parsed.error());
            if (segment.end == Segment::End::damaged) {
                segment.lost_records = records_behind(rest);
            }
            return;
        }
        segment.chains.push_back(chain_after(segment.last_chain(), rest.substr(0, parsed->bytes)));
        last_tick = parsed->record.tick;
        segment.records.push_back(std::move(parsed->record));
        segment.valid_bytes += parsed->bytes;
    }
}

}  // namespace

std::string write_header(const SegmentHeader& header) {
    std::string out(segment_magic);
    put_fixed(out, journal_format);
    put_fixed(out, header.semantics);
    std::string id = header.world_id;
    id.resize(16, ' ');
    out += id;
    put_fixed(out, header.base_tick);
    put_fixed(out, header.base_hash);
    put_fixed(out, header.chain);
    put_fixed(out, std::uint32_t{0});
    put_fixed(out, crc32c(out));
    return out;
}

std::string write_record(const Record& record, std::uint64_t chain_before) {
    std::string body;
    put_fixed(body, record.tick);
    put_fixed(body, chain_before);
    put_fixed(body, record.hash);
    put_fixed(body, static_cast<std::uint32_t>(record.inputs.size()));
    for (const world::Input& input : record.inputs) {
        put_input(body, input);
    }
    std::string out;
    put_fixed(out, record_marker);
    put_fixed(out, static_cast<std::uint32_t>(body.size()));
    put_fixed(out, crc32c(body));
    put_fixed(out, crc32c(out));
    out += body;
    put_fixed(out, end_marker);
    return out;
}

std::uint64_t chain_after(std::uint64_t chain_before, std::string_view record_bytes) {
    std::uint64_t value = 0xcbf29ce484222325 ^ chain_before;
    for (const char c : record_bytes) {
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return value;
}

std::expected<Segment, std::string> read_segment(std::string_view bytes) {
    if (bytes.size() < segment_header_bytes || bytes.substr(0, segment_magic.size()) != segment_magic) {
        return std::unexpected("it is no journal of Kiln");
    }
    ByteReader reader(bytes.substr(segment_magic.size(), segment_header_bytes - segment_magic.size()));
    Segment segment;
    const auto format = reader.fixed<std::uint32_t>();
    segment.header.semantics = reader.fixed<std::uint32_t>();
    segment.header.world_id = reader.take(16);
    segment.header.base_tick = reader.fixed<std::uint64_t>();
    segment.header.base_hash = reader.fixed<std::uint64_t>();
    segment.header.chain = reader.fixed<std::uint64_t>();
    reader.fixed<std::uint32_t>();
    if (crc32c(bytes.substr(0, segment_header_bytes - 4)) != reader.fixed<std::uint32_t>()) {
        return std::unexpected("its header is damaged");
    }
    if (format != journal_format) {
        return std::unexpected("it has format " + std::to_string(format) + ", this program knows " +
                               std::to_string(journal_format));
    }
    read_records(segment, bytes);
    return segment;
}

}  // namespace kiln::server

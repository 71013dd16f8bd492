#include "server/journal/segment.h"

#include <optional>

#include "server/journal/bytes.h"
#include "world/schema/checksum.h"

namespace kiln::server {
namespace {

using schema::crc32c;

constexpr std::string_view segment_magic = "KILNJRNL";
constexpr std::uint32_t record_marker = 0x4345524b;          // "KREC"
constexpr std::size_t record_head_bytes = 12;                // marker, length, checksum
constexpr std::size_t record_limit = 256U << 20;             // an image may travel in a record

void put_input(std::string& out, const world::Input& input) {
    put_number(out, static_cast<std::uint8_t>(input.kind));
    put_number(out, input.session);
    put_number(out, input.number);
    put_number(out, input.character);
    put_number(out, static_cast<std::uint32_t>(input.text.size()));
    out += input.text;
}

std::optional<world::Input> take_input(ByteReader& reader) {
    world::Input input;
    const auto kind = reader.number<std::uint8_t>();
    if (kind > static_cast<std::uint8_t>(world::Input::Kind::staff)) {
        return std::nullopt;
    }
    input.kind = static_cast<world::Input::Kind>(kind);
    input.session = reader.number<std::uint64_t>();
    input.number = reader.number<std::uint64_t>();
    input.character = reader.number<std::uint64_t>();
    input.text = reader.take(reader.number<std::uint32_t>());
    return reader.ok ? std::optional(std::move(input)) : std::nullopt;
}

struct Parsed {
    Record record;
    std::uint64_t chain_before = 0;
    std::size_t bytes = 0;
};

// The record at the front of `bytes`, or why there is none.
std::expected<Parsed, std::string> parse_record(std::string_view bytes) {
    ByteReader head(bytes);
    const auto marker = head.number<std::uint32_t>();
    const auto length = head.number<std::uint32_t>();
    const auto checksum = head.number<std::uint32_t>();
    if (!head.ok) {
        return std::unexpected("it is cut off");
    }
    if (marker != record_marker || length > record_limit) {
        return std::unexpected("it does not start like a record");
    }
    const std::string_view body = head.take(length);
    if (!head.ok) {
        return std::unexpected("it is cut off");
    }
    if (crc32c(body) != checksum) {
        return std::unexpected("its checksum is wrong");
    }
    ByteReader reader(body);
    Parsed parsed;
    parsed.record.tick = reader.number<std::uint64_t>();
    parsed.chain_before = reader.number<std::uint64_t>();
    parsed.record.hash = reader.number<std::uint64_t>();
    const auto count = reader.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count; ++i) {
        auto input = take_input(reader);
        if (!input) {
            return std::unexpected("its inputs cannot be read");
        }
        parsed.record.inputs.push_back(std::move(*input));
    }
    if (!reader.ok || reader.left() != 0) {
        return std::unexpected("its inputs cannot be read");
    }
    parsed.bytes = record_head_bytes + length;
    return parsed;
}

// Whether a valid record starts anywhere later: then what is damaged before it is no torn tail.
bool record_follows(std::string_view bytes) {
    std::string marker;
    put_number(marker, record_marker);
    for (std::size_t at = bytes.find(marker, 1); at != std::string_view::npos;
         at = bytes.find(marker, at + 1)) {
        if (parse_record(bytes.substr(at))) {
            return true;
        }
    }
    return false;
}

void note_end(Segment& segment, std::string_view rest, const std::string& why) {
    segment.end = record_follows(rest) ? Segment::End::damaged : Segment::End::torn;
    segment.note = "record " + std::to_string(segment.records.size() + 1) + " at byte " +
                   std::to_string(segment.valid_bytes) + ": " + why +
                   (segment.end == Segment::End::damaged ? ", and valid records follow" : "");
}

}  // namespace

std::string write_header(const SegmentHeader& header) {
    std::string out(segment_magic);
    put_number(out, journal_format);
    put_number(out, header.semantics);
    std::string id = header.world_id;
    id.resize(16, ' ');
    out += id;
    put_number(out, header.base_tick);
    put_number(out, header.base_hash);
    put_number(out, header.chain);
    put_number(out, std::uint32_t{0});
    put_number(out, crc32c(out));
    return out;
}

std::string write_record(const Record& record, std::uint64_t chain_before) {
    std::string body;
    put_number(body, record.tick);
    put_number(body, chain_before);
    put_number(body, record.hash);
    put_number(body, static_cast<std::uint32_t>(record.inputs.size()));
    for (const world::Input& input : record.inputs) {
        put_input(body, input);
    }
    std::string out;
    put_number(out, record_marker);
    put_number(out, static_cast<std::uint32_t>(body.size()));
    put_number(out, crc32c(body));
    return out + body;
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
    const auto format = reader.number<std::uint32_t>();
    segment.header.semantics = reader.number<std::uint32_t>();
    segment.header.world_id = reader.take(16);
    segment.header.base_tick = reader.number<std::uint64_t>();
    segment.header.base_hash = reader.number<std::uint64_t>();
    segment.header.chain = reader.number<std::uint64_t>();
    reader.number<std::uint32_t>();
    if (crc32c(bytes.substr(0, segment_header_bytes - 4)) != reader.number<std::uint32_t>()) {
        return std::unexpected("its header is damaged");
    }
    if (format != journal_format) {
        return std::unexpected("it has format " + std::to_string(format) + ", this program knows " +
                               std::to_string(journal_format));
    }
    segment.valid_bytes = segment_header_bytes;
    std::uint64_t last_tick = segment.header.base_tick;
    while (segment.valid_bytes < bytes.size()) {
        const std::string_view rest = bytes.substr(segment.valid_bytes);
        auto parsed = parse_record(rest);
        if (!parsed) {
            note_end(segment, rest, parsed.error());
            return segment;
        }
        if (parsed->chain_before != segment.last_chain() || parsed->record.tick <= last_tick) {
            segment.end = Segment::End::damaged;
            segment.note = "record " + std::to_string(segment.records.size() + 1) + " at byte " +
                           std::to_string(segment.valid_bytes) + ": it does not follow the record before it";
            return segment;
        }
        segment.chains.push_back(chain_after(segment.last_chain(), rest.substr(0, parsed->bytes)));
        last_tick = parsed->record.tick;
        segment.records.push_back(std::move(parsed->record));
        segment.valid_bytes += parsed->bytes;
    }
    return segment;
}

}  // namespace kiln::server

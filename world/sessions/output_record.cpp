#include "world/sessions/output_record.h"

#include "world/schema/bytes.h"

namespace kiln::world {

using schema::put_bytes;
using schema::put_number;

void put_output(std::string& to, const Output::Body& body) {
    put_number(to, static_cast<std::uint64_t>(body.kind));
    put_bytes(to, body.topic);
    put_number(to, body.runs.size());
    for (const auto& run : body.runs) {
        put_bytes(to, run.style);
        put_bytes(to, run.text);
    }
    put_bytes(to, body.data);
}

static Output::Body read_output(schema::ByteReader& reader) {
    Output::Body body;
    const auto kind = reader.number();
    if (kind > static_cast<std::uint64_t>(Output::Kind::gap)) reader.failed = true;
    body.kind = static_cast<Output::Kind>(reader.failed ? 0 : kind);
    body.topic = reader.bytes();
    for (auto left = reader.count(); left > 0 && !reader.failed; --left) {
        const auto style = reader.bytes();
        body.runs.push_back({std::string(style), std::string(reader.bytes())});
    }
    body.data = reader.bytes();
    return body;
}

std::optional<std::vector<Output::Body>> read_outputs(std::string_view bytes) {
    schema::ByteReader reader(bytes);
    std::vector<Output::Body> bodies;
    while (reader.left() > 0 && !reader.failed) bodies.push_back(read_output(reader));
    if (reader.failed) return std::nullopt;
    return bodies;
}

std::string plain_text(const Output& output) {
    std::string text;
    for (const auto& run : output->runs) text += run.text;
    return text;
}

}  // namespace kiln::world

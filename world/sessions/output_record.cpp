#include "world/sessions/output_record.h"

namespace kiln::world {

namespace {

void put(std::string& to, std::uint64_t value) {
    while (value >= 0x80) {
        to += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    to += static_cast<char>(value);
}

void put(std::string& to, std::string_view bytes) {
    put(to, bytes.size());
    to += bytes;
}

class Reader {
   public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    bool failed = false;
    bool is_done() const { return !failed && rest_.empty(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed = true;
        return 0;
    }
    std::size_t count() {
        const auto value = number();
        if (value > rest_.size()) failed = true;
        return failed ? 0 : static_cast<std::size_t>(value);
    }
    std::string bytes() {
        const auto size = count();
        std::string result(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return result;
    }

   private:
    std::string_view rest_;
};

}  // namespace

std::string encode(const Output& output) {
    std::string bytes;
    put(bytes, static_cast<std::uint64_t>(output.kind));
    put(bytes, output.topic);
    put(bytes, output.runs.size());
    for (const auto& run : output.runs) {
        put(bytes, run.style);
        put(bytes, run.text);
    }
    put(bytes, output.data);
    return bytes;
}

std::optional<Output> decode_output(std::string_view bytes) {
    Reader reader(bytes);
    Output output;
    const auto kind = reader.number();
    if (kind > static_cast<std::uint64_t>(Output::Kind::gap)) return std::nullopt;
    output.kind = static_cast<Output::Kind>(kind);
    output.topic = reader.bytes();
    for (auto left = reader.count(); left > 0 && !reader.failed; --left) {
        auto style = reader.bytes();
        output.runs.push_back({std::move(style), reader.bytes()});
    }
    output.data = reader.bytes();
    if (!reader.is_done()) return std::nullopt;
    return output;
}

std::string plain_text(const Output& output) {
    std::string text;
    for (const auto& run : output.runs) text += run.text;
    return text;
}

}  // namespace kiln::world

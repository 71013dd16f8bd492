#include "world/snapshot/snapshot.h"

#include <cereal/archives/portable_binary.hpp>
#include <istream>
#include <ostream>
#include <streambuf>

#include "world/schema/envelope.h"

namespace kiln::world {

namespace {

constexpr schema::Envelope envelope{.magic = "KILNSNP\n",
                                    .format = snapshot_format_version,
                                    .most_bytes = 4ull << 30,
                                    .effort = 1,
                                    .name = "snapshot",
                                    .advice = "use the one before it",
                                    .other_format = "open it with the program that wrote it"};

class StringSink final : public std::streambuf {
   public:
    std::string bytes;

   protected:
    int_type overflow(int_type c) override {
        bytes += static_cast<char>(c);
        return c;
    }
    std::streamsize xsputn(const char* from, std::streamsize count) override {
        bytes.append(from, static_cast<std::size_t>(count));
        return count;
    }
};

// Ends at the last byte and says how many are left.
class BoundedSource final : public std::streambuf {
   public:
    explicit BoundedSource(std::string_view bytes) {
        auto* begin = const_cast<char*>(bytes.data());
        setg(begin, begin, begin + bytes.size());
    }
    std::size_t left() const { return static_cast<std::size_t>(egptr() - gptr()); }
};

class Writer {
   public:
    explicit Writer(std::ostream& stream) : archive_(stream) {}
    void number(std::uint64_t value) { archive_(value); }
    void bytes(std::string_view value) {
        number(value.size());
        archive_(cereal::binary_data(value.data(), value.size()));
    }

   private:
    cereal::PortableBinaryOutputArchive archive_;
};

// Reading past the end or a count that cannot be true throws Damaged; read_snapshot catches it.
struct Damaged {};

class Reader {
   public:
    Reader(std::istream& stream, const BoundedSource& source) : archive_(stream), source_(source) {}
    std::uint64_t number() {
        std::uint64_t value = 0;
        archive_(value);
        return value;
    }
    std::uint32_t small() {
        const auto value = number();
        if (value > 0xffffffff) throw Damaged{};
        return static_cast<std::uint32_t>(value);
    }
    // Of things that take so many bytes at least.
    std::size_t count(std::size_t smallest) {
        const auto value = number();
        if (value > source_.left() / smallest) throw Damaged{};
        return static_cast<std::size_t>(value);
    }
    std::string bytes() {
        std::string value(count(1), '\0');
        archive_(cereal::binary_data(value.data(), value.size()));
        return value;
    }

   private:
    cereal::PortableBinaryInputArchive archive_;
    const BoundedSource& source_;
};

void write_column(Writer& writer, const Store::Dump::Column& column) {
    writer.bytes(column.info.name);
    writer.number(static_cast<std::uint64_t>(column.info.table));
    writer.number(static_cast<std::uint64_t>(column.info.type));
    writer.number(static_cast<std::uint64_t>(column.info.value));
    writer.bytes(column.info.shape);
    writer.bytes(column.info.bytes);
    writer.number(column.slots.size());
    for (const auto& [row, value] : column.slots) {
        writer.number(row);
        writer.number(static_cast<std::uint64_t>(value));
    }
    writer.number(column.bytes.size());
    for (const auto& [row, bytes] : column.bytes) {
        writer.number(row);
        writer.bytes(bytes);
    }
}

Store::Dump::Column read_column(Reader& reader) {
    Store::Dump::Column column;
    column.info.name = reader.bytes();
    const auto table = reader.number(), type = reader.number();
    if (table >= static_cast<std::uint64_t>(Table::none) || type > static_cast<std::uint64_t>(vm::first_own_type))
        throw Damaged{};
    column.info.table = static_cast<Table>(table);
    column.info.type = static_cast<vm::SlotType>(type);
    column.info.value = static_cast<Slot>(reader.number());
    column.info.shape = reader.bytes();
    column.info.bytes = reader.bytes();
    for (auto left = reader.count(16); left > 0; --left) {
        const auto row = reader.small();
        column.slots.emplace_back(row, static_cast<Slot>(reader.number()));
    }
    for (auto left = reader.count(16); left > 0; --left) {
        const auto row = reader.small();
        column.bytes.emplace_back(row, reader.bytes());
    }
    return column;
}

std::string body_of(const Snapshot& snapshot) {
    StringSink sink;
    std::ostream stream(&sink);
    Writer writer(stream);
    writer.number(snapshot.semantics);
    writer.number(snapshot.options.seed);
    writer.number(snapshot.options.tick_ms);
    const auto& limits = snapshot.options.limits;
    for (const auto value : {static_cast<std::uint64_t>(limits.fuel), std::uint64_t{limits.arena_bytes},
                             std::uint64_t{limits.call_depth}, std::uint64_t{limits.list_length},
                             std::uint64_t{limits.string_bytes}, std::uint64_t{limits.value_bytes},
                             std::uint64_t{limits.text_parts}}) {
        writer.number(value);
    }
    writer.number(snapshot.images.size());
    for (const auto& image : snapshot.images) writer.bytes(image);
    const auto& state = snapshot.state;
    writer.number(state.names.size());
    for (const auto& name : state.names) writer.bytes(name);
    writer.number(state.generations.size());
    for (std::size_t table = 0; table < state.generations.size(); ++table) {
        writer.number(state.generations[table].size());
        for (std::size_t row = 0; row < state.generations[table].size(); ++row) {
            writer.number(std::uint64_t{state.generations[table][row]} << 1 |
                          (state.alive[table][row] ? 1 : 0));
        }
    }
    writer.number(state.columns.size());
    for (const auto& column : state.columns) write_column(writer, column);
    return std::move(sink.bytes);
}

Snapshot read_body(Reader& reader) {
    Snapshot snapshot;
    snapshot.semantics = reader.small();
    snapshot.options.seed = reader.number();
    snapshot.options.tick_ms = reader.small();
    auto& limits = snapshot.options.limits;
    limits.fuel = static_cast<std::int64_t>(reader.number());
    limits.arena_bytes = reader.small();
    limits.call_depth = reader.small();
    limits.list_length = reader.small();
    limits.string_bytes = reader.small();
    limits.value_bytes = reader.small();
    limits.text_parts = reader.small();
    for (auto left = reader.count(8); left > 0; --left) snapshot.images.push_back(reader.bytes());
    auto& state = snapshot.state;
    for (auto left = reader.count(8); left > 0; --left) state.names.push_back(reader.bytes());
    for (auto left = reader.count(8); left > 0; --left) {
        auto& generations = state.generations.emplace_back();
        auto& alive = state.alive.emplace_back();
        for (auto rows = reader.count(8); rows > 0; --rows) {
            const auto life = reader.number();
            if (life >> 33 != 0) throw Damaged{};
            generations.push_back(static_cast<std::uint32_t>(life >> 1));
            alive.push_back((life & 1) != 0);
        }
    }
    for (auto left = reader.count(8); left > 0; --left) state.columns.push_back(read_column(reader));
    return snapshot;
}

}  // namespace

std::string write_snapshot(const Snapshot& snapshot) { return schema::seal(envelope, body_of(snapshot)); }

std::expected<Snapshot, std::string> read_snapshot(std::string_view bytes) {
    const auto body = schema::unseal(envelope, bytes);
    if (!body) return std::unexpected(body.error());
    try {
        BoundedSource source(*body);
        std::istream stream(&source);
        Reader reader(stream, source);
        auto snapshot = read_body(reader);
        if (source.left() == 0) return snapshot;
    } catch (const Damaged&) {
    } catch (const cereal::Exception&) {
    }
    return std::unexpected(schema::refusal(envelope, "is damaged (its parts do not fit)"));
}

}  // namespace kiln::world

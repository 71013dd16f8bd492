#pragma once
// Every message between a client and the server, both directions, and the one table that describes them. A
// message is a JSON object; its member "type" names it. A frame holds one, or (from the server) an array.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "world/world.h"

namespace kiln::server {

constexpr std::int64_t protocol_version = 1;

using Run = world::StyledRun;

// ---- client -> server
struct Hello {
    std::int64_t version = 0;
    std::string token, name;
    std::uint64_t session = 0, last_seen = 0;
    bool operator==(const Hello&) const = default;
};
struct Command {
    std::uint64_t n = 0;
    std::string text;
    bool operator==(const Command&) const = default;
};
struct Seen {                            // "ack" of a client
    std::uint64_t n = 0;
    bool operator==(const Seen&) const = default;
};
struct Ping {
    std::uint64_t t = 0;
    bool operator==(const Ping&) const = default;
};
using ClientMessage = std::variant<Hello, Command, Seen, Ping>;

// ---- server -> client
struct Welcome {
    std::int64_t version = protocol_version;
    std::string name;
    std::string character;               // decimal: a 64-bit id does not fit a JavaScript number
    std::string token;
    std::uint64_t session = 0, last_input = 0, next_output = 1;
    std::string world;
};
struct Durable {                         // "ack" of the server
    std::uint64_t n = 0;
};
struct Notice {
    std::string text;
};
struct Aside {                           // what a command shows while the world stands still
    std::uint64_t n = 0;                 // that command
    std::string topic;
    std::vector<Run> runs;
};
struct Error {
    std::string_view code;
    std::string message;
    std::uint64_t n = 0;                 // the command it answers; 0 = none
};
struct Closed {
    std::string_view code;
    std::string reason;
    std::uint64_t n = 0;                 // its number if the world sent it; 0 = none
};
struct Pong {
    std::uint64_t t = 0;
};
// What the world says (text, room, prompt, stat_update, gap, closed) is a world::Output.
using ServerMessage = std::variant<Welcome, Durable, Notice, Aside, Error, Closed, Pong>;

// ---- the table
enum class FieldType : std::uint8_t { integer, text, runs, object };
struct FieldRow {
    std::string_view name;
    FieldType type;
    bool required;
    std::string_view meaning;
};
enum class Direction : std::uint8_t { to_server, to_client };
struct MessageRow {
    std::string_view name;
    Direction direction;
    std::string_view meaning;
    std::span<const FieldRow> fields;
};
std::span<const MessageRow> message_table();

// Codes of error and closed messages.
namespace code {
#define KILN_CODE(name, closes, meaning) inline constexpr std::string_view name = #name;
#include "server/protocol/codes.def"
#undef KILN_CODE
}  // namespace code
struct CodeRow {
    std::string_view name;
    std::uint16_t closes;                // WebSocket close code; 0 = the connection goes on
    std::string_view meaning;
};
std::span<const CodeRow> code_table();
const CodeRow& code_row(std::string_view name);

// The tables as Markdown, as docs/protocol.md carries them.
std::string print_message_tables();

}  // namespace kiln::server

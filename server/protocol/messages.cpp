#include "server/protocol/messages.h"

#include <array>

namespace kiln::server {
namespace {

using enum FieldType;

constexpr FieldRow hello_fields[] = {
    {"version", integer, true, "Version of this protocol: 1."},
    {"token", text, false, "From an earlier welcome: come back as the same character."},
    {"name", text, false, "Name of a new character. Without token and name one plays as a guest."},
    {"session", integer, false, "From an earlier welcome: go on with this session instead of a new one."},
    {"last_seen", integer, false, "With session: number of the last output seen. Later ones are sent again."},
};
constexpr FieldRow command_fields[] = {
    {"n", integer, true,
     "The client's number of it, from 1, rising in the session. A number seen before is not run again."},
    {"text", FieldType::text, true, "The line as typed."},
};
constexpr FieldRow seen_fields[] = {
    {"n", integer, true, "Outputs up to this number have been seen and need not be kept."},
};
constexpr FieldRow ping_fields[] = {
    {"t", integer, true, "Any number; comes back."},
};
constexpr FieldRow welcome_fields[] = {
    {"version", integer, true, "Version of this protocol."},
    {"name", text, true, "Name of the character."},
    {"character", text, true, "Its id, in decimal digits."},
    {"token", text, true, "Secret to come back with, valid for 30 days after the last visit. Keep it."},
    {"session", integer, true, "Number of the session."},
    {"last_input", integer, true, "Highest command number that has been taken over; send later ones again."},
    {"next_output", integer, true, "Number that the next output will have."},
    {"world", text, true, "Title of the world."},
};
constexpr FieldRow text_fields[] = {
    {"n", integer, true, "Number of this output in the session, from 1 without gaps."},
    {"topic", FieldType::text, true, "What it is about: say, tell, combat, error, room..."},
    {"runs", runs, true, "The paragraph: a list of {\"s\": style, \"t\": text}; s is left out when empty."},
};
constexpr FieldRow data_fields[] = {
    {"n", integer, true, "Number of this output."},
    {"data", object, true, "See below."},
};
constexpr FieldRow prompt_fields[] = {
    {"n", integer, true, "Number of this output."},
    {"runs", runs, true, "The prompt as text."},
    {"data", object, true, "Its numbers."},
};
constexpr FieldRow durable_fields[] = {
    {"n", integer, true,
     "The command with this number is on disk: it will happen exactly once, whatever fails now."},
};
constexpr FieldRow gap_fields[] = {
    {"n", integer, true,
     "Number of this output. Earlier ones were lost to this client; a full refresh follows."},
};
constexpr FieldRow notice_fields[] = {
    {"text", FieldType::text, true,
     "From the server itself, not from the world: content reloaded, server stops."},
};
constexpr FieldRow aside_fields[] = {
    {"n", integer, true, "Number of the command that it answers. It was not kept, and its number may be used again."},
    {"topic", text, true, "As in text."},
    {"runs", runs, true, "As in text."},
};
constexpr FieldRow error_fields[] = {
    {"code", text, true, "A code of the table below."},
    {"message", text, true, "A sentence for people."},
    {"n", integer, false, "Number of the command that it answers."},
};
constexpr FieldRow closed_fields[] = {
    {"code", text, true,
     "A code of the table below. After ended and taken_over a client must not connect by itself."},
    {"reason", text, true, "A sentence for people."},
    {"n", integer, false, "Number of this output, if the world closed the session."},
};
constexpr FieldRow pong_fields[] = {
    {"t", integer, true, "From the ping."},
};

using enum Direction;
constexpr MessageRow rows[] = {
    {"hello", to_server, "First message: who is it.", hello_fields},
    {"command", to_server, "A line typed by the player.", command_fields},
    {"ack", to_server, "Outputs that arrived. Send one every second or so.", seen_fields},
    {"ping", to_server, "Asks for a pong.", ping_fields},
    {"welcome", to_client, "Answers hello.", welcome_fields},
    {"text", to_client, "One paragraph to show.", text_fields},
    {"room", to_client, "Where one is: name, exits, things.", data_fields},
    {"prompt", to_client, "Hit points and so on.", prompt_fields},
    {"stat_update", to_client, "Numbers that changed, and only those.", data_fields},
    {"ack", to_client, "A command is durable.", durable_fields},
    {"gap", to_client, "Output was dropped.", gap_fields},
    {"notice", to_client, "Word from the server.", notice_fields},
    {"aside", to_client,
     "What a command shows that only looks, while the world stands still because the disk is full. It has no number of "
     "its own and is not sent again.",
     aside_fields},
    {"error", to_client, "A message was refused; the connection goes on unless closed follows.",
     error_fields},
    {"closed", to_client, "Last message before the server closes the connection.", closed_fields},
    {"pong", to_client, "Answers ping.", pong_fields},
};

constexpr CodeRow codes[] = {
#define KILN_CODE(name, closes, meaning) {#name, closes, meaning},
#include "server/protocol/codes.def"
#undef KILN_CODE
};

std::string_view type_name(FieldType type) {
    switch (type) {
        case integer: return "integer";
        case text: return "text";
        case runs: return "runs";
        case object: return "object";
    }
    return "";
}

void print_message(std::string& out, const MessageRow& row) {
    out += "\n#### `" + std::string(row.name) + "`\n\n" + std::string(row.meaning) + "\n\n";
    out += "| member | type | | meaning |\n|---|---|---|---|\n";
    for (const FieldRow& field : row.fields) {
        out += "| `" + std::string(field.name) + "` | " + std::string(type_name(field.type)) + " | " +
               (field.required ? "" : "optional") + " | " + std::string(field.meaning) + " |\n";
    }
}

}  // namespace

std::span<const MessageRow> message_table() { return rows; }
std::span<const CodeRow> code_table() { return codes; }

const CodeRow& code_row(std::string_view name) {
    for (const CodeRow& row : codes) {
        if (row.name == name) {
            return row;
        }
    }
    return code_row(code::trouble);
}

std::string print_message_tables() {
    std::string out = "### From the client\n";
    for (const MessageRow& row : rows) {
        if (row.direction == to_server) {
            print_message(out, row);
        }
    }
    out += "\n### From the server\n";
    for (const MessageRow& row : rows) {
        if (row.direction == to_client) {
            print_message(out, row);
        }
    }
    out += "\n### Codes of `error` and `closed`\n\n| code | close code | meaning |\n|---|---|---|\n";
    for (const CodeRow& row : codes) {
        out += "| `" + std::string(row.name) + "` | " + (row.closes == 0 ? "" : std::to_string(row.closes)) +
               " | " + std::string(row.meaning) + " |\n";
    }
    return out;
}

}  // namespace kiln::server

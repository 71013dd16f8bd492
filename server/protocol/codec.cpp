#include "server/protocol/codec.h"

#include <boost/json.hpp>
#include <optional>

#include "server/config.h"

namespace kiln::server {
namespace {

namespace json = boost::json;

// Numbers above 2^53 do not survive a JavaScript client.
constexpr std::int64_t highest_number = 9'007'199'254'740'991;

std::unexpected<BadMessage> refuse(std::string_view code, std::string message, std::uint64_t n = 0) {
    return std::unexpected(BadMessage{code, std::move(message), n});
}

// A short, harmless piece of a client's own words, for error messages.
std::string shown(std::string_view words) { return clean_line(words.substr(0, 40)); }

std::optional<std::uint64_t> number_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0 ||
        value->get_int64() > highest_number) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(value->get_int64());
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool fits(const json::value& value, FieldType type, const json::object& object, std::string_view name) {
    switch (type) {
        case FieldType::integer: return number_of(object, name).has_value();
        case FieldType::text: return value.is_string();
        case FieldType::runs: return value.is_array();
        case FieldType::object: return value.is_object();
    }
    return false;
}

// Checks presence and types against the table, so that the table cannot promise what the code does not keep.
std::optional<BadMessage> check_fields(const json::object& object, const MessageRow& row) {
    const std::uint64_t n = number_of(object, "n").value_or(0);
    for (const FieldRow& field : row.fields) {
        const json::value* value = object.if_contains(field.name);
        if (value == nullptr || value->is_null()) {
            if (field.required) {
                return BadMessage{code::bad_field,
                                  std::string(row.name) + " needs " + std::string(field.name), n};
            }
        } else if (!fits(*value, field.type, object, field.name)) {
            return BadMessage{
                code::bad_field,
                std::string(field.name) + " of " + std::string(row.name) + " must be " +
                    (field.type == FieldType::integer ? "an integer from 0 to 2^53 - 1" : "a text"),
                n};
        }
    }
    return std::nullopt;
}

std::expected<ClientMessage, BadMessage> decode_hello(const json::object& object) {
    Hello hello;
    hello.version = static_cast<std::int64_t>(number_of(object, "version").value_or(0));
    hello.token = text_of(object, "token");
    hello.name = clean_line(text_of(object, "name"));
    hello.session = number_of(object, "session").value_or(0);
    hello.last_seen = number_of(object, "last_seen").value_or(0);
    if (hello.name.size() > name_bytes) {
        return refuse(code::name_refused, "a name may have " + std::to_string(name_bytes) + " bytes");
    }
    if (hello.token.size() > 2 * token_bytes) {
        return refuse(code::bad_token, "this is no token of this server");
    }
    return hello;
}

std::expected<ClientMessage, BadMessage> decode_command(const json::object& object) {
    Command command{number_of(object, "n").value_or(0), text_of(object, "text")};
    if (command.n == 0) {
        return refuse(code::bad_field, "commands are numbered from 1");
    }
    if (command.text.size() > line_bytes) {
        return refuse(code::line_too_long, "a command may have " + std::to_string(line_bytes) + " bytes",
                      command.n);
    }
    command.text = clean_line(command.text);
    return command;
}

void put_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += c;
        } else if (byte == '\n') {
            out += "\\n";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void put_runs(std::string& out, const std::vector<Run>& runs) {
    out += ",\"runs\":[";
    for (std::size_t i = 0; i < runs.size(); ++i) {
        out += i == 0 ? "{" : ",{";
        if (!runs[i].style.empty()) {
            out += "\"s\":";
            put_quoted(out, runs[i].style);
            out += ',';
        }
        out += "\"t\":";
        put_quoted(out, runs[i].text);
        out += '}';
    }
    out += ']';
}

// The world's data are canonical JSON already; they are put in as they are.
void put_data(std::string& out, const std::string& data) {
    out += ",\"data\":" + (data.empty() ? "{}" : data);
}

std::string_view type_of(world::Output::Kind kind) {
    using enum world::Output::Kind;
    switch (kind) {
        case text: return "text";
        case room: return "room";
        case prompt: return "prompt";
        case stat_update: return "stat_update";
        case closed: return "closed";
        case gap: return "gap";
    }
    return "notice";
}

struct Encoder {
    std::string operator()(const Welcome& m) const {
        return json::serialize(json::object{{"type", "welcome"},
                                            {"version", m.version},
                                            {"name", m.name},
                                            {"character", m.character},
                                            {"token", m.token},
                                            {"session", m.session},
                                            {"last_input", m.last_input},
                                            {"next_output", m.next_output},
                                            {"world", m.world}});
    }
    std::string operator()(const Durable& m) const {
        return json::serialize(json::object{{"type", "ack"}, {"n", m.n}});
    }
    std::string operator()(const Notice& m) const {
        return json::serialize(json::object{{"type", "notice"}, {"text", m.text}});
    }
    std::string operator()(const Aside& m) const {
        std::string out = "{\"type\":\"aside\",\"n\":" + std::to_string(m.n) + ",\"topic\":";
        put_quoted(out, m.topic);
        put_runs(out, m.runs);
        return out + '}';
    }
    std::string operator()(const Error& m) const {
        json::object object{{"type", "error"}, {"code", m.code}, {"message", m.message}};
        if (m.n != 0) {
            object["n"] = m.n;
        }
        return json::serialize(object);
    }
    std::string operator()(const Closed& m) const {
        json::object object{{"type", "closed"}, {"code", m.code}, {"reason", m.reason}};
        if (m.n != 0) {
            object["n"] = m.n;
        }
        return json::serialize(object);
    }
    std::string operator()(const Pong& m) const {
        return json::serialize(json::object{{"type", "pong"}, {"t", m.t}});
    }
};

bool disturbs(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

}  // namespace

std::expected<ClientMessage, BadMessage> decode(std::string_view frame) {
    json::parse_options options;
    options.max_depth = json_depth;
    boost::system::error_code error;
    const json::value value = json::parse(json::string_view(frame.data(), frame.size()), error, {}, options);
    if (error) {
        return refuse(code::bad_json, "not a JSON message: " + error.message());
    }
    if (!value.is_object()) {
        return refuse(code::bad_json, "a message is a JSON object");
    }
    const json::object& object = value.get_object();
    const json::value* type = object.if_contains("type");
    if (type == nullptr || !type->is_string()) {
        return refuse(code::unknown_type, "a message needs a type");
    }
    const std::string_view name(type->get_string().data(), type->get_string().size());
    for (const MessageRow& row : message_table()) {
        if (row.direction != Direction::to_server || row.name != name) {
            continue;
        }
        if (auto bad = check_fields(object, row)) {
            return std::unexpected(std::move(*bad));
        }
        if (name == "hello") {
            return decode_hello(object);
        }
        if (name == "command") {
            return decode_command(object);
        }
        if (name == "ack") {
            return Seen{number_of(object, "n").value_or(0)};
        }
        return Ping{number_of(object, "t").value_or(0)};
    }
    return refuse(code::unknown_type, "no message has the type \"" + shown(name) + "\"");
}

std::string encode(const ServerMessage& message) { return std::visit(Encoder{}, message); }

EncodedBody encode_body(const world::Output::Body& body) {
    using enum world::Output::Kind;
    EncodedBody encoded;
    encoded.head = "{\"type\":\"" + std::string(type_of(body.kind)) + "\",\"n\":";
    std::string& out = encoded.tail;
    if (body.kind == text) {
        out += ",\"topic\":";
        put_quoted(out, body.topic);
    }
    if (body.kind == closed) {
        std::string reason;
        for (const Run& run : body.runs) {
            reason += run.text;
        }
        out += ",\"code\":\"" + std::string(code::ended) + "\",\"reason\":";
        put_quoted(out, reason);
    }
    if (body.kind == text || body.kind == prompt) {
        put_runs(out, body.runs);
    }
    if (body.kind == room || body.kind == prompt || body.kind == stat_update) {
        put_data(out, body.data);
    }
    out += '}';
    return encoded;
}

std::string clean_line(std::string_view text) {
    std::string clean;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length > text.size() - i) {
            break;                       // a cut-off sequence at the end
        }
        char32_t c = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        }
        if (c == '\t') {
            clean += ' ';
        } else if (!disturbs(c)) {
            clean.append(text.substr(i, length));
        }
        i += length;
    }
    return clean;
}

}  // namespace kiln::server

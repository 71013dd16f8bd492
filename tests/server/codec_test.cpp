#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "server/config.h"
#include "server/log.h"
#include "server/protocol/codec.h"

using namespace kiln::server;

namespace {

std::string_view refusal(std::string_view frame) {
    const auto message = decode(frame);
    return message ? std::string_view("none") : message.error().code;
}

const MessageRow& row(std::string_view name, Direction direction) {
    for (const MessageRow& candidate : message_table()) {
        if (candidate.name == name && candidate.direction == direction) {
            return candidate;
        }
    }
    throw std::runtime_error("no such message: " + std::string(name));
}

}  // namespace

using Kind = kiln::world::Output::Kind;

static std::string output(std::uint64_t number, const kiln::world::Output::Body& body) {
    const EncodedBody encoded = encode_body(body);
    return encoded.head + std::to_string(number) + encoded.tail;
}

TEST_CASE("client messages are decoded with their optional members") {
    REQUIRE(std::get<Hello>(*decode(R"({"type":"hello","version":1})")) == Hello{1, "", "", 0, 0});
    REQUIRE(std::get<Hello>(*decode(
                R"({"type":"hello","version":1,"token":"t","name":"Ann","session":7,"last_seen":9})")) ==
            Hello{1, "t", "Ann", 7, 9});
    REQUIRE(std::get<Command>(*decode(R"({"type":"command","n":3,"text":"look"})")) == Command{3, "look"});
    REQUIRE(std::get<Seen>(*decode(R"({"type":"ack","n":12})")) == Seen{12});
    REQUIRE(std::get<Ping>(*decode(R"({"type":"ping","t":5})")) == Ping{5});
}

TEST_CASE("whatever is not a message is refused with a code") {
    REQUIRE(refusal("") == code::bad_json);
    REQUIRE(refusal("hello") == code::bad_json);
    REQUIRE(refusal("[]") == code::bad_json);
    REQUIRE(refusal("{\"type\":\"ping\",\"t\":1} x") == code::bad_json);
    REQUIRE(refusal("{\"type\":\"ping\",\"t\":\"\xff\"}") == code::bad_json);
    REQUIRE(refusal("{}") == code::unknown_type);
    REQUIRE(refusal(R"({"type":"welcome"})") == code::unknown_type);
    REQUIRE(refusal(R"({"type":7})") == code::unknown_type);
    REQUIRE(refusal(R"({"type":"command","text":"look"})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":1})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":-1,"text":"x"})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":0,"text":"x"})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":1.5,"text":"x"})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":9007199254740992,"text":"x"})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"command","n":1,"text":{}})") == code::bad_field);
    REQUIRE(refusal(R"({"type":"hello"})") == code::bad_field);
}

TEST_CASE("nesting beyond the limit is refused, not followed") {
    REQUIRE(refusal(std::string(100'000, '[')) == code::bad_json);
    REQUIRE(refusal(R"({"type":"ping","t":1,"x":)" + std::string(100, '[') + std::string(100, ']') + "}") ==
            code::bad_json);
    const auto nested = [](int depth) {
        const auto times = static_cast<std::size_t>(depth);
        return refusal(R"({"type":"ping","t":1,"x":)" + std::string(times, '[') + std::string(times, ']') +
                       "}");
    };
    REQUIRE(nested(json_depth - 1) == "none");
    REQUIRE(nested(json_depth) == code::bad_json);
}

TEST_CASE("a line of the greatest length passes and a longer one is refused with its number") {
    const auto line = [](std::size_t length) {
        return R"({"type":"command","n":4,"text":")" + std::string(length, 'a') + "\"}";
    };
    REQUIRE(refusal(line(line_bytes)) == "none");
    const auto refused = decode(line(line_bytes + 1));
    REQUIRE(refused.error().code == code::line_too_long);
    REQUIRE(refused.error().n == 4);
}

TEST_CASE("a name and a token have a greatest length") {
    const auto hello = [](std::string_view field, std::size_t length) {
        return refusal(R"({"type":"hello","version":1,")" + std::string(field) + "\":\"" +
                       std::string(length, 'a') + "\"}");
    };
    REQUIRE(hello("name", name_bytes) == "none");
    REQUIRE(hello("name", name_bytes + 1) == code::name_refused);
    REQUIRE(hello("token", 2 * token_bytes) == "none");
    REQUIRE(hello("token", 2 * token_bytes + 1) != "none");
}

TEST_CASE("control and bidirectional characters never enter with a line") {
    const auto command = decode(
        "{\"type\":\"command\",\"n\":1,\"text\":\"a\\u0000b\\u001b["
        "31mc\\td\\u009be\\u202ef\\u2028g\xc3\xa9\"}");
    REQUIRE(std::get<Command>(*command).text == "ab[31mc defg\xc3\xa9");
    REQUIRE(clean_line("cut \xc3") == "cut ");
}

TEST_CASE("server messages carry exactly the members of the table") {
    const std::vector<Run> runs{{"exit", "north"}, {"", "\"x\"\n"}};
    const std::pair<std::string_view, std::string> all[] = {
        {"welcome", encode(Welcome{1, "Ann", "12", "t", 3, 4, 5, "W"})},
        {"text", output(1, {Kind::text, "say", runs, ""})},
        {"room", output(2, {Kind::room, "room", {}, R"({"name":"A"})"})},
        {"prompt", output(3, {Kind::prompt, "", runs, ""})},
        {"stat_update", output(4, {Kind::stat_update, "", {}, R"({"hp":1})"})},
        {"ack", encode(Durable{5})},
        {"gap", output(6, {Kind::gap, "gap", {}, ""})},
        {"closed", output(6, {Kind::closed, "closed", {{"", "Good \"bye\"."}}, ""})},
        {"notice", encode(Notice{"x"})},
        {"aside", encode(Aside{7, "room", runs})},
        {"error", encode(Error{code::too_fast, "x", 7})},
        {"closed", encode(Closed{code::ended, "x", 8})},
        {"pong", encode(Pong{9})},
    };
    std::set<std::string_view> seen;
    for (const auto& [name, message] : all) {
        const auto object = boost::json::parse(message).as_object();
        REQUIRE(object.at("type").as_string() == boost::json::string_view(name.data(), name.size()));
        const MessageRow& described = row(name, Direction::to_client);
        REQUIRE(object.size() == described.fields.size() + 1);
        for (const FieldRow& field : described.fields) {
            INFO(name << "." << field.name);
            REQUIRE(object.contains(field.name));
        }
        seen.insert(name);
    }
    for (const MessageRow& described : message_table()) {
        REQUIRE((described.direction == Direction::to_server || seen.contains(described.name)));
    }
    REQUIRE(output(1, {Kind::text, "say", runs, ""}) ==
            R"({"type":"text","n":1,"topic":"say","runs":[{"s":"exit","t":"north"},{"t":"\"x\"\n"}]})");
}

TEST_CASE("docs/protocol.md carries the tables as they are") {
    std::ifstream file("docs/protocol.md");
    std::ostringstream text;
    text << file.rdbuf();
    REQUIRE(text.str().find(print_message_tables()) != std::string::npos);
}

TEST_CASE("log lines cannot be forged by what a player types") {
    const std::string line = format_log(
        true, "command", {{"text", std::string("a\"\n\x1b[2J\x7f\xc2\x9b{}")}, {"n", std::uint64_t{3}}});
    REQUIRE(line == R"("event":"command","text":"a\"\n\u001b[2J\u007f\u009b{}","n":3)");
    REQUIRE(boost::json::parse("{" + line + "}").as_object().at("n").as_int64() == 3);
}

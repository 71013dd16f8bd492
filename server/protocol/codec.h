#pragma once
// Messages as JSON text, both ways. Decoding survives any bytes: bounded depth, bounded numbers, typed
// refusals.

#include <expected>
#include <string>
#include <string_view>

#include "server/protocol/messages.h"

namespace kiln::server {

// What is wrong with a message. `n` is the number of the command, if one could be read.
struct BadMessage {
    std::string_view code;
    std::string message;
    std::uint64_t n = 0;
};

std::expected<ClientMessage, BadMessage> decode(std::string_view frame);
std::string encode(const ServerMessage& message);
// What the world says to several clients in the same words differs only in the number between head and tail.
struct EncodedBody {
    std::string head, tail;
};
EncodedBody encode_body(const world::Output::Body& body);

// Text typed by a player without what could disturb another's terminal, log or reading order: C0, DEL, C1,
// bidirectional controls, line separators, byte order marks. A tab becomes a space.
std::string clean_line(std::string_view text);

}  // namespace kiln::server

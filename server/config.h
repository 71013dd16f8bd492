#pragma once
// Every limit and default of the server, in one place. What a client can cost is bounded by these numbers.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kiln::server {

class Disk;

struct NetworkLimits {
    std::size_t message_bytes = 16 * 1024;           // one message from a client
    std::size_t header_bytes = 8 * 1024;             // one HTTP request header
    std::size_t queue_bytes = 512 * 1024;            // output waiting for one connection
    int send_buffer_bytes = 64 * 1024;               // what the kernel may hold for one connection
    std::size_t connections = 12'000;
    std::size_t connections_per_address = 64;        // 0 = no limit
    bool count_loopback = false;  // whether that limit holds for this machine too (it may be a proxy)
    std::chrono::seconds handshake{5};               // a request, a WebSocket handshake, a closing handshake
    std::chrono::seconds idle{60};  // silence after which a connection is gone; pings go out at half
    std::chrono::seconds hello{10};                  // from the handshake to the first message
    std::chrono::seconds drain{5};                   // to flush what was queued before a close
    int control_frames_per_second = 20;              // pings and pongs a client may send
    std::vector<std::string> origins;                // of pages that may connect, beside our own
};

struct RateLimits {
    double commands_per_second = 10, command_burst = 30;
    double messages_per_second = 50, message_burst = 200;    // everything: acks and pings too
    double bad_messages_per_second = 1, bad_message_burst = 10;
    int refusals_before_close = 200;                 // refused in a row for speed: that is a flood
};

constexpr std::size_t line_bytes = 2000;             // one typed command
constexpr std::size_t name_bytes = 64;
constexpr std::size_t token_bytes = 32;              // random bytes of a token
constexpr int token_days = 30;
constexpr std::size_t inbox_items = 65'536;          // commands waiting for the next tick
constexpr int catch_up_ticks = 5;                    // after a stall; then the clock is anchored anew
constexpr int json_depth = 8;
constexpr std::uint64_t session_block = 1000;        // session numbers reserved in the store at once

struct ServerConfig {
    std::string address = "0.0.0.0";
    std::uint16_t port = 8080;                       // 0 = any free one
    std::string data = "world-data";
    std::string web;                                 // folder of the page; empty: no page
    std::string title = "a world";                   // shown to players and operators
    std::uint64_t seed = 1;                          // of a world that is made now
    std::uint32_t tick_ms = 100;                     // of a world that is made now
    std::chrono::seconds snapshot_period{300};
    std::size_t journal_reserve_bytes = 1024 * 1024; // room kept ahead in the journal's file
    Disk* disk = nullptr;                            // null: the machine's own
    NetworkLimits network;
    RateLimits rates;
};

}  // namespace kiln::server

#pragma once
// The front door: a data folder and an image become a served world.

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "server/config.h"

namespace kiln::server {

class Server {
   public:
    // Recovers the world of the data folder, or makes a new one from the image; then serves. An image that
    // differs from the recovered world's is swapped in with the first tick. An empty image: go on with the
    // one the world has.
    static std::expected<std::unique_ptr<Server>, std::string> start(const ServerConfig& config,
                                                                     std::string image_bytes);
    ~Server();

    std::uint16_t port() const;
    // From any thread: swap this image in at the next tick.
    void submit_image(std::string image_bytes);
    // From any thread: a line to everybody, for content that does not compile and the like.
    void announce(std::string text);
    // Tells players, runs a last tick, writes a snapshot, closes everything. Blocks until done.
    void stop();

   private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// For `kiln repair`: looks whether a data folder can be served, and cuts the journal off where it is damaged.
struct DamageReport {
    std::vector<std::string> found;      // empty: nothing is damaged
    std::vector<std::string> done;       // empty unless it cuts
    std::uint64_t last_good_tick = 0;
    std::size_t lost_records = 0;        // readable ones behind the damage
};
std::expected<DamageReport, std::string> repair_folder(const std::string& folder, bool cuts);

// Runs the journal of a data folder again and compares every state; for `kiln replay`. Changes nothing.
struct ReplayReport {
    std::uint64_t from_tick = 0, to_tick = 0, ticks = 0, records = 0, inputs = 0, hash = 0;
    double seconds = 0;
    std::vector<std::string> warnings;
};
std::expected<ReplayReport, std::string> replay_folder(const std::string& folder);

}  // namespace kiln::server

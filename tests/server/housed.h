#pragma once
// A server in this process, whose settings and disk a test may change.

#include <memory>
#include <string>

#include "server/server.h"
#include "tests/server/served_world.h"
#include "tests/server/small_disk.h"

namespace kiln::server::test {

struct Housed {
    TemporaryFolder folder;
    SmallDisk disk;
    ServerConfig config;
    std::unique_ptr<Server> server;

    Housed();
    std::filesystem::path data() const { return folder.path() / "data"; }
    void start();
    std::string get(std::string_view path) const;
    // Stops; then every state must be as it was recorded: nothing has happened that is not in the journal.
    void stop_and_replay();
};

}  // namespace kiln::server::test

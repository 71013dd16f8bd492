#include "tests/server/housed.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "tests/server/test_client.h"
#include "world/schema/image_file.h"

namespace kiln::server::test {

namespace {

std::string yard_image() {
    std::vector<kiln::compiler::Source> sources;
    for (const char* folder : {"tests/server/content", "content/std"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            std::ifstream file(entry.path());
            std::ostringstream text;
            text << file.rdbuf();
            if (entry.path().extension() == ".mud") {
                sources.push_back({entry.path().string(), text.str()});
            }
        }
    }
    auto result = kiln::compiler::compile(std::move(sources));
    REQUIRE(result.image.has_value());
    return kiln::schema::write_image(*result.image);
}

}  // namespace

Housed::Housed() {
    config.address = "127.0.0.1";
    config.port = 0;
    config.data = data().string();
    config.tick_ms = 20;
    config.disk = &disk;
    config.snapshot_period = std::chrono::seconds(3600);
}

void Housed::start() {
    auto started = Server::start(config, yard_image());
    REQUIRE(started);
    server = std::move(*started);
}

std::string Housed::get(std::string_view path) const { return http_get(server->port(), path); }

void Housed::stop_and_replay() {
    server.reset();
    const auto report = replay_folder(data().string());
    if (!report) {
        FAIL(report.error());
    }
    CHECK(report->warnings.empty());
}

}  // namespace kiln::server::test

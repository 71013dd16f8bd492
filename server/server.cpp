#include "server/server.h"

#include <chrono>
#include <thread>
#include <utility>

#include "server/game_loop/game_loop.h"
#include "server/game_loop/replay.h"
#include "server/http/routes.h"
#include "server/journal/folder.h"
#include "server/log.h"
#include "server/session/gate.h"
#include "world/schema/image_file.h"

namespace kiln::server {

// Members are destroyed from the last to the first: the loop before the network it delivers to.
struct Server::Parts {
    Parts(ServerConfig server_config, FolderLock folder_lock)
        : config(std::move(server_config)), lock(std::move(folder_lock)),
          gate(config.rates, config.network, inbox, metrics) {}

    ServerConfig config;
    FolderLock lock;
    Metrics metrics;
    Inbox inbox;
    Gate gate;
    Site site{metrics, {}, {}, 100};
    std::unique_ptr<Store> store;
    std::unique_ptr<Network> network;
    std::thread network_thread;
    std::unique_ptr<GameLoop> loop;
    bool is_stopped = false;
};

namespace {

Disk& disk_of(const ServerConfig& config) { return config.disk != nullptr ? *config.disk : real_disk(); }

struct OpenedWorld {
    std::unique_ptr<world::World> world;
    Journal journal;
};

std::expected<OpenedWorld, std::string> make_world(const ServerConfig& config,
                                                   const std::string& image_bytes) {
    if (image_bytes.empty()) {
        return std::unexpected("there is no world in " + config.data +
                               " yet, and no content to make one from");
    }
    world::WorldOptions options;
    options.seed = config.seed;
    options.tick_ms = config.tick_ms;
    auto made = world::World::create(image_bytes, options);
    if (!made) {
        return std::unexpected("the world cannot be made: " + made.error().message);
    }
    const world::World& world = **made;
    auto journal = Journal::create(disk_of(config), config.data,
                                   {make_world_id(), world.tick_number(), world.hash(), 0, world.save()});
    if (!journal) {
        return std::unexpected(journal.error().message);
    }
    log_event(LogLevel::info, "world_made", {{"folder", config.data}, {"seed", config.seed}});
    return OpenedWorld{std::move(*made), std::move(*journal)};
}

std::expected<OpenedWorld, std::string> recover_world(const ServerConfig& config,
                                                      const Recovered& recovered) {
    for (const std::string& warning : recovered.warnings) {
        log_event(LogLevel::warning, "recovery_warning", {{"what", warning}});
    }
    const auto start = std::chrono::steady_clock::now();
    auto replayed = replay(recovered);
    if (!replayed) {
        return std::unexpected(replayed.error());
    }
    auto journal = Journal::resume(disk_of(config), config.data, recovered);
    if (!journal) {
        return std::unexpected(journal.error().message);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    log_event(LogLevel::info, "recovery",
              {{"snapshot_tick", recovered.snapshot.tick}, {"tick", replayed->world->tick_number()},
               {"records", replayed->records}, {"seconds", seconds.count()}});
    return OpenedWorld{std::move(replayed->world), std::move(*journal)};
}

std::expected<OpenedWorld, std::string> open_world(const ServerConfig& config,
                                                   const std::string& image_bytes) {
    auto recovered = recover(disk_of(config), config.data);
    if (!recovered) {
        return std::unexpected(recovered.error().message);
    }
    return *recovered ? recover_world(config, **recovered) : make_world(config, image_bytes);
}

}  // namespace

std::expected<std::unique_ptr<Server>, std::string> Server::start(const ServerConfig& config,
                                                                  std::string image_bytes) {
    auto lock = FolderLock::take(config.data);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    auto parts = std::make_unique<Parts>(config, std::move(*lock));
    auto store = Store::open(std::filesystem::path(config.data) / "store.sqlite");
    if (!store) {
        return std::unexpected(store.error().message);
    }
    parts->store = std::move(*store);
    auto opened = open_world(config, image_bytes);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    parts->site.files = WebFiles::read(config.web);
    parts->site.world_title = config.title;
    parts->site.tick_ms = opened->world->tick_ms();
    auto network = Network::listen(config, parts->gate, parts->site, parts->metrics);
    if (!network) {
        return std::unexpected(network.error());
    }
    parts->network = std::move(*network);
    parts->gate.serve(*parts->network);
    if (!image_bytes.empty() && schema::image_hash(image_bytes) != opened->world->image_hash()) {
        parts->inbox.put({Arrival::Kind::image, 0, 0, std::move(image_bytes), {}});
    }
    Parts* all = parts.get();
    parts->loop = std::make_unique<GameLoop>(
        config, std::move(opened->world), std::move(opened->journal), *parts->store, parts->inbox,
        [all](Departures departures) {
            auto shared = std::make_shared<Departures>(std::move(departures));
            all->network->post([all, shared] { all->gate.deliver(*shared); });
        },
        parts->metrics);
    parts->loop->start();
    parts->network_thread = std::thread([all] {
        pthread_setname_np(pthread_self(), "kiln-network");
        all->network->run();
    });
    log_event(LogLevel::info, "listen",
              {{"address", config.address}, {"port", std::uint64_t{parts->network->port()}}});
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }

std::uint16_t Server::port() const { return parts_->network->port(); }

void Server::submit_image(std::string image_bytes) {
    parts_->inbox.put({Arrival::Kind::image, 0, 0, std::move(image_bytes), {}});
}

void Server::announce(std::string text) {
    parts_->network->post([all = parts_.get(), text = std::move(text)] {
        all->gate.deliver({{{0, Notice{text}}}, {}});
    });
}

void Server::stop() {
    if (std::exchange(parts_->is_stopped, true)) {
        return;
    }
    Parts* all = parts_.get();
    all->metrics.stopping = true;
    log_event(LogLevel::info, "stopping");
    // What was heard by now is still answered; the snapshot is written before anybody is sent away.
    all->network->post([all] { all->gate.stop_listening(); });
    all->loop->stop();
    all->network->post([all] {
        all->gate.say_goodbye();
        all->network->stop();
    });
    all->network_thread.join();
    log_event(LogLevel::info, "stopped", {{"tick", all->metrics.tick.load()}});
}

std::expected<DamageReport, std::string> repair_folder(const std::string& folder, bool cuts) {
    if (!std::filesystem::is_directory(folder)) {
        return std::unexpected(folder + " is no folder");
    }
    auto lock = FolderLock::take(folder);
    if (!lock) {
        return std::unexpected(lock.error() + "; stop the server first");
    }
    DamageReport report;
    for (;;) {
        const auto recovered = recover(real_disk(), folder);
        if (recovered) {
            return report;
        }
        const Unrecovered& damage = recovered.error();
        if (damage.damaged_segment.empty()) {
            return std::unexpected(damage.message);
        }
        report.found.push_back(damage.message);
        report.last_good_tick = damage.last_good_tick;
        report.lost_records += damage.lost_records;
        if (!cuts) {
            return report;
        }
        auto done = repair(real_disk(), folder, damage);
        if (!done) {
            return std::unexpected(done.error());
        }
        report.done.insert(report.done.end(), done->begin(), done->end());
    }
}

std::expected<ReplayReport, std::string> replay_folder(const std::string& folder) {
    if (!std::filesystem::is_directory(folder)) {
        return std::unexpected(folder + " is no folder");
    }
    auto lock = FolderLock::take(folder);
    if (!lock) {
        return std::unexpected(lock.error() + "; stop the server first, or replay a copy");
    }
    auto recovered = recover(real_disk(), folder, true);
    if (!recovered) {
        return std::unexpected(recovered.error().message);
    }
    if (!*recovered) {
        return std::unexpected("there is no world in " + folder);
    }
    const auto start = std::chrono::steady_clock::now();
    auto replayed = replay(**recovered);
    if (!replayed) {
        return std::unexpected(replayed.error());
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    world::World& world = *replayed->world;
    // Later snapshots that the replay has reached must be the same world.
    for (const NumberedFile& file : list_snapshots(folder)) {
        while (world.tick_number() < file.tick) {
            world.tick({});
            ++replayed->ticks;
        }
        const auto bytes = real_disk().read(file.path);
        const auto snapshot = bytes ? read_snapshot(*bytes) : std::unexpected(bytes.error().message);
        if (snapshot && snapshot->tick == world.tick_number() && snapshot->hash != world.hash()) {
            return std::unexpected("replay differs from the snapshot of tick " + std::to_string(file.tick));
        }
    }
    return ReplayReport{(*recovered)->snapshot.tick,
                        world.tick_number(),
                        replayed->ticks,
                        replayed->records,
                        replayed->inputs,
                        world.hash(),
                        seconds.count(),
                        (*recovered)->warnings};
}

}  // namespace kiln::server

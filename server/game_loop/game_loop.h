#pragma once
// The thread that owns the world. Each period: take what has arrived, run one tick, make it durable, let its
// outputs go, in this order. If a tick cannot be made durable the process ends before anybody has seen it.

#include <condition_variable>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "server/config.h"
#include "server/journal/journal.h"
#include "server/metrics.h"
#include "server/session/inbox.h"
#include "server/session/session_table.h"
#include "server/store/store.h"
#include "world/world.h"

namespace kiln::server {

// What a tick takes: of the clock, and of the processor, which tells a dear tick from a busy machine.
struct Stopwatch {
    Stopwatch();
    std::uint64_t clock_us() const;
    std::uint64_t cpu_us() const;

   private:
    std::chrono::steady_clock::time_point start_;
    std::uint64_t cpu_start_ = 0;
};

class GameLoop {
   public:
    using Outbox = std::function<void(Departures)>;  // called on the loop's thread; must not block

    GameLoop(const ServerConfig& config, std::unique_ptr<world::World> world, Journal journal, Store& store,
             Inbox& inbox, Outbox outbox, Metrics& metrics);
    ~GameLoop();
    void start();
    // Runs one last tick with what is waiting, writes a snapshot, ends the thread.
    void stop();

   private:
    struct Login {
        ConnectionId connection = 0;
        std::uint64_t session = 0, last_seen = 0;
        std::string token;
        bool has_character = false;
    };
    // Somebody whom the world has let in and who waits for the welcome.
    struct Guest {
        Login login;
        world::Attached attached;
    };
    // One tick's course, filled from top to bottom.
    struct Turn {
        Stopwatch watch;
        std::vector<world::Input> inputs;
        std::vector<Login> logins;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> lines;    // (session, number) given to the world
        std::vector<world::SessionView> known_sessions;
        bool has_known_sessions = false, has_image = false;
        world::TickResult result;
        Departures departures;
    };

    void run();
    void run_tick();
    OnDisk<void> make_durable(const Turn& turn);
    void let_go(Turn& turn);
    // while the disk is full: standstill.cpp
    OnDisk<void> make_room(const std::vector<Arrival>& arrivals);
    void stand_still(std::vector<Arrival> arrivals, const DiskProblem& why);
    void hold(Arrival arrival, std::vector<Delivery>& answers);
    void answer_looking(const Arrival& line, std::vector<Delivery>& answers);
    void go_on(std::vector<Arrival>& arrivals);
    // in: arrivals.cpp
    void take_arrivals(Turn& turn, std::vector<Arrival>& arrivals);
    void take_login(Turn& turn, Arrival& arrival);
    void take_line(Turn& turn, Arrival& arrival);
    void take_gone(Turn& turn, const Arrival& arrival);
    void take_seen(Turn& turn);
    void add_wall_second(Turn& turn);
    bool may_resume(Turn& turn, std::uint64_t session, std::uint64_t character);
    OnDisk<std::uint64_t> new_session_number();
    // out: departures.cpp
    void welcome_all(Turn& turn);
    OnDisk<void> keep_tokens(std::vector<Guest>& guests);
    void welcome(Turn& turn, const Guest& guest);
    void refuse(Turn& turn, const Login& login, const world::Attached& attached);
    std::uint64_t send_missed(Turn& turn, const Login& login);
    void answer_lines(Turn& turn);
    void send_outputs(Turn& turn);
    void report(const Turn& turn);

    void begin_snapshot();
    void finish_snapshot();
    // A full disk is answered and may be waited for; any other problem ends the process.
    template <typename T>
    OnDisk<T> survive_full(OnDisk<T> result) {
        if (!result && !result.error().is_full) {
            die(result.error().message);
        }
        return result;
    }
    void note_store(bool is_full, std::string_view why = {});
    [[noreturn]] void die(const std::string& why);

    ServerConfig config_;
    std::unique_ptr<world::World> world_;
    Journal journal_;
    Store& store_;
    Inbox& inbox_;
    Outbox outbox_;
    Metrics& metrics_;
    SessionTable sessions_;
    std::uint64_t next_session_ = 0, reserved_until_ = 0;
    std::int64_t last_wall_second_ = 0;
    std::uint64_t last_snapshot_tick_ = 0;
    std::chrono::steady_clock::time_point next_snapshot_;
    std::map<std::uint64_t, std::uint64_t>
        welcomed_up_to_;  // of this tick: session -> last output sent again
    std::thread snapshot_writer_;
    // While the disk is full.
    bool is_standing_still_ = false, is_store_full_ = false;
    std::optional<Turn> unwritten_;      // has happened and cannot be written yet
    std::vector<Arrival> held_;          // arrivals that must not be lost; bounded by the connections
    std::vector<Guest> guests_;          // whose tokens could not be kept yet

    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace kiln::server

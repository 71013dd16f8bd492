#include "server/game_loop/game_loop.h"

#include <cstdlib>
#include <ctime>

#include "server/game_loop/pace.h"
#include "server/log.h"

namespace kiln::server {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t microseconds_since(Clock::time_point start) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
}

std::uint64_t cpu_of_this_thread() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::uint64_t>(time.tv_sec * 1'000'000 + time.tv_nsec / 1000);
}

}  // namespace

Stopwatch::Stopwatch() : start_(Clock::now()), cpu_start_(cpu_of_this_thread()) {}
std::uint64_t Stopwatch::clock_us() const { return microseconds_since(start_); }
std::uint64_t Stopwatch::cpu_us() const { return cpu_of_this_thread() - cpu_start_; }

GameLoop::GameLoop(const ServerConfig& config, std::unique_ptr<world::World> world, Journal journal,
                   Store& store, Inbox& inbox, Outbox outbox, Metrics& metrics)
    : config_(config),
      world_(std::move(world)),
      journal_(std::move(journal)),
      store_(store),
      inbox_(inbox),
      outbox_(std::move(outbox)),
      metrics_(metrics) {}

GameLoop::~GameLoop() { stop(); }

void GameLoop::start() {
    next_snapshot_ = Clock::now() + config_.snapshot_period;
    thread_ = std::thread([this] { run(); });
}

void GameLoop::stop() {
    if (!thread_.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void GameLoop::run() {
    pthread_setname_np(pthread_self(), "kiln-world");
    const auto period = std::chrono::milliseconds(world_->tick_ms());
    Pace pace(Clock::now(), period);
    for (bool is_last = false; !is_last;) {
        {
            std::unique_lock lock(mutex_);
            is_last = wake_.wait_until(lock, pace.next(), [this] { return is_stopping_; });
        }
        run_tick();
        pace.has_run(Clock::now());
        if (!is_last && Clock::now() >= next_snapshot_) {
            next_snapshot_ = Clock::now() + config_.snapshot_period;
            begin_snapshot();
        }
    }
    begin_snapshot();
    finish_snapshot();
}

void GameLoop::run_tick() {
    std::vector<Arrival> arrivals = inbox_.take_all();
    if (const auto room = make_room(arrivals); !room) {
        stand_still(std::move(arrivals), room.error());
        return;
    }
    go_on(arrivals);
    Turn turn;
    take_arrivals(turn, arrivals);
    turn.result = world_->tick(turn.inputs);
    if (const auto written = make_durable(turn); !written) {
        // It has happened, but nobody has seen it: it waits until it can be written.
        unwritten_ = std::move(turn);
        stand_still({}, written.error());
        return;
    }
    let_go(turn);
}

void GameLoop::let_go(Turn& turn) {
    welcome_all(turn);
    answer_lines(turn);
    send_outputs(turn);
    report(turn);
    if (!turn.departures.empty()) {
        outbox_(std::move(turn.departures));
    }
}

OnDisk<void> GameLoop::make_durable(const Turn& turn) {
    if (turn.inputs.empty() && turn.result.outputs.empty()) {
        return {};                       // a silent tick: nobody can tell whether it has been
    }
    const auto start = Clock::now();
    const auto written = survive_full(journal_.append({turn.result.tick, turn.result.hash, turn.inputs}));
    if (!written) {
        return std::unexpected(written.error());
    }
    if (const auto synced = journal_.sync(); !synced) {
        die(synced.error().message);
    }
    metrics_.journal_bytes += *written;
    ++metrics_.journal_syncs;
    metrics_.sync_duration.observe(microseconds_since(start));
    return {};
}

void GameLoop::begin_snapshot() {
    finish_snapshot();
    if (is_standing_still_) {
        log_event(LogLevel::error, "snapshot_failed", {{"why", "the disk is full"}});
        return;
    }
    const std::uint64_t tick = world_->tick_number();
    Snapshot snapshot{journal_.world_id(), tick, world_->hash(), journal_.chain(), world_->save()};
    if (const auto begun = survive_full(journal_.begin_segment(tick, snapshot.hash)); !begun) {
        log_event(LogLevel::error, "snapshot_failed", {{"tick", tick}, {"why", begun.error().message}});
        return;
    }
    // The world goes on while the file is written; until it is there, the older snapshot and the journal
    // stand for it.
    snapshot_writer_ = std::thread([this, snapshot = std::move(snapshot), folder = journal_.folder()] {
        const auto start = Clock::now();
        if (const auto stored = store_snapshot(journal_.disk(), folder, snapshot); !stored) {
            log_event(LogLevel::error, "snapshot_failed",
                      {{"tick", snapshot.tick}, {"why", stored.error().message}});
            return;
        }
        ++metrics_.snapshots;
        log_event(LogLevel::info, "snapshot",
                  {{"tick", snapshot.tick},
                   {"bytes", std::uint64_t{snapshot.state.size()}},
                   {"ms", microseconds_since(start) / 1000}});
    });
}

void GameLoop::finish_snapshot() {
    if (snapshot_writer_.joinable()) {
        snapshot_writer_.join();
    }
}

void GameLoop::die(const std::string& why) {
    // Nothing may be tried again and nothing may leave: the tick that could not be written must not have
    // happened.
    log_event(LogLevel::error, "journal_failed", {{"why", why}});
    std::fprintf(
        stderr,
        "Kiln stops: %s. The world is safe up to the tick before; start again when the disk is well.\n",
        why.c_str());
    std::_Exit(74);
}

void GameLoop::report(const Turn& turn) {
    const std::uint64_t microseconds = turn.watch.clock_us();
    const world::TickResult& result = turn.result;
    ++metrics_.ticks;
    metrics_.tick = result.tick;
    metrics_.sessions = sessions_.size();
    metrics_.commands += turn.lines.size();
    metrics_.fuel += result.fuel;
    metrics_.handlers += result.handlers;
    metrics_.faults += result.faults.size();
    metrics_.tick_duration.observe(microseconds);
    metrics_.tick_cpu.observe(turn.watch.cpu_us());
    metrics_.last_tick_at_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch()).count();
    if (microseconds > std::uint64_t{1000} * world_->tick_ms()) {
        ++metrics_.tick_overruns;
        log_event(LogLevel::warning, "tick_slow", {{"tick", result.tick}, {"ms", microseconds / 1000}});
    }
    if (is_logged(LogLevel::debug)) {
        for (const world::TickResult::Line& line : result.lines) {
            log_event(LogLevel::debug, "command",
                      {{"session", line.session},
                       {"character", line.character},
                       {"bytes", line.bytes},
                       {"verb", line.verb}});
        }
    }
    for (const world::FaultReport& fault : result.faults) {
        log_event(LogLevel::error, "fault",
                  {{"report", fault.report},
                   {"tick", fault.tick},
                   {"handler", fault.handler},
                   {"fault", fault.fault},
                   {"message", fault.message},
                   {"file", fault.file},
                   {"line", std::uint64_t{fault.line}},
                   {"column", std::uint64_t{fault.column}},
                   {"self", fault.self},
                   {"actor", fault.actor},
                   {"disabled", fault.disabled}});
    }
    if (turn.has_image && result.reload_problem.empty()) {
        ++metrics_.reloads;
        log_event(LogLevel::info, "reload", {{"tick", result.tick}, {"image", world_->image_hash()}});
    } else if (turn.has_image) {
        ++metrics_.reloads_refused;
        log_event(LogLevel::error, "reload_refused", {{"tick", result.tick}, {"why", result.reload_problem}});
    }
}

}  // namespace kiln::server

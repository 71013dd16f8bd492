#pragma once
// The server's counters. Any thread may count; /metrics prints them in Prometheus' text form. No per-player
// labels.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace kiln::server {

// Durations in fixed buckets. The bounds suit a 100 ms tick.
class DurationHistogram {
   public:
    void observe(std::uint64_t microseconds);
    void print(std::string& out, std::string_view name, std::string_view help) const;

   private:
    static constexpr std::array<std::uint64_t, 10> bounds_us_{100,   250,    500,    1'000,  2'500,
                                                              5'000, 10'000, 25'000, 50'000, 100'000};
    std::array<std::atomic<std::uint64_t>, bounds_us_.size() + 1> counts_{};
    std::atomic<std::uint64_t> sum_us_{0};
};

using Counter = std::atomic<std::uint64_t>;

struct Metrics {
    // gauges
    Counter connections{0}, sessions{0}, tick{0}, output_queue_bytes{0}, standing_still{0};
    // counters
    Counter connections_total{0}, connections_refused{0}, commands{0}, rate_limited{0}, bad_messages{0},
        dropped_slow{0}, ticks{0}, tick_overruns{0}, faults{0}, fuel{0}, handlers{0}, journal_bytes{0},
        journal_syncs{0}, snapshots{0}, reloads{0}, reloads_refused{0}, http_requests{0}, messages_sent{0},
        frames_sent{0};
    DurationHistogram tick_duration, tick_cpu, sync_duration;
    // health
    std::atomic<std::int64_t> last_tick_at_ms{0};    // steady clock; 0 = none yet
    std::atomic<bool> stopping{false};
};

std::string print_metrics(const Metrics& metrics);

}  // namespace kiln::server

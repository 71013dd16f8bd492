#include "server/metrics.h"

#include <string_view>

#include <fmt/format.h>

namespace kiln::server {
namespace {

void print_head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

struct CounterRow {
    std::string_view name, type, help;
    Counter Metrics::*counter;
};

constexpr CounterRow counter_rows[] = {
    {"kiln_connections", "gauge", "WebSocket connections now open.", &Metrics::connections},
    {"kiln_sessions", "gauge", "Sessions with a connection.", &Metrics::sessions},
    {"kiln_world_tick", "gauge", "Number of the last tick.", &Metrics::tick},
    {"kiln_standing_still", "gauge", "1 while the world stands still because its disk is full.",
     &Metrics::standing_still},
    {"kiln_output_queue_bytes", "gauge", "Output waiting in all connections.", &Metrics::output_queue_bytes},
    {"kiln_connections_total", "counter", "WebSocket connections opened.", &Metrics::connections_total},
    {"kiln_connections_refused_total", "counter", "Connections refused because of a limit.",
     &Metrics::connections_refused},
    {"kiln_commands_total", "counter", "Commands given to the world.", &Metrics::commands},
    {"kiln_rate_limited_total", "counter", "Messages refused because they came too fast.",
     &Metrics::rate_limited},
    {"kiln_bad_messages_total", "counter", "Messages that were not understood.", &Metrics::bad_messages},
    {"kiln_dropped_slow_clients_total", "counter", "Connections closed because they did not read.",
     &Metrics::dropped_slow},
    {"kiln_ticks_total", "counter", "Ticks since the start.", &Metrics::ticks},
    {"kiln_tick_overruns_total", "counter", "Ticks that took longer than their period.",
     &Metrics::tick_overruns},
    {"kiln_faults_total", "counter", "Faults of content programs.", &Metrics::faults},
    {"kiln_fuel_used_total", "counter", "Fuel burnt by content programs.", &Metrics::fuel},
    {"kiln_handlers_total", "counter", "Handlers run.", &Metrics::handlers},
    {"kiln_journal_bytes_total", "counter", "Bytes written to the journal.", &Metrics::journal_bytes},
    {"kiln_journal_syncs_total", "counter", "Journal synchronisations.", &Metrics::journal_syncs},
    {"kiln_snapshots_total", "counter", "Snapshots written.", &Metrics::snapshots},
    {"kiln_reloads_total", "counter", "Images swapped in.", &Metrics::reloads},
    {"kiln_reloads_refused_total", "counter", "Images that were refused.", &Metrics::reloads_refused},
    {"kiln_http_requests_total", "counter", "HTTP requests answered.", &Metrics::http_requests},
    {"kiln_messages_sent_total", "counter", "Messages sent to clients.", &Metrics::messages_sent},
    {"kiln_frames_sent_total", "counter", "WebSocket frames that carried them.", &Metrics::frames_sent},
};

}  // namespace

void DurationHistogram::observe(std::uint64_t microseconds) {
    std::size_t bucket = 0;
    while (bucket < bounds_us_.size() && microseconds > bounds_us_[bucket]) {
        ++bucket;
    }
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(microseconds, std::memory_order_relaxed);
}

void DurationHistogram::print(std::string& out, std::string_view name, std::string_view help) const {
    print_head(out, name, "histogram", help);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < bounds_us_.size(); ++i) {
        total += counts_[i].load(std::memory_order_relaxed);
        out +=
            fmt::format("{}_bucket{{le=\"{}\"}} {}\n", name, static_cast<double>(bounds_us_[i]) / 1e6, total);
    }
    total += counts_.back().load(std::memory_order_relaxed);
    out += fmt::format("{}_bucket{{le=\"+Inf\"}} {}\n", name, total);
    out +=
        fmt::format("{}_sum {}\n", name, static_cast<double>(sum_us_.load(std::memory_order_relaxed)) / 1e6);
    out += fmt::format("{}_count {}\n", name, total);
}

std::string print_metrics(const Metrics& metrics) {
    std::string out;
    for (const CounterRow& row : counter_rows) {
        print_head(out, row.name, row.type, row.help);
        out += fmt::format("{} {}\n", row.name, (metrics.*row.counter).load(std::memory_order_relaxed));
    }
    metrics.tick_duration.print(out, "kiln_tick_duration_seconds", "Time one tick took, without waiting.");
    metrics.tick_cpu.print(out, "kiln_tick_cpu_seconds",
                           "Processor time of one tick, however busy the machine is.");
    metrics.sync_duration.print(out, "kiln_journal_sync_seconds", "Time to make a tick durable.");
    return out;
}

}  // namespace kiln::server

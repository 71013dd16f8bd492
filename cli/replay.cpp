// `kiln replay`: runs a world's journal again and compares every state with what was recorded.

#include <cinttypes>
#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "server/server.h"

namespace kiln::cli {

int replay_command(const Options& options) {
    if (!options.words.empty()) return wrong_use("replay", "the folder is named with --data");

    const auto report = server::replay_folder(std::string(options.value("--data").value_or("world-data")));
    if (!report) {
        std::fprintf(stderr, "kiln replay: %s\n", report.error().c_str());
        return exit_failed;
    }
    for (const std::string& warning : report->warnings)
        std::fprintf(stderr, "kiln replay: %s\n", warning.c_str());
    std::printf("ticks %" PRIu64 " to %" PRIu64 ": %" PRIu64 " records with %" PRIu64
                " inputs, every state as recorded\n",
                report->from_tick, report->to_tick, report->records, report->inputs);
    std::printf(
        "%" PRIu64 " ticks in %.3f s, %.0f ticks/s, state %016" PRIx64 "\n", report->ticks, report->seconds,
        report->seconds > 0 ? static_cast<double>(report->ticks) / report->seconds : 0.0, report->hash);
    return exit_ok;
}

}  // namespace kiln::cli

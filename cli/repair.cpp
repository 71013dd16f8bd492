// `kiln repair`: looks whether a world can be served, and cuts off what the disk has damaged.

#include <cinttypes>
#include <cstdio>

#include "cli/commands.h"
#include "server/server.h"

namespace kiln::cli {

int repair_command(const Options& options) {
    if (!options.words.empty()) return wrong_use("repair", "the folder is named with --data");
    const std::string folder(options.value("--data").value_or("world-data"));
    const bool cuts = options.has("--cut");
    const auto report = server::repair_folder(folder, cuts);
    if (!report) {
        std::fprintf(stderr, "kiln repair: %s\n", report.error().c_str());
        return exit_failed;
    }
    if (report->found.empty()) {
        std::printf("%s: nothing is damaged\n", folder.c_str());
        return exit_ok;
    }
    for (const std::string& damage : report->found) std::printf("%s\n", damage.c_str());
    if (!cuts) {
        std::printf("\nThe world is good up to tick %" PRIu64
                    ". `kiln repair --data %s --cut` takes it back to there: what players did later is\n"
                    "lost, %zu readable ticks among it. The files as they are now are kept beside.\n",
                    report->last_good_tick, folder.c_str(), report->lost_records);
        return exit_failed;
    }
    for (const std::string& done : report->done) std::printf("%s\n", done.c_str());
    return exit_ok;
}

}  // namespace kiln::cli

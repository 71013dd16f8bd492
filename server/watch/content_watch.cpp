#include "server/watch/content_watch.h"

#include <chrono>
#include <filesystem>
#include <map>

namespace kiln::server {
namespace {

namespace fs = std::filesystem;
using Seen = std::map<std::string, std::pair<fs::file_time_type, std::uintmax_t>>;

void note(Seen& seen, const fs::path& path) {
    std::error_code error;
    const auto written = fs::last_write_time(path, error);
    const auto size = fs::file_size(path, error);
    if (!error && path.extension() == ".mud") {
        seen[path.string()] = {written, size};
    }
}

Seen look(const std::vector<std::string>& paths) {
    Seen seen;
    for (const std::string& path : paths) {
        std::error_code error;
        note(seen, path);
        for (auto entry = fs::recursive_directory_iterator(path, error);
             !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
            note(seen, entry->path());
        }
    }
    return seen;
}

}  // namespace

ContentWatch::ContentWatch(std::vector<std::string> paths, std::function<void()> changed)
    : paths_(std::move(paths)), changed_(std::move(changed)), thread_([this] { run(); }) {}

ContentWatch::~ContentWatch() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void ContentWatch::run() {
    Seen last = look(paths_);
    bool is_pending = false;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, std::chrono::milliseconds(300), [this] { return is_stopping_; })) {
                return;
            }
        }
        Seen now = look(paths_);
        // A change is reported when nothing more has changed for one look: editors write in several steps.
        if (now != last) {
            last = std::move(now);
            is_pending = true;
        } else if (is_pending) {
            is_pending = false;
            changed_();
        }
    }
}

}  // namespace kiln::server

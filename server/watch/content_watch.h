#pragma once
// Notices that content files have changed. Polls, on a thread of its own; knows nothing of compiling.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kiln::server {

class ContentWatch {
   public:
    // Calls `changed` on the watching thread after a `.mud` file below one of the paths was written, made or
    // removed.
    ContentWatch(std::vector<std::string> paths, std::function<void()> changed);
    ~ContentWatch();

   private:
    void run();

    std::vector<std::string> paths_;
    std::function<void()> changed_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace kiln::server

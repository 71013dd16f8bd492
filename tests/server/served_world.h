#pragma once
// The real `kiln serve` in a process of its own, on a free port, over a temporary data folder.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace kiln::server::test {

class TemporaryFolder {
   public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

   private:
    std::filesystem::path path_;
};

class ServedWorld {
   public:
    // Returns when the server has printed its address; throws with its log if it does not.
    explicit ServedWorld(const std::filesystem::path& data, std::vector<std::string> more = {},
                         const std::string& content = "tests/server/content");
    ~ServedWorld();
    ServedWorld(const ServedWorld&) = delete;
    std::uint16_t port() const { return port_; }
    std::string announcement;            // the line with the address
    void kill();                         // -9
    void ask_to_stop();                  // SIGTERM
    pid_t process() const { return process_; }
    int wait();                          // for its end; answers the exit code, 128 + n for signal n
    std::string log() const;

   private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
    std::filesystem::path log_;
};

// Runs `kiln` to its end; answers exit code and output.
struct ProgramResult {
    int code = 0;
    std::string output;
};
ProgramResult run_kiln(const std::vector<std::string>& arguments);

}  // namespace kiln::server::test

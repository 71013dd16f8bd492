#include "tests/server/served_world.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace kiln::server::test {
namespace {

using Clock = std::chrono::steady_clock;

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Started {
    pid_t process;
    int output;                          // read end of its stdout
};

Started start(const std::vector<std::string>& arguments, const std::filesystem::path& error_file) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    std::vector<char*> words{const_cast<char*>(KILN_PROGRAM)};
    for (const std::string& argument : arguments) {
        words.push_back(const_cast<char*>(argument.c_str()));
    }
    words.push_back(nullptr);
    const pid_t process = ::fork();
    if (process == 0) {
        const int errors =
            error_file.empty() ? ends[1] : ::open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(errors, STDERR_FILENO);
        ::execv(KILN_PROGRAM, words.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    return {process, ends[0]};
}

int exit_code_of(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "kiln-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ServedWorld::ServedWorld(const std::filesystem::path& data, std::vector<std::string> more,
                         const std::string& content)
    : log_(data.string() + ".log") {
    std::vector<std::string> arguments{"serve", content,  "content/std", "--port",
                                       "0",     "--data", data.string(), "--log-json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Started started = start(arguments, log_);
    process_ = started.process;
    const auto deadline = Clock::now() + std::chrono::seconds(60);
    pollfd waiting{started.output, POLLIN, 0};
    while (announcement.find('\n') == std::string::npos) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        char buffer[512];
        const bool is_ready = left > 0 && ::poll(&waiting, 1, static_cast<int>(left)) > 0;
        const ssize_t count = is_ready ? ::read(started.output, buffer, sizeof buffer) : 0;
        if (count <= 0) {
            ::close(started.output);
            kill();
            throw std::runtime_error("the server did not start: " + log());
        }
        announcement.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(started.output);
    port_ = static_cast<std::uint16_t>(std::stoi(announcement.substr(announcement.rfind(':') + 1)));
}

ServedWorld::~ServedWorld() {
    kill();
    std::error_code ignored;
    std::filesystem::remove(log_, ignored);
}

void ServedWorld::kill() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        wait();
    }
}

void ServedWorld::ask_to_stop() { ::kill(process_, SIGTERM); }

int ServedWorld::wait() { return exit_code_of(std::exchange(process_, -1)); }

std::string ServedWorld::log() const { return contents(log_); }

ProgramResult run_kiln(const std::vector<std::string>& arguments) {
    const Started started = start(arguments, {});
    ProgramResult result;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::read(started.output, buffer, sizeof buffer)) > 0;) {
        result.output.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(started.output);
    result.code = exit_code_of(started.process);
    return result;
}

}  // namespace kiln::server::test

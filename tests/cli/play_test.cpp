// `kiln play`, with a script and with a person at a terminal.

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "tests/cli/command_support.h"

using namespace command_line;

namespace {

constexpr const char* hut = R"(module hut

zone hut { title: "Hut" ; entrances: hearth ; start: hearth }

room hearth {
  title: "The Hearth"
  description: "A fire burns."
  exit east -> garden
  on command "blow" by who {
    act who "[Who] [who blows] into the embers."
    wait 5s
    echo "The fire roars."
  }
  on command "break" by who { embers = 1 / (embers - embers) }
  state embers: int = 3
}

room garden {
  title: "The Garden"
  description: "Beans."
  exit west -> hearth
}
)";

std::string make_hut(const TemporaryFolder& folder) {
    REQUIRE(kiln("new --template empty " + folder.at("hut")).exit_code == 0);
    write(folder.at("hut/hut.mud"), hut);
    return folder.at("hut");
}

// The command with a terminal of its own.
class Person {
 public:
    explicit Person(const std::string& folder) {
        winsize size{.ws_row = 24, .ws_col = 60, .ws_xpixel = 0, .ws_ypixel = 0};
        process_ = forkpty(&terminal_, nullptr, nullptr, &size);
        REQUIRE(process_ >= 0);
        if (process_ == 0) {
            setenv("TERM", "xterm", 1);
            unsetenv("NO_COLOR");
            execl(KILN_COMMAND, "kiln", "play", folder.c_str(), "--as", "Ada", nullptr);
            _exit(127);
        }
    }
    ~Person() {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            waitpid(process_, nullptr, 0);
        }
        close(terminal_);
    }

    void press(const std::string& keys) { REQUIRE(write_keys(keys) == static_cast<ssize_t>(keys.size())); }

    // Reads until the words have come; what was there before does not count again.
    bool sees(const std::string& words) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        for (;;) {
            if (const auto found = seen_.find(words); found != std::string::npos) {
                seen_.erase(0, found + words.size());
                return true;
            }
            if (std::chrono::steady_clock::now() > deadline || !read_more()) return false;
        }
    }

    int leave() {
        while (read_more()) {}
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    const std::string& seen() const { return seen_; }

 private:
    ssize_t write_keys(const std::string& keys) { return ::write(terminal_, keys.data(), keys.size()); }

    bool read_more() {
        pollfd ready{terminal_, POLLIN, 0};
        if (poll(&ready, 1, 60'000) <= 0) return false;
        char bytes[4096];
        const auto count = ::read(terminal_, bytes, sizeof bytes);
        if (count <= 0) return false;
        seen_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    int terminal_ = -1;
    pid_t process_ = -1;
    std::string seen_;
};

}  // namespace

TEST_CASE("a script plays: each line is typed, time passes when it is told to") {
    const TemporaryFolder folder;
    const std::string world = make_hut(folder);
    const Run run =
        kiln("play " + world + " --as Ada", "look\nblow\n/wait 4s\nsay hm\n/wait 2s\neast\n/quit\nwest\n");
    INFO(run.output);
    CHECK(run.exit_code == 0);
    CHECK(has(run, "The Hearth"));
    CHECK(has(run, "> blow\nYou blow into the embers.\n"));
    const auto said = run.output.find("> say hm"), roared = run.output.find("The fire roars.");
    CHECK(said < roared);
    CHECK(roared < run.output.find("The Garden"));
    CHECK_FALSE(has(run, "> west"));
    CHECK_FALSE(has(run, "\x1b["));
}

TEST_CASE("a script may begin in any room, and a handler that goes wrong is told with its place") {
    const TemporaryFolder folder;
    const std::string world = make_hut(folder);
    CHECK(has(kiln("play " + world + " --at garden", "look\n"), "Beans."));
    CHECK(kiln("play " + world + " --at cellar", "look\n").exit_code == 2);
    CHECK(kiln("play " + world + " --as 1", "look\n").exit_code == 2);
    const Run run = kiln("play " + world, "break\n");
    INFO(run.output);
    CHECK(run.exit_code == 1);
    CHECK(has(run, "(a handler went wrong: "));
    CHECK(has(run, "hut.mud:14:"));
}

TEST_CASE("files are taken in again; with a mistake in them the world goes on as it was") {
    const TemporaryFolder folder;
    const std::string world = make_hut(folder);
    write(folder.at("hut/hut.mud"), std::string(hut) + "\nroom attic {\n");
    CHECK(kiln("play " + world, "look\n").exit_code == 1);
    CHECK(kiln("play " + world + "/nothing", "look\n").exit_code == 2);
    CHECK(has(kiln("play content", "/help\n/wait long\n"), "/wait takes a length of time"));
}

TEST_CASE("a person at a terminal types, corrects, walks, changes the world, and leaves the terminal whole") {
    const TemporaryFolder folder;
    const std::string world = make_hut(folder);
    Person ada(world);
    REQUIRE(ada.sees("A fire burns."));
    REQUIRE(ada.sees("/quit leaves"));
    ada.press("lox\x7fok\r");
    CHECK(ada.sees("look"));
    CHECK(ada.sees("A fire burns."));
    ada.press("blow\r");
    CHECK(ada.sees("You blow into the embers."));
    ada.press("ea\x1b[Dx\x7f\x1b[Cst\r");
    CHECK(ada.sees("Beans."));

    std::string changed = hut;
    changed.replace(changed.find("Beans."), 6, "Pumpkins.");
    write(folder.at("hut/hut.mud"), changed + "\nroom attic {\n");
    CHECK(ada.sees("The world goes on as it was."));
    write(folder.at("hut/hut.mud"), changed);
    CHECK(ada.sees("(the world has changed)"));
    ada.press("look\r");
    CHECK(ada.sees("Pumpkins."));
    ada.press("\x1b[A\x1b[A\x15/quit\r");
    CHECK(ada.leave() == 0);
}

TEST_CASE("Ctrl-D leaves, too") {
    const TemporaryFolder folder;
    Person ada(make_hut(folder));
    REQUIRE(ada.sees("/quit leaves"));
    ada.press("\x04");
    CHECK(ada.leave() == 0);
}

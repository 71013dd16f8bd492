// `kiln play`: a world and one player in this process, with a terminal or a script.

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>

#include "cli/commands.h"
#include "cli/sources.h"
#include "cli/terminal.h"
#include "compiler/atlas/facts.h"
#include "scenario/solo.h"
#include "server/watch/content_watch.h"

namespace kiln::cli {

namespace {

constexpr std::string_view play_help =
    "/wait 30s   let time pass at once (s, m or h)\n"
    "/reload     take the files in again; saving a file does it by itself\n"
    "/quit       leave\n"
    "Everything else is typed to the world; HELP asks the world.\n";
constexpr std::uint64_t longest_wait_ms = 24ull * 60 * 60 * 1000;

// What a style looks like on a terminal; the others are plain.
std::string_view escape_of(std::string_view style) {
    static const std::map<std::string_view, std::string_view> escapes = {
        {"title", "\x1b[1m"}, {"b", "\x1b[1m"},      {"exit", "\x1b[36m"}, {"item", "\x1b[33m"},
        {"npc", "\x1b[35m"},  {"player", "\x1b[1m"}, {"say", "\x1b[32m"},  {"hit", "\x1b[31m"},
        {"bad", "\x1b[31m"},  {"good", "\x1b[32m"},  {"hint", "\x1b[2m"},  {"quiet", "\x1b[2m"},
        {"warn", "\x1b[33m"}, {"i", "\x1b[3m"},
    };
    const auto found = escapes.find(style);
    return found == escapes.end() ? std::string_view() : found->second;
}

std::string shown(const std::vector<world::StyledRun>& runs, bool in_color) {
    std::string text;
    for (const auto& run : runs) {
        const auto escape = in_color ? escape_of(run.style) : std::string_view();
        text += std::string(escape) + run.text + (escape.empty() ? "" : "\x1b[0m");
    }
    return text;
}

std::optional<std::uint64_t> milliseconds_of(std::string_view words) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(words.data() + words.size() - end));
    if (error != std::errc() || number > longest_wait_ms) return std::nullopt;
    const std::uint64_t factor = unit == "s" || unit.empty() ? 1'000
                                 : unit == "m"               ? 60'000
                                 : unit == "h"               ? 3'600'000
                                                             : 0;
    if (factor == 0 || number * factor > longest_wait_ms) return std::nullopt;
    return number * factor;
}

// One game, whatever it is shown on.
class Game {
 public:
    // `print` shows a paragraph.
    Game(const Options& options, std::function<void(std::string)> print, bool in_color)
        : paths_(options.words), print_(std::move(print)), in_color_(in_color) {}

    // The error is an exit code; what is wrong has been said.
    std::optional<int> begin(scenario::SoloOptions solo_options, std::string_view room) {
        const Compiled compiled = compile_for_people(paths_, {});
        if (!compiled.result) return compiled.exit_code;
        const schema::Image& image = *compiled.result->image;
        if (!room.empty()) {
            solo_options.room = find_room(image, room);
            if (!solo_options.room) return wrong_use("play", "there is no room " + std::string(room));
        }
        scenario::News first;
        auto solo = scenario::Solo::begin(image, solo_options, first);
        if (!solo) return wrong_use("play", solo.error());
        solo_.emplace(std::move(*solo));
        show(first);
        return std::nullopt;
    }

    // A line of the person: a command of ours, or something to type. False if they want to leave.
    bool type(std::string_view line) {
        if (!line.starts_with('/')) return show(solo_->type(line));
        const auto space = std::min(line.find(' '), line.size());
        const auto word = line.substr(0, space);
        if (word == "/quit") return false;
        if (word == "/wait") return wait(line.substr(std::min(space + 1, line.size())));
        if (word == "/reload") return reload();
        print_(std::string(play_help));
        return true;
    }

    bool pass() { return show(solo_->pass()); }

    bool reload() {
        auto sources = read_sources(paths_);
        if (!sources) return print_(sources.error() + "; the world goes on as it was"), true;
        const auto result = compiler::compile(std::move(*sources), {});
        if (!result.image) {
            print_(compiler::render(result,
                                    in_color_ ? compiler::Format::human_color : compiler::Format::human) +
                   "The world goes on as it was.");
            return true;
        }
        print_("(the world has changed)");
        return show(solo_->reload(*result.image));
    }

    std::uint32_t tick_ms() const { return solo_->tick_ms(); }
    bool has_faulted() const { return has_faulted_; }
    const std::string& prompt() const { return prompt_; }

 private:
    static std::optional<std::uint32_t> find_room(const schema::Image& image, std::string_view name) {
        for (std::uint32_t i = 0; i < image.definitions.size(); ++i) {
            const auto& definition = image.definitions[i];
            if (definition.kind != schema::Kind::room_ || definition.is_abstract) continue;
            if (definition.name == name || definition.name.ends_with("." + std::string(name))) return i;
        }
        return std::nullopt;
    }

    bool wait(std::string_view words) {
        const auto length = milliseconds_of(words);
        if (!length) return print_("/wait takes a length of time such as 30s, 5m or 2h, a day at most"), true;
        for (std::uint64_t passed = 0; passed < *length; passed += tick_ms()) {
            if (!pass()) return false;
        }
        return true;
    }

    // False if the player has left the world.
    bool show(const scenario::News& news) {
        for (const auto& output : news.outputs) {
            using K = world::Output::Kind;
            if (output->kind == K::text || output->kind == K::closed) print_(shown(output->runs, in_color_));
            if (output->kind == K::prompt) prompt_ = world::plain_text(output);
        }
        for (const auto& fault : news.faults) {
            has_faulted_ = true;
            print_("(a handler went wrong: " + fault.message + "\n " + fault.file + ":" +
                   std::to_string(fault.line) + ":" + std::to_string(fault.column) + " in " + fault.handler +
                   ")");
        }
        if (!news.reload_problem.empty())
            print_("(the change was refused: " + news.reload_problem + "; the world goes on as it was)");
        return !news.has_ended;
    }

    std::vector<std::string_view> paths_;
    std::function<void(std::string)> print_;
    bool in_color_;
    std::optional<scenario::Solo> solo_;
    std::string prompt_ = "> ";
    bool has_faulted_ = false;
};

// Lines from a file or a pipe: time passes by one tick a line, and by /wait.
int play_script(const Options& options, const scenario::SoloOptions& solo, std::string_view room) {
    Game game(
        options, [](const std::string& text) { std::printf("%s\n", text.c_str()); }, false);
    if (const auto problem = game.begin(solo, room)) return *problem;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty()) continue;
        std::printf("> %s\n", line.c_str());
        if (!game.type(line)) break;
    }
    return game.has_faulted() ? exit_failed : exit_ok;
}

int play_in_terminal(const Options& options, const scenario::SoloOptions& solo, std::string_view room) {
    using Clock = std::chrono::steady_clock;
    std::atomic<bool> has_changed{false};
    server::ContentWatch watch({options.words.begin(), options.words.end()}, [&] { has_changed = true; });
    // Before the terminal is taken, what goes wrong is told as anywhere else.
    std::optional<Terminal> terminal;
    const auto print = [&](const std::string& text) {
        const std::size_t columns = terminal ? std::min<std::size_t>(terminal->columns(), 100) : 100;
        if (terminal)
            terminal->print(wrapped(text, columns));
        else
            std::printf("%s\n", wrapped(text, columns).c_str());
    };
    const bool in_color = format_for(STDOUT_FILENO) == compiler::Format::human_color;
    Game game(options, print, in_color);
    if (const auto problem = game.begin(solo, room)) return *problem;
    std::fflush(stdout);
    terminal.emplace();
    // Said when keys are read one by one: whoever answers at once is understood.
    print("(/help says what you can do here; /quit leaves)");
    terminal->set_prompt(game.prompt());
    const auto tick = std::chrono::milliseconds(game.tick_ms());
    auto next = Clock::now() + tick;
    bool goes_on = true;
    while (goes_on && !terminal->has_ended()) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - Clock::now()).count();
        const auto line = terminal->read(static_cast<int>(std::clamp<long>(left, 0, tick.count())));
        if (line && !line->empty()) goes_on = game.type(*line);
        if (has_changed.exchange(false)) goes_on = goes_on && game.reload();
        if (Clock::now() >= next) {
            goes_on = goes_on && game.pass();
            // After a long stop time goes on from now; a game alone need not catch up.
            next = std::max(next + tick, Clock::now() - 5 * tick);
        }
        terminal->set_prompt(game.prompt());
    }
    terminal.reset();
    return exit_ok;
}

}  // namespace

int play_command(const Options& options) {
    if (options.words.empty()) return wrong_use("play", "which folder?");
    const auto seed = options.number("--seed", 1, 0, ~std::uint64_t{0});
    if (!seed) return wrong_use("play", seed.error());
    const scenario::SoloOptions solo{.seed = *seed, .name = std::string(options.value("--as").value_or(""))};
    const std::string_view room = options.value("--at").value_or("");
    const bool has_person = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    return has_person ? play_in_terminal(options, solo, room) : play_script(options, solo, room);
}

}  // namespace kiln::cli

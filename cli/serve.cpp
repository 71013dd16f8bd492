// `kiln serve`: content becomes a world that players can reach.

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "server/http/origin.h"
#include "server/log.h"
#include "server/server.h"
#include "server/watch/content_watch.h"
#include "world/schema/image_file.h"

namespace kiln::cli {

namespace {

constexpr std::size_t image_limit = 256U << 20;

struct Settings {
    server::ServerConfig config;
    std::vector<std::string_view> content;
    bool is_watching = false, is_log_json = false;
    server::LogLevel log_level = server::LogLevel::info;
};

// A whole number of an option, within bounds; the sentence says which are allowed.
template <typename Number>
std::expected<void, std::string> take_number(const Options& options, std::string_view name, Number& into,
                                             std::uint64_t low, std::uint64_t high) {
    if (!options.has(name)) return {};
    const auto number = options.number(name, 0, low, high);
    if (!number) return std::unexpected(number.error());
    into = static_cast<Number>(*number);
    return {};
}

std::expected<void, std::string> take_origins(const Options& options, std::vector<std::string>& into) {
    std::string_view rest = options.value("--origins").value_or("");
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string origin(rest.substr(0, comma));
        if (server::normal_origin(origin).empty()) {
            return std::unexpected(
                "--origins takes origins such as https://play.example.org, with commas between them");
        }
        into.push_back(origin);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return {};
}

std::expected<Settings, std::string> settings_of(const Options& options) {
    Settings settings;
    server::ServerConfig& config = settings.config;
    std::uint64_t snapshot_seconds = static_cast<std::uint64_t>(config.snapshot_period.count());
    for (const auto& taken :
         {take_number(options, "--port", config.port, 0, 65535),
          take_number(options, "--tick-ms", config.tick_ms, 10, 1000),
          take_number(options, "--seed", config.seed, 0, ~std::uint64_t{0}),
          take_number(options, "--per-address", config.network.connections_per_address, 0, 1'000'000),
          take_number(options, "--snapshot-seconds", snapshot_seconds, 1, 86'400)}) {
        if (!taken) return std::unexpected(taken.error());
    }
    config.snapshot_period = std::chrono::seconds(snapshot_seconds);
    config.network.count_loopback = options.has("--per-address");
    config.address = options.value("--address").value_or(config.address);
    config.data = options.value("--data").value_or(config.data);
    settings.is_watching = options.has("--watch");
    settings.is_log_json = options.has("--log-json");
    if (const auto name = options.value("--log-level")) {
        const auto level = server::log_level(*name);
        if (!level) return std::unexpected("--log-level takes debug, info, warning or error");
        settings.log_level = *level;
    }
    if (auto taken = take_origins(options, config.network.origins); !taken)
        return std::unexpected(taken.error());
    if (const auto web = options.value("--web")) {
        config.web = *web;
        if (!std::filesystem::is_directory(config.web)) return std::unexpected(config.web + " is no folder");
    } else if (const auto found = find_shared_folder("web")) {
        config.web = found->string();
    }
    settings.content = options.words;
    return settings;
}

bool is_image_file(std::string_view path) { return path.ends_with(".kilnimage"); }

// The image that the words name, and its title. Diagnostics have been printed if there is none.
std::expected<schema::Image, std::string> load_image(const std::vector<std::string_view>& words) {
    if (words.size() == 1 && is_image_file(words[0])) {
        const auto bytes = read_file(std::filesystem::path(words[0]), image_limit);
        if (!bytes) return std::unexpected(bytes.error());
        return schema::read_image(*bytes);
    }
    const Compiled compiled = compile_for_people(words, {});
    if (!compiled.result || !compiled.result->image) return std::unexpected("the content has errors");
    return *compiled.result->image;
}

std::string words_of(const schema::Image& image, const schema::PropertyValue* title) {
    std::string words;
    if (title == nullptr || title->kind != schema::PropertyValue::Kind::text) return words;
    for (const schema::TextPart& part : image.texts[static_cast<std::size_t>(title->integer)].parts)
        words += part.words;
    return words;
}

// The world is called after the zone where players begin, else after the first one.
std::string title_of(const schema::Image& image) {
    std::string first;
    for (const schema::Definition& definition : image.definitions) {
        if (definition.kind != schema::Kind::zone_ || definition.is_abstract) continue;
        const std::string words = words_of(image, definition.property("title"));
        if (definition.property("start") != nullptr && !words.empty()) return words;
        if (first.empty()) first = words;
    }
    return first.empty() ? "a world" : first;
}

void reload(server::Server& server, const std::vector<std::string_view>& content) {
    auto image = load_image(content);
    if (image) {
        server.submit_image(schema::write_image(*image));
        return;
    }
    server::log_event(server::LogLevel::error, "reload_refused", {{"why", image.error()}});
    server.announce("The changed content was not taken: " + image.error() + ". The world goes on as it was.");
}

int serve_until_signal(const Settings& settings, std::string image_bytes, const sigset_t& signals) {
    auto server = server::Server::start(settings.config, std::move(image_bytes));
    if (!server) {
        std::fprintf(stderr, "kiln serve: %s\n", server.error().c_str());
        return exit_failed;
    }
    std::printf("Kiln is serving %s at http://localhost:%u/\n", settings.config.title.c_str(),
                unsigned{(*server)->port()});
    std::fflush(stdout);
    {
        std::unique_ptr<server::ContentWatch> watch;
        if (settings.is_watching) {
            watch = std::make_unique<server::ContentWatch>(
                std::vector<std::string>(settings.content.begin(), settings.content.end()),
                [&] { reload(**server, settings.content); });
        }
        int signal = 0;
        sigwait(&signals, &signal);
    }
    (*server)->stop();
    return exit_ok;
}

}  // namespace

int serve_command(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return wrong_use("serve", settings.error());
    server::start_log(settings->is_log_json, settings->log_level);

    // Blocked before any thread is made, so that only sigwait sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);       // a limit on the size of files is a full disk like any other

    std::string image_bytes;
    if (!settings->content.empty()) {
        const auto image = load_image(settings->content);
        if (!image) {
            std::fprintf(stderr, "kiln serve: %s\n", image.error().c_str());
            return exit_failed;
        }
        settings->config.title = title_of(*image);
        image_bytes = schema::write_image(*image);
    } else if (settings->is_watching) {
        return wrong_use("serve", "--watch needs the content to watch");
    }
    return serve_until_signal(*settings, std::move(image_bytes), signals);
}

}  // namespace kiln::cli

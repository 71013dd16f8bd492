#include "server/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace kiln::server {
namespace {

std::atomic<bool> json_lines{false};

// JSON escaping leaves DEL, C1 and bidirectional controls as they are; a log on a terminal must not.
std::string visible(std::string quoted) {
    std::string clean;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        const auto byte = static_cast<unsigned char>(quoted[i]);
        const auto next = i + 1 < quoted.size() ? static_cast<unsigned char>(quoted[i + 1]) : 0;
        if (byte == 0x7f) {
            clean += "\\u007f";
        } else if (byte == 0xc2 && next >= 0x80 && next <= 0x9f) {
            clean += fmt::format("\\u{:04x}", next);
            ++i;
        } else {
            clean += quoted[i];
        }
    }
    return clean;
}

std::string quote(const std::string& text) {
    return visible(boost::json::serialize(boost::json::value(text)));
}

std::string as_text(const LogField& field) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return quote(value);
            } else {
                return fmt::format("{}", value);
            }
        },
        field.value);
}

}  // namespace

std::string format_log(bool as_json, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line = as_json ? fmt::format("\"event\":\"{}\"", event) : std::string(event);
    for (const LogField& field : fields) {
        line += as_json ? fmt::format(",\"{}\":{}", field.key, as_text(field))
                        : fmt::format(" {}={}", field.key, as_text(field));
    }
    return line;
}

namespace {

struct LevelRow {
    std::string_view name;
    spdlog::level::level_enum severity;
};
constexpr LevelRow levels[] = {{"debug", spdlog::level::debug},
                               {"info", spdlog::level::info},
                               {"warning", spdlog::level::warn},
                               {"error", spdlog::level::err}};

spdlog::level::level_enum severity_of(LogLevel level) { return levels[static_cast<std::size_t>(level)].severity; }

}  // namespace

std::optional<LogLevel> log_level(std::string_view name) {
    for (std::size_t i = 0; i < std::size(levels); ++i) {
        if (levels[i].name == name) {
            return static_cast<LogLevel>(i);
        }
    }
    return std::nullopt;
}

void start_log(bool as_json, LogLevel least) {
    json_lines = as_json;
    auto logger = std::make_shared<spdlog::logger>("kiln", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern(as_json ? R"({"ts":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                : "%H:%M:%S.%e %^%l%$ %v");
    logger->set_level(severity_of(least));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
}

bool is_logged(LogLevel level) { return spdlog::should_log(severity_of(level)); }

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (is_logged(level)) {
        // The text is passed as an argument: braces typed by a player are no format.
        spdlog::log(severity_of(level), "{}", format_log(json_lines, event, fields));
    }
}

}  // namespace kiln::server

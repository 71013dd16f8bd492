#pragma once
// The operator's log: events with fields, on stderr, for people or as one JSON object per line. Text that
// came from a player is escaped in both forms, so that nobody can forge a line or send a control character to
// a terminal.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kiln::server {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct LogField {
    std::string_view key;
    std::variant<std::string, std::int64_t, std::uint64_t, double, bool> value;

    LogField(std::string_view name, std::string text) : key(name), value(std::move(text)) {}
    LogField(std::string_view name, std::string_view text) : key(name), value(std::string(text)) {}
    LogField(std::string_view name, const char* text) : key(name), value(std::string(text)) {}
    LogField(std::string_view name, std::int64_t number) : key(name), value(number) {}
    LogField(std::string_view name, std::uint64_t number) : key(name), value(number) {}
    LogField(std::string_view name, double number) : key(name), value(number) {}
    LogField(std::string_view name, bool yes) : key(name), value(yes) {}
};

// Events below `least` are not written.
void start_log(bool as_json, LogLevel least = LogLevel::info);
std::optional<LogLevel> log_level(std::string_view name);      // "debug", "info", "warning", "error"
bool is_logged(LogLevel level);
// `event` is one of a small fixed set: listen, connect, disconnect, command, error, fault, tick_slow,
// snapshot, recovery...
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
// The message of log_event without the time: one JSON fragment, or words. Shown for tests.
std::string format_log(bool as_json, std::string_view event, std::initializer_list<LogField> fields);

}  // namespace kiln::server

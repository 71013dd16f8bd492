#include "scenario/report.h"

#include <algorithm>

#include "world/text/json.h"

namespace kiln::scenario {

namespace {

using world::json_string;

std::string indented(std::string_view text, std::string_view margin) {
    std::string lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.append(margin).append(text.substr(0, end)).append("\n");
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

std::string_view source_line(const schema::Image& image, const TestResult& test) {
    for (const auto& source : image.sources) {
        if (source.name != test.file) continue;
        std::string_view rest = source.text;
        for (std::uint32_t line = 1; line < test.failed_line; ++line) {
            const auto end = rest.find('\n');
            if (end == rest.npos) return {};
            rest = rest.substr(end + 1);
        }
        auto line = rest.substr(0, rest.find_first_of("\r\n"));
        while (line.starts_with(' ')) line.remove_prefix(1);
        return line;
    }
    return {};
}

std::string place(const TestResult& test) {
    return test.file + ":" + std::to_string(test.passed ? test.line : test.failed_line);
}

std::size_t count_passed(std::span<const TestResult> results) {
    return static_cast<std::size_t>(std::ranges::count_if(results, &TestResult::passed));
}

std::string failure_details(const schema::Image& image, const TestResult& test) {
    std::string text;
    if (const auto line = source_line(image, test); !line.empty()) text += "> " + std::string(line) + "\n";
    text += indented(test.message, "");
    if (!test.transcript.empty()) text += "what happened:\n" + indented(test.transcript, "| ");
    return text;
}

std::string for_people(const schema::Image& image, std::span<const TestResult> results, bool also_passed) {
    std::string text;
    for (const auto& test : results) {
        if (!test.passed)
            text += place(test) + ": failed: " + test.name + "\n" +
                    indented(failure_details(image, test), "    ") + "\n";
        else if (also_passed)
            text += place(test) + ": passed: " + test.name + "\n";
    }
    const auto passed = count_passed(results);
    return text + std::to_string(passed) + " passed, " + std::to_string(results.size() - passed) +
           " failed\n";
}

std::string for_programs(const schema::Image& image, std::span<const TestResult> results) {
    std::string text;
    for (const auto& test : results) {
        world::JsonObject object;
        object.add("name", test.name).add("file", test.file).add("line", std::int64_t{test.line});
        object.add_raw("passed", test.passed ? "true" : "false");
        object.add("ticks", static_cast<std::int64_t>(test.ticks));
        if (!test.passed) {
            object.add("failed_line", std::int64_t{test.failed_line});
            object.add("source", source_line(image, test)).add("message", test.message);
            object.add("transcript", test.transcript);
        }
        text += (text.empty() ? "[" : ",\n ") + object.done();
    }
    return (text.empty() ? "[" : text) + "]\n";
}

// XML 1.0 knows no other control characters, however they are written.
std::string escaped(std::string_view words) {
    std::string text;
    for (const char c : words) {
        switch (c) {
            case '&': text += "&amp;"; break;
            case '<': text += "&lt;"; break;
            case '>': text += "&gt;"; break;
            case '"': text += "&quot;"; break;
            case '\n': text += "&#10;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) text += c;
        }
    }
    return text;
}

std::string seconds(std::uint64_t microseconds) {
    auto digits = std::to_string(microseconds % 1'000'000);
    return std::to_string(microseconds / 1'000'000) + "." + std::string(6 - digits.size(), '0') + digits;
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

// One suite; what stands between <failure> and its end keeps its lines.
std::string for_build_servers(const schema::Image& image, std::span<const TestResult> results) {
    std::uint64_t total = 0;
    for (const auto& test : results) total += test.microseconds;
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite" +
                       attribute("name", "kiln test") + attribute("tests", std::to_string(results.size())) +
                       attribute("failures", std::to_string(results.size() - count_passed(results))) +
                       attribute("errors", "0") + attribute("time", seconds(total)) + ">\n";
    for (const auto& test : results) {
        text += "  <testcase" + attribute("name", test.name) + attribute("classname", test.file) +
                attribute("file", test.file) + attribute("line", std::to_string(test.line)) +
                attribute("time", seconds(test.microseconds));
        if (test.passed) {
            text += "/>\n";
            continue;
        }
        const auto first = test.message.substr(0, test.message.find('\n'));
        text += ">\n    <failure" + attribute("message", place(test) + ": " + first) + ">" +
                escaped(failure_details(image, test)) + "</failure>\n  </testcase>\n";
    }
    return text + "</testsuite>\n";
}

}  // namespace

std::string report(const schema::Image& image, std::span<const TestResult> results, ReportFormat format,
                   bool also_passed) {
    switch (format) {
        case ReportFormat::people: return for_people(image, results, also_passed);
        case ReportFormat::json: return for_programs(image, results);
        case ReportFormat::junit: return for_build_servers(image, results);
    }
    return {};
}

}  // namespace kiln::scenario

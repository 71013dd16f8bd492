#include "world/commands/questions.h"

#include <algorithm>
#include <charconv>

#include "world/actions/asking.h"
#include "world/commands/command_table.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::size_t most_listed = 9;

// As kept with the player: "begin end handle handle...", a line break, the line.
std::string packed(const Question& question, const Words& words) {
    std::string bytes = std::to_string(question.begin) + " " + std::to_string(question.end);
    for (const Handle one : question.among) bytes += " " + std::to_string(one.to_slot());
    return bytes + "\n" + words.line;
}

struct Kept {
    Question question;
    std::string line;
};

Kept unpacked(std::string_view bytes) {
    Kept kept;
    const std::size_t end_of_numbers = std::min(bytes.find('\n'), bytes.size());
    std::vector<std::int64_t> numbers;
    const char* at = bytes.data();
    const char* end = at + end_of_numbers;
    while (at < end) {
        std::int64_t number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc{}) break;
        numbers.push_back(number);
        at = read.ptr + (read.ptr < end ? 1 : 0);
    }
    if (numbers.size() < 3) return kept;
    kept.question.begin = static_cast<std::size_t>(numbers[0]);
    kept.question.end = static_cast<std::size_t>(numbers[1]);
    for (std::size_t i = 2; i < numbers.size(); ++i)
        kept.question.among.push_back(Handle::from_slot(numbers[i]));
    kept.line = bytes.substr(std::min(end_of_numbers + 1, bytes.size()));
    return kept;
}

// "1", "1." or "first".
std::size_t place_meant(std::string word) {
    while (!word.empty() && (word.back() == '.' || word.back() == ')')) word.pop_back();
    if (word.size() == 1 && word[0] >= '1' && word[0] <= '9') return static_cast<std::size_t>(word[0] - '0');
    return static_cast<std::size_t>(ordinal_value(word));
}

// The one that an answer means; nobody if it is no answer.
Handle chosen_by(Engine& engine, const Words& answer, const std::vector<Handle>& among) {
    std::vector<std::string> words = answer.words;
    while (words.size() > 1 && (is_article(words.front()) || words.front() == "number"))
        words.erase(words.begin());
    if (words.size() > 1 && words.back() == "one") words.pop_back();
    if (words.size() == 1) {
        const std::size_t place = place_meant(words.front());
        if (place >= 1 && place <= among.size()) return among[place - 1];
    }
    if (exact_row(answer.words.front()) != nullptr) return {};
    Handle only;
    for (const Handle one : among) {
        auto keywords = keywords_of(engine, one);
        if (table_of(one) == Table::exit)
            keywords.emplace_back(
                direction_name(static_cast<int>(engine.store.read(Field::exit_direction, one))));
        if (fit_of(keywords, words) == Fit::none) continue;
        if (!only.is_nobody()) return {};
        only = one;
    }
    return only;
}

std::string completed(const Kept& kept, Handle chosen) {
    const Words words = split_line(kept.line);
    std::string line(words.between(0, kept.question.begin));
    line += " " + chosen_word(chosen);
    const auto rest = words.rest(kept.question.end);
    return rest.empty() ? line : line + " " + std::string(rest);
}

}  // namespace

std::vector<StyledRun> ask(Engine& engine, Handle who, const Words& words, const Question& question) {
    if (question.among.size() > most_listed)
        return styled("", "That could mean too many things here. Say more exactly what you mean.");
    engine.store.write_bytes(Field::creature_question, who, packed(question, words));
    auto runs = styled("", "Which do you mean: ");
    for (std::size_t i = 0; i < question.among.size(); ++i) {
        const Handle one = question.among[i];
        if (i > 0) append(runs, styled("", i + 1 == question.among.size() ? " or " : ", "));
        append(runs, styled("command", std::to_string(i + 1)));
        append(runs, styled("", " "));
        append(runs, styled(style_of(engine, one), label_of(engine, one, who)));
    }
    append(runs, styled("", "?"));
    return runs;
}

std::string answered(Engine& engine, Handle who, std::string line) {
    const auto bytes = engine.store.read_bytes(Field::creature_question, who);
    if (bytes.empty()) return line;
    const Kept kept = unpacked(bytes);
    engine.store.write_bytes(Field::creature_question, who, {});
    const Words answer = split_line(line);
    if (answer.size() == 0) return line;
    const Handle chosen = chosen_by(engine, answer, kept.question.among);
    return chosen.is_nobody() ? line : completed(kept, chosen);
}

}  // namespace kiln::world

// A line on its way: handlers of things here, exact names, abbreviations, and at last a guess at what was
// meant.

#include <algorithm>

#include "world/commands/command_table.h"
#include "world/commands/content.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

// Words that people type for something that has another name here.
std::string with_synonyms(std::string line) {
    using Synonym = std::pair<std::string_view, std::string_view>;
    static constexpr Synonym synonyms[] = {
        {"pick up ", "get "}, {"put down ", "drop "},      {"put on ", "wear "},   {"take off ", "remove "},
        {"sit down", "sit"},  {"lie down", "sleep"},       {"stand up", "stand"},  {"wake up", "wake"},
        {"get up", "stand"},  {"look around", "look"},     {"inv", "inventory"},   {"exit", "exits"},
        {"go to sleep", "sleep"}, {"run away", "flee"},    {"fight ", "kill "},    {"hit ", "kill "},
        {"log out", "quit"},  {"logout", "quit"},          {"exa ", "examine "},   {"x ", "examine "},
    };
    const std::string low = lowered(line);
    for (const auto& [from, to] : synonyms) {
        const bool open_end = from.ends_with(" ");
        if (open_end ? low.starts_with(from) : low == from) return std::string(to) + line.substr(from.size());
    }
    return line;
}

std::string_view position_refusal(Position position) {
    switch (position) {
        case Position::asleep: return "You are asleep. Wake up first.";
        case Position::resting: return "You are resting. Stand up first.";
        default: return "You are sitting. Stand up first.";
    }
}

void run_row(Call& call, const CommandRow& row) {
    const Position position = position_of(call.engine, call.who);
    if (position > row.least) return call.refuse(position_refusal(position));
    call.number = row.number;
    row.handler(call);
}

// What content says about the line: true if it has been dealt with.
bool run_content(Call& call, Attempt attempt) {
    if (attempt.end == Attempt::End::refused) call.outcome.refusal = std::move(attempt.message);
    if (attempt.end == Attempt::End::failed) {
        call.outcome.undo = true;
        call.outcome.refusal = std::move(attempt.message);
    }
    if (attempt.end == Attempt::End::done) call.outcome.lag_ms = attempt.lag_ms;
    return attempt.end != Attempt::End::not_meant;
}

void guess(Call& call) {
    const std::string& word = call.words.words.front();
    auto known = content_words(call.engine, call.who);
    for (const auto& row : command_table()) known.emplace_back(row.name);
    const auto near = nearest_words(word, known, 3);
    std::vector<StyledRun> runs = styled("", "You do not know how to ");
    append(runs, styled("", "\"" + word + "\". "));
    if (near.empty()) {
        append(runs, styled("", "Type "));
        append(runs, styled("command", "commands"));
        append(runs, styled("", " to see what you can do."));
    } else {
        append(runs, styled("", "Did you mean "));
        for (std::size_t i = 0; i < near.size(); ++i) {
            if (i > 0) append(runs, styled("", i + 1 == near.size() ? " or " : ", "));
            append(runs, styled("command", near[i]));
        }
        append(runs, styled("", "?"));
    }
    call.outcome.refusal = std::move(runs);
}

void dispatch(Call& call) {
    // Things here answer first; if they only half understood, others get their chance before the reason is
    // told.
    Attempt here = try_handlers_here(call.engine, call.who, call.words);
    if (here.end != Attempt::End::refused && run_content(call, std::move(here))) return;
    const std::string& word = call.words.words.front();
    if (const auto* row = exact_row(word);
        row != nullptr && !(here.end == Attempt::End::refused && row->usage.empty())) {
        return run_row(call, *row);
    }
    if (run_content(call, try_commands(call.engine, call.who, call.words, true))) return;
    if (run_content(call, try_socials(call.engine, call.who, call.words, true))) return;
    if (here.end == Attempt::End::refused) {
        call.outcome.refusal = std::move(here.message);
        return;
    }
    if (const auto* row = abbreviated_row(word)) return run_row(call, *row);
    if (run_content(call, try_commands(call.engine, call.who, call.words, false))) return;
    if (run_content(call, try_socials(call.engine, call.who, call.words, false))) return;
    guess(call);
}

}  // namespace

void Call::refuse(std::string_view reason) { outcome.refusal = styled("", reason); }

void Call::take(ActionResult result) {
    if (!result.done && !result.refusal.empty()) outcome.refusal = std::move(result.refusal);
}

CommandOutcome run_command(Engine& engine, Handle creature, std::string_view line) {
    CommandOutcome outcome;
    const Words words = split_line(with_synonyms(spelled_out(cleaned(line))));
    if (words.size() == 0) return outcome;
    if (is_dying(engine, creature)) {
        outcome.refusal = styled("", "You are dead. It passes.");
        return outcome;
    }
    Call call{engine, creature, words, outcome};
    dispatch(call);
    return outcome;
}

}  // namespace kiln::world

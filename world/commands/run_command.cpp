// A line on its way: handlers of things here, exact names, abbreviations, and at last a guess at what was
// meant.

#include <algorithm>

#include "world/commands/command_table.h"
#include "world/commands/content.h"
#include "world/commands/typed_lines.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view position_refusal(Position position) {
    switch (position) {
        case Position::asleep: return "You are asleep. Wake up first.";
        case Position::resting: return "You are resting. Stand up first.";
        default: return "You are sitting. Stand up first.";
    }
}

void run_row(Call& call, const CommandRow& row) {
    call.outcome.verb = row.name;
    const Position position = position_of(call.engine, call.who);
    if (position > row.least) return call.refuse(position_refusal(position));
    call.number = row.number;
    row.handler(call);
}

// What content says about the line: true if it has been dealt with.
bool run_content(Call& call, Attempt attempt) {
    call.outcome.verb = attempt.verb;
    if (attempt.end == Attempt::End::refused) call.outcome.refusal = std::move(attempt.message);
    if (attempt.end == Attempt::End::failed) {
        call.outcome.undo = true;
        call.outcome.refusal = std::move(attempt.message);
    }
    if (attempt.end == Attempt::End::done) {
        call.outcome.lag_ms = attempt.lag_ms;
        call.question = std::move(attempt.question);
    }
    return attempt.end != Attempt::End::not_meant;
}

void add_choices(std::vector<StyledRun>& runs, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) append(runs, styled("", i + 1 == lines.size() ? " or " : ", "));
        append(runs, styled("command", lines[i]));
    }
    append(runs, styled("", "?"));
}

// A thing alone is no command: what is to be done with it?
bool ask_what_to_do(Call& call) {
    const Phrase all(call.words.words.data(), call.words.size());
    const auto found =
        find_among(call.engine, call.who, candidates(call.engine, call.who, looks::all), parse_wanted(all));
    if (found.empty() || found.front() == call.who) return false;
    const Handle one = found.front();
    const std::string named(call.words.line);
    auto runs = styled("", "What about ");
    append(runs, styled(style_of(call.engine, one), label_of(call.engine, one, call.who)));
    append(runs, styled("", "? Did you mean "));
    const bool alive = table_of(one) == Table::creature;
    add_choices(runs, {"look " + named, alive ? "talk " + named : "get " + named});
    call.outcome.refusal = std::move(runs);
    return true;
}

// Too short a beginning of a word that must be typed out, or a slip of the fingers.
std::vector<std::string> meant_words(Call& call, const std::string& word) {
    auto known = content_words(call.engine, call.who);
    for (const auto& row : command_table()) {
        if (row.handler != command_missing) known.emplace_back(row.name);
    }
    std::vector<std::string> meant;
    for (const auto& name : known) {
        if (name.starts_with(word) && meant.size() < 3) meant.push_back(name);
    }
    return meant.empty() ? nearest_words(word, known, 3) : meant;
}

void guess(Call& call) {
    const std::string& word = call.words.words.front();
    if (word.find_first_not_of("0123456789") == std::string::npos)
        return call.refuse("There is nothing to choose by a number now.");
    if (ask_what_to_do(call)) return;
    const auto near = meant_words(call, word);
    auto runs = styled("", "You do not know how to \"" + word + "\". ");
    if (near.empty()) {
        append(runs, styled("", "Type "));
        append(runs, styled("command", "commands"));
        append(runs, styled("", " to see what you can do."));
    } else {
        append(runs, styled("", "Did you mean "));
        add_choices(runs, near);
    }
    call.outcome.refusal = std::move(runs);
}

// Things here answer first, to what was typed before they answer to another word for it.
Attempt ask_things_here(Call& call, const Words& typed) {
    Attempt here = try_handlers_here(call.engine, call.who, typed);
    const bool is_answer = here.end != Attempt::End::not_meant && here.end != Attempt::End::refused;
    if (is_answer || typed.line == call.words.line) return here;
    Attempt other = try_handlers_here(call.engine, call.who, call.words);
    return other.end == Attempt::End::not_meant ? here : other;
}

void dispatch(Call& call, const Words& typed) {
    // If they only half understood, others get their chance before the reason is told.
    Attempt here = ask_things_here(call, typed);
    if (here.end != Attempt::End::refused && run_content(call, std::move(here))) return;
    // A command that the world declares is more than one of the engine's with the same name.
    if (run_content(call, try_commands(call.engine, call.who, call.words, true))) return;
    const std::string& word = call.words.words.front();
    if (const auto* row = exact_row(word); row != nullptr && row->handler != command_missing &&
                                           !(here.end == Attempt::End::refused && row->usage.empty())) {
        return run_row(call, *row);
    }
    if (run_content(call, try_socials(call.engine, call.who, call.words, true))) return;
    if (here.end == Attempt::End::refused) {
        call.outcome.refusal = std::move(here.message);
        return;
    }
    if (const auto* row = exact_row(word)) return run_row(call, *row);
    if (const auto* row = abbreviated_row(word)) return run_row(call, *row);
    if (run_content(call, try_commands(call.engine, call.who, call.words, false))) return;
    if (run_content(call, try_socials(call.engine, call.who, call.words, false))) return;
    guess(call);
}

}  // namespace

CommandOutcome run_command(Engine& engine, Handle creature, std::string_view line) {
    CommandOutcome outcome;
    const std::string typed = answered(engine, creature, cleaned(line));
    const Words as_typed = split_line(spelled_out(typed));
    const Words words = split_line(with_synonyms(spelled_out(typed)));
    if (words.size() == 0) return outcome;
    if (is_dying(engine, creature)) {
        outcome.refusal = styled("", "You are dead. It passes.");
        return outcome;
    }
    if (const auto problem = problem_of_recall(typed); !problem.empty()) {
        outcome.refusal = styled("", problem);
        return outcome;
    }
    Call call{engine, creature, words, outcome};
    dispatch(call, as_typed);
    if (call.asks()) outcome.refusal = ask(engine, creature, words, call.question);
    return outcome;
}

}  // namespace kiln::world

#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/content.h"
#include "world/commands/patterns.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

void line(Call& call, std::string_view words, std::string_view style = {}) {
    tell_words(call.engine, call.who, "help", style, words);
}

void overview(Call& call) {
    line(call, "You type what you do, and the world answers.", "title");
    line(call, "Look around: look, look at <thing>, exits, inventory.");
    line(call, "Walk: north, south, east, west, up, down; the first letter will do.");
    line(call, "Things: get, drop, put, give, wear, wield, eat, open, close.");
    line(call, "People: say, tell, emote, who.");
    line(call, "Fights: consider, kill, flee. Nobody loses anything by dying.");
    line(call, "Type help <word> for more about a word, commands for all of them.");
    std::vector<std::string> topics;
    for (const auto& definition : call.engine.image().definitions) {
        if (definition.kind == schema::Kind::help_) topics.push_back(own_name(definition));
    }
    if (!topics.empty()) line(call, "There is also help about: " + list_of(topics) + ".");
}

bool is_topic(const schema::Definition& definition, const std::string& word) {
    if (own_name(definition) == word) return true;
    const auto* keywords = definition.property("keywords");
    if (keywords == nullptr) return false;
    return std::ranges::any_of(keywords->strings,
                               [&](const std::string& keyword) { return lowered(keyword) == word; });
}

bool help_page(Call& call, const std::string& word) {
    for (const auto& definition : call.engine.image().definitions) {
        if (definition.kind != schema::Kind::help_ || !is_topic(definition, word)) continue;
        if (const auto* text = definition.property("text")) {
            show(call.engine, call.who, "help", render_value(call.engine, *text, Handle{}, call.who));
            return true;
        }
    }
    return false;
}

bool help_command(Call& call, const std::string& word) {
    for (const auto& definition : call.engine.image().definitions) {
        if (definition.kind != schema::Kind::command_ || own_name(definition) != word) continue;
        for (const auto& form : definition.forms) line(call, pattern_words(form.pattern), "command");
        if (const auto* help = definition.property("help")) {
            show(call.engine, call.who, "help", render_value(call.engine, *help, Handle{}, call.who));
        }
        return true;
    }
    const CommandRow* row = exact_row(word);
    if (row == nullptr) row = abbreviated_row(word);
    if (row == nullptr) return false;
    line(call, std::string(row->name) + (row->usage.empty() ? "" : " " + std::string(row->usage)), "command");
    // Another name has no line of its own: the row it stands for does.
    for (const auto& main : command_table()) {
        if (main.handler != row->handler || main.help.empty()) continue;
        line(call, main.help);
        break;
    }
    return true;
}

bool help_social(Call& call, const std::string& word) {
    for (const auto& definition : call.engine.image().definitions) {
        if (definition.kind != schema::Kind::social_ || own_name(definition) != word) continue;
        line(call, word + " [<somebody>]", "command");
        line(call, "A gesture that everybody here sees.");
        return true;
    }
    return false;
}

std::vector<std::string> declared(const Engine& engine, schema::Kind kind) {
    std::vector<std::string> names;
    for (const auto& definition : engine.image().definitions) {
        if (definition.kind == kind && !definition.is_abstract) names.push_back(own_name(definition));
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

void command_help(Call& call) {
    if (!call.has_operands()) return overview(call);
    const std::string& word = call.words.words[1];
    if (help_page(call, word) || help_command(call, word) || help_social(call, word)) return;
    auto known = content_words(call.engine, call.who);
    for (const auto& row : command_table()) known.emplace_back(row.name);
    const auto near = nearest_words(word, known, 3);
    std::string answer = "There is no help about \"" + word + "\".";
    if (!near.empty()) answer += " Did you mean " + list_of(near) + "?";
    call.refuse(answer);
}

void command_commands(Call& call) {
    std::vector<std::string> names;
    for (const auto& row : command_table()) {
        if (!row.help.empty()) names.emplace_back(row.name);
    }
    const auto own = declared(call.engine, schema::Kind::command_);
    names.insert(names.end(), own.begin(), own.end());
    std::ranges::sort(names);
    line(call, "You can: " + list_of(names) + ".");
    const auto socials = declared(call.engine, schema::Kind::social_);
    if (!socials.empty()) line(call, "Gestures: " + list_of(socials) + ".");
    line(call, "Abbreviations do. Type help <command> for more about one.");
}

}  // namespace kiln::world

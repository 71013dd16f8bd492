// One's own words for lines.

#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/typed_lines.h"
#include "world/limits.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

void tell_alias(Call& call, const Alias& alias) {
    auto runs = styled("command", alias.name);
    append(runs, styled("", " stands for: "));
    append(runs, styled("command", alias.line));
    show(call.engine, call.who, "alias", std::move(runs));
}

std::string problem_of_alias(const std::vector<Alias>& known, const std::string& name,
                             std::string_view line) {
    if (name == "alias" || name == "unalias") return "That word is needed to change aliases.";
    if (name.size() > limits::alias_name_bytes || name.find_first_of("=!^$;") != std::string::npos)
        return "An alias is one short word.";
    if (line.size() > limits::alias_bytes)
        return "That line is too long; " + std::to_string(limits::alias_bytes) + " letters fit.";
    if (known.size() >= limits::aliases && std::ranges::find(known, name, &Alias::name) == known.end())
        return "You have " + std::to_string(limits::aliases) + " aliases; forget one first with unalias.";
    return {};
}

void list_aliases(Call& call, const std::vector<Alias>& known) {
    if (known.empty()) {
        return tell_words(call.engine, call.who, "alias", "",
                          "You have no aliases. Make one like this: alias gw get $1;wear $1");
    }
    for (const auto& alias : known) tell_alias(call, alias);
}

}  // namespace

void command_alias(Call& call) {
    auto known = aliases_of(call.engine, call.who);
    if (!call.has_operands()) return list_aliases(call, known);
    const std::string& name = call.words.words[1];
    const auto same = std::ranges::find(known, name, &Alias::name);
    if (call.words.size() == 2) {
        if (same == known.end()) return call.refuse("You have no alias \"" + name + "\".");
        return tell_alias(call, *same);
    }
    const auto line = call.said(2);
    if (const auto problem = problem_of_alias(known, name, line); !problem.empty())
        return call.refuse(problem);
    if (same != known.end())
        same->line = line;
    else
        known.push_back({name, std::string(line)});
    keep_aliases(call.engine, call.who, known);
    tell_alias(call, {name, std::string(line)});
}

void command_unalias(Call& call) {
    if (!call.has_operands()) return call.refuse("Forget which alias?");
    auto known = aliases_of(call.engine, call.who);
    const std::string& name = call.words.words[1];
    if (std::erase_if(known, [&](const Alias& alias) { return alias.name == name; }) == 0)
        return call.refuse("You have no alias \"" + name + "\".");
    keep_aliases(call.engine, call.who, known);
    tell_words(call.engine, call.who, "alias", "", "You forget what \"" + name + "\" stood for.");
}

}  // namespace kiln::world

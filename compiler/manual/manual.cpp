#include "compiler/manual/manual.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diagnostics/diagnostic.h"
#include "world/schema/vocabulary.h"

namespace kiln::compiler {

namespace {

using namespace schema;

constexpr std::string_view note =
    "<!-- Printed from the tables of the program by `kiln doc`; do not edit. -->\n\n";

std::string cell(std::string_view words) {
    std::string result;
    for (const char c : words) result += c == '|' ? std::string("\\|") : std::string(1, c);
    return result;
}

std::string code(std::string_view words) { return words.empty() ? std::string() : "`" + cell(words) + "`"; }

std::string spelled(const Parameter& parameter) {
    auto result = parameter.preposition.empty() ? std::string() : parameter.preposition + " ";
    result += parameter.name + ": " + to_string(parameter.type);
    return parameter.omissible ? "[" + result + "]" : result;
}

std::string joined(const std::vector<Parameter>& parameters, std::size_t from, std::string_view separator) {
    std::string result;
    for (auto i = from; i < parameters.size(); ++i) {
        if (i > from) result += separator;
        result += spelled(parameters[i]);
    }
    return result;
}

// What the compiler fills in by itself is not part of what authors write.
bool is_filled_in(const Parameter& parameter) {
    return parameter.name == "self" || parameter.name == "place";
}

std::string verb_form(const IntrinsicRow& row) {
    std::string result(row.word);
    for (const auto& parameter : row.parameters) {
        if (!is_filled_in(parameter)) result += " " + spelled(parameter);
    }
    return result;
}

std::string written_form(const IntrinsicRow& row) {
    const auto word = std::string(row.word);
    if (row.form == Form::verb) return verb_form(row);
    if (row.form == Form::function) return word + "(" + joined(row.parameters, 0, ", ") + ")";
    const auto receiver = to_string(row.parameters.front().type);
    if (row.form == Form::adjective) return receiver + " is " + word;
    if (row.form == Form::property) return receiver + "." + word;
    return receiver + "." + word + "(" + joined(row.parameters, 1, ", ") + ")";
}

std::string peculiarities(const IntrinsicRow& row) {
    std::string result;
    if (row.fails) result += "may fail: takes `else { }`";
    if (row.draw) result += std::string(result.empty() ? "" : "; ") + "random";
    return result;
}

std::string_view whole_name(Base whole) {
    return whole == Base::list ? "list" : whole == Base::set ? "set" : whole == Base::map ? "map" : "range";
}

std::string intrinsics_page() {
    std::string page(note);
    page += "# Verbs and questions\n\nWhat handlers can do and ask. Parts in [brackets] may be left out.\n";
    static constexpr std::string_view titles[] = {"Verbs", "Functions", "Methods", "Properties",
                                                  "Adjectives"};
    for (int form = 0; form < 5; ++form) {
        page += "\n## " + std::string(titles[form]) + "\n\n| written | gives | meaning |\n|---|---|---|\n";
        for (const auto& row : vocabulary().intrinsics) {
            if (static_cast<int>(row.form) != form) continue;
            const auto result =
                row.result.base == Base::nothing || row.fails ? std::string() : to_string(row.result);
            const auto more = peculiarities(row);
            page += "| " + code(written_form(row)) + " | " + code(result) + " | " + cell(row.meaning) +
                    (more.empty() ? "" : " (" + more + ")") + " |\n";
        }
    }
    page += "\n## Fields\n\nWhat can be read from things with a dot; those marked * can be assigned.\n\n";
    page += "| written | type | meaning |\n|---|---|---|\n";
    for (std::size_t i = 0; i < vocabulary().fields.size(); ++i) {
        const auto& row = vocabulary().fields[i];
        if (row.access == Access::hidden) continue;
        page += "| " + code(vocabulary().field_name(static_cast<Field>(i))) +
                (row.access == Access::write ? "*" : "") + " | " + code(to_string(row.type)) + " | " +
                cell(row.meaning) + " |\n";
    }
    return page;
}

std::string collections_page() {
    std::string page(note);
    page += "# Lists, sets, maps and ranges\n\nWhat can be asked of them, and done to them.\n";
    static constexpr std::pair<std::string_view, std::string_view> forms[] = {
        {"property", "Properties"},
        {"method", "Methods"},
        {"take", "Methods that take something out"},
        {"verb", "Verbs"},
        {"each", "Questions about all elements"}};
    for (const auto& [form, title] : forms) {
        page += "\n## " + std::string(title) + "\n\n| written | gives | meaning |\n|---|---|---|\n";
        for (const auto& row : vocabulary().collections) {
            if (row.form != form) continue;
            std::string written(row.arguments);
            if (form != "verb" && form != "each") {
                written = std::string(whole_name(row.whole)) + "." + std::string(row.word);
                if (form != "property") written += "(" + std::string(row.arguments) + ")";
            }
            page += "| " + code(written) + " | " + code(row.result) + " | " + cell(row.meaning) + " |\n";
        }
    }
    return page;
}

std::string events_page() {
    std::string page(note);
    page +=
        "# Events\n\nWhat handlers can react to: `on name(parameters) { }`, and `before name` where it can "
        "be prevented.\n"
        "A parameter called `who` may also be bound by `by name`.\n\n"
        "| event | parameters | `before` | meaning |\n|---|---|---|---|\n";
    for (const auto& row : vocabulary().events) {
        page += "| " + code(row.name) + " | " + code(joined(row.parameters, 0, ", ")) + " | " +
                (row.has_before ? "yes" : "") + " | " + cell(row.meaning) + " |\n";
    }
    page +=
        "\nWho hears, in order: what it happens to, then things and creatures in the room in order of "
        "arrival, the room, its\n"
        "zone, handlers outside any declaration. A creature does not hear what it does itself, unless it "
        "happens to it.\n"
        "\nWhat is given to, attacks, hurts or kills one creature is not heard by other creatures, and what "
        "is done with one\n"
        "item not by other items; rooms, zones and modules hear it. An event of your own is heard wherever a "
        "handler for it is.\n";
    return page;
}

std::string spelled(const PropertyType& type) {
    using Shape = PropertyType::Shape;
    auto one = type.is_clock ? std::string("06:00") : to_string(type.type);
    if (type.type.base == Base::template_of) {
        one = std::string(vocabulary().kinds[type.type.detail].name);
        if (type.also != Kind::none)
            one += " or " + std::string(vocabulary().kinds[static_cast<std::size_t>(type.also)].name);
    }
    switch (type.shape) {
        case Shape::range: return "low..high";
        case Shape::code: return one + ", computed";
        case Shape::list: return one + ", ...";
        case Shape::count: return "n of " + one;
        case Shape::counts: return "n of " + one + ", ...";
        case Shape::block: return std::string(type.block);
        case Shape::name: return "name";
        default: return one;
    }
}

std::string property_table(std::string_view owner) {
    std::string rows;
    for (const auto& row : vocabulary().properties) {
        if (row.kind != owner) continue;
        rows += "| " + code(row.name) + " | " + code(spelled(row.type)) + " | " +
                (row.required ? "*required*" : code(row.value)) + " | " + cell(row.meaning) + " |\n";
    }
    return rows.empty() ? rows : "\n| property | type | if left out | meaning |\n|---|---|---|---|\n" + rows;
}

// "`self` (this room), `who` (who reads)"
std::string roles_line(std::string_view owner) {
    std::string line;
    for (const auto* row : vocabulary().roles_of(owner))
        line += (line.empty() ? "" : ", ") + code(row->name) + " (" + std::string(row->meaning) + ")";
    return line.empty() ? line : "\nIn its texts, conditions and deeds: " + line + ".\n";
}

std::string block_table(std::string_view owner) {
    std::string rows;
    for (const auto& row : vocabulary().blocks) {
        if (std::find(row.owners.begin(), row.owners.end(), owner) == row.owners.end()) continue;
        rows += "| " + code(row.example()) + " | " + code(row.id) + " | " + cell(row.meaning) + " |\n";
    }
    return rows.empty() ? rows : "\n| block | see | meaning |\n|---|---|---|\n" + rows;
}

std::string properties_page() {
    std::string page(note);
    page += "# Declarations, their properties and blocks\n";
    const auto section = [&](std::string_view name, std::string_view meaning) {
        page += "\n## " + std::string(name) + "\n\n" + std::string(meaning) + ".\n" + roles_line(name) +
                property_table(name) + block_table(name);
    };
    for (const auto& row : vocabulary().kinds) section(row.name, row.meaning);
    section("player", "the block of a player in a test");
    page += "\n## Item kinds\n\nWhat stands here is for items of these kinds only; all else is for all items.\n";
    page += "\n| kind | properties of its own | meaning |\n|---|---|---|\n";
    for (const auto& row : vocabulary().item_kinds) {
        std::string words;
        for (const auto property : row.properties) words += (words.empty() ? "" : " ") + code(property);
        page += "| " + code(row.name) + " | " + words + " | " + cell(row.meaning) + " |\n";
    }
    page += "\n# Blocks\n\nWords behind a block (`max 3`, `when c`) are properties of it, like those in its braces.\n";
    for (const auto& row : vocabulary().blocks) section(row.id, row.meaning);
    page += "\n## Lists of words\n\n| list | words | meaning |\n|---|---|---|\n";
    for (const auto& row : vocabulary().enumerations) {
        std::string words;
        for (const auto& value : row.values) words += (words.empty() ? "" : " ") + code(value);
        page += "| " + code(row.name) + " | " + words + " | " + cell(row.meaning) + " |\n";
    }
    return page;
}

std::string diagnostics_page() {
    std::string page(note);
    page += "# What the compiler says\n\n| code | message | advice |\n|---|---|---|\n";
    for (int i = 0; i < static_cast<int>(Code::count); ++i) {
        const auto& row = row_of(static_cast<Code>(i));
        page +=
            "| " + std::string(row.number) + " | " + cell(row.message) + " | " + cell(row.advice) + " |\n";
    }
    return page;
}

std::string rules_page() {
    std::string page(note);
    page +=
        "# Rules\n\nWhat the engine asks the world's rules. Each must be declared once as a `formula` or "
        "`fn` of this name;\n"
        "`content/std/rules.mud` has them all.\n\n| rule | parameters | gives | meaning "
        "|\n|---|---|---|---|\n";
    for (const auto& row : vocabulary().rules) {
        page += "| " + code(row.name) + " | " + code(joined(row.parameters, 0, ", ")) + " | " +
                code(to_string(row.result)) + " | " + cell(row.meaning) + " |\n";
    }
    return page;
}

}  // namespace

std::vector<ManualPage> manual_pages() {
    return {{"intrinsics.md", intrinsics_page()},
            {"collections.md", collections_page()},
            {"events.md", events_page()},
            {"properties.md", properties_page()},
            {"rules.md", rules_page()},
            {"diagnostics.md", diagnostics_page()}};
}

}  // namespace kiln::compiler

#include <algorithm>

#include "compiler/names/model.h"

namespace kiln::compiler {

vm::LineRow Compilation::place(Span span) const {
    if (span.file >= world.line_starts.size()) return {};
    const auto& starts = world.line_starts[span.file];
    const auto after = std::upper_bound(starts.begin(), starts.end(), span.begin);
    const auto line = static_cast<std::uint32_t>(after - starts.begin());
    const auto begin = starts[line - 1];
    std::uint32_t column = 1;
    const auto& text = world.sources[span.file].text;
    for (auto i = begin; i < span.begin && i < text.size(); ++i)
        column += (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    return {0, span.file, line, column};
}

std::string_view Compilation::written(Span span) const {
    if (span.file >= world.sources.size() || span.begin > world.sources[span.file].text.size()) return {};
    return std::string_view(world.sources[span.file].text).substr(span.begin, span.end - span.begin);
}

bool World::is_lost(std::string_view name) const {
    const auto dot = name.rfind('.');
    return lost.contains(name) || (dot != std::string_view::npos && lost.contains(name.substr(dot + 1)));
}

bool World::follows(Code code, const std::vector<std::string>& arguments) const {
    switch (code) {
        case Code::no_zone:
        case Code::no_start: return module_is_lost;
        case Code::unknown_name:
        case Code::unknown_variable:
        case Code::unknown_member:
        case Code::unknown_event:
        case Code::unknown_type:
        case Code::unknown_word:
        case Code::unknown_module:
        case Code::missing_property:
        case Code::missing_rule: break;
        default: return false;
    }
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const std::string& argument) { return is_lost(argument); });
}

Diagnostic& Compilation::report(Code code, Span span, std::vector<std::string> arguments) {
    if (world.follows(code, arguments)) return reporter.discard();
    return reporter.report(code, span, std::move(arguments));
}

std::string Compilation::numbered(const std::string& name) {
    return name + "." + std::to_string(++counters[name]);
}

bool Compilation::has_member(const Symbol& symbol, std::string_view word) const {
    return std::any_of(symbol.layers.begin(), symbol.layers.end(), [&](const Layer& layer) {
        const auto& members = layer.from->declaration->members;
        return std::any_of(members.begin(), members.end(),
                           [&](const ast::Member* member) { return member->word.text == word; });
    });
}

const schema::Definition& Compilation::definition_of(const Symbol& symbol) const {
    return units[symbol.unit].image.definitions.front();
}

std::uint32_t Compilation::add_handler(schema::HandlerDef handler) {
    const auto number = world.numbers.number(unit_, image.handlers.size());
    image.handlers.push_back(std::move(handler));
    return number;
}

Unit Compilation::finish() {
    Unit unit;
    unit.image = std::move(image);
    unit.relocations = std::move(program.relocations());
    unit.diagnostics = reporter.all();
    unit.dropped = reporter.dropped();
    for (auto& [name, one] : missing) unit.missing.push_back(std::move(one));
    unit.key_uses = std::move(key_uses);
    unit.foreign_blocks = std::move(foreign_blocks);
    unit.layers = std::move(layers);
    return unit;
}

}  // namespace kiln::compiler

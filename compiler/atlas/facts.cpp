#include "compiler/atlas/facts.h"

#include <algorithm>

namespace kiln::compiler {

using schema::Definition;
using schema::Image;
using schema::PropertyValue;
using schema::TextPart;

namespace {

// Runs the little program of a text with every argument 0 and every condition true.
std::string first_reading(const schema::Text& text) {
    std::string words;
    for (std::size_t i = 0; i < text.parts.size(); ++i) {
        const TextPart& part = text.parts[i];
        using K = TextPart::Kind;
        switch (part.kind) {
            case K::literal: words += part.words; break;
            case K::paragraph: words += "\n\n"; break;
            case K::verb: words += part.words; break;
            case K::jump: i = part.target - 1; break;
            case K::jump_unless:
            case K::choose:
            case K::style:
            case K::end_style: break;
            default: words += "...";
        }
    }
    return words;
}

const PropertyValue* property_of(const std::vector<PropertyValue>& properties, std::string_view name) {
    const auto& rows = schema::vocabulary().properties;
    const auto found = std::ranges::find_if(
        properties, [&](const PropertyValue& value) { return rows[value.property].name == name; });
    return found == properties.end() ? nullptr : &*found;
}

bool is_set(const std::vector<PropertyValue>& properties, std::string_view name) {
    const auto* value = property_of(properties, name);
    return value != nullptr && value->integer != 0;
}

}  // namespace

std::string plain_words(const Image& image, const PropertyValue& value) {
    using K = PropertyValue::Kind;
    if (value.kind == K::text && static_cast<std::size_t>(value.integer) < image.texts.size())
        return first_reading(image.texts[static_cast<std::size_t>(value.integer)]);
    // A text with arguments is made by a function: the texts it names, in their order, are all there is to
    // see.
    if (value.kind != K::code || static_cast<std::size_t>(value.integer) >= image.program.functions.size())
        return {};
    for (const auto& instruction : image.program.functions[static_cast<std::size_t>(value.integer)].code) {
        if (instruction.op == vm::Opcode::make_text && instruction.imm >= 0 &&
            static_cast<std::size_t>(instruction.imm) < image.texts.size())
            return first_reading(image.texts[static_cast<std::size_t>(instruction.imm)]);
    }
    return {};
}

std::string property_words(const Image& image, const Definition& definition, std::string_view property) {
    const auto* value = definition.property(property);
    return value == nullptr ? std::string() : plain_words(image, *value);
}

std::string title_of(const Image& image, std::uint32_t number) {
    if (number >= image.definitions.size()) return "nobody";
    const Definition& definition = image.definitions[number];
    for (const auto* property : {"title", "short", "name"}) {
        if (auto words = property_words(image, definition, property); !words.empty()) return words;
    }
    return definition.name;
}

std::string_view direction_word(int direction) {
    const auto& vocabulary = schema::vocabulary();
    const auto& words = vocabulary.enumerations[*vocabulary.enumeration("direction")].values;
    return direction >= 0 && static_cast<std::size_t>(direction) < words.size()
               ? words[static_cast<std::size_t>(direction)]
               : std::string_view("elsewhere");
}

DoorFacts door_of(const Image& image, const schema::ExitDef& exit) {
    DoorFacts door;
    door.is_one_way = is_set(exit.properties, "one_way");
    door.is_hidden = is_set(exit.properties, "hidden");
    const auto* state = property_of(exit.properties, "door");
    door.is_there = state != nullptr;
    if (!door.is_there) return door;
    const auto& vocabulary = schema::vocabulary();
    const auto number = vocabulary.enumeration("door_word");
    const auto has = [&](std::string_view word) {
        const auto value = number ? vocabulary.value_of(*number, word) : std::nullopt;
        return value && std::ranges::count(state->integers, *value) > 0;
    };
    door.is_locked = has("locked");
    door.is_closed = has("closed") || door.is_locked;
    const auto* name = property_of(exit.properties, "name");
    door.name = name == nullptr ? "a door" : plain_words(image, *name);
    if (const auto* key = property_of(exit.properties, "key"))
        door.key = static_cast<std::uint32_t>(key->integer);
    return door;
}

std::string describe_door(const Image& image, const DoorFacts& door) {
    std::string words = door.name;
    const auto add = [&](const std::string& more) { words += (words.empty() ? "" : ", ") + more; };
    if (door.is_locked)
        add("locked");
    else if (door.is_closed)
        add("closed");
    if (door.key < image.definitions.size()) add("opens with " + title_of(image, door.key));
    if (door.is_hidden) add("hidden");
    return words;
}

}  // namespace kiln::compiler

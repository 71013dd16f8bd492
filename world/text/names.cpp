#include "world/text/names.h"

#include <algorithm>

#include "world/text/render.h"

namespace kiln::world {

namespace {

const schema::PropertyValue* find_property(const std::vector<schema::PropertyValue>& values,
                                           std::string_view kind, std::string_view name) {
    const auto& rows = schema::vocabulary().properties;
    for (const auto& value : values) {
        if (value.property < rows.size() && rows[value.property].name == name &&
            rows[value.property].kind == kind) {
            return &value;
        }
    }
    return nullptr;
}

// An exit has no declaration of its own: it is a row of its room's.
const schema::PropertyValue* exit_property(const Engine& engine, Handle exit, std::string_view name) {
    const Handle room = engine.store.read_handle(Field::exit_room, exit);
    const std::uint32_t index = engine.definition_of(room);
    if (index == schema::no_index) return nullptr;
    const auto direction = engine.store.read(Field::exit_direction, exit);
    for (const auto& row : engine.definition(index).exits) {
        if (row.direction == direction) return find_property(row.properties, "exit", name);
    }
    return nullptr;
}

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : lowered(name) + " ") {
        const auto code = static_cast<unsigned char>(letter);
        if (code >= 0x80 || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
            letter == '\'') {
            word += letter;
        } else if (!word.empty()) {
            if (!is_article(word) && word != "of") words.push_back(word);
            word.clear();
        }
    }
    return words;
}

std::string exit_name(Engine& engine, Handle exit) {
    if (const auto* name = exit_property(engine, exit, "name")) {
        return plain(render_value(engine, *name, exit, Handle{}));
    }
    if (!engine.store.read_handle(Field::exit_door, exit).is_nobody()) return "the door";
    return "the way " +
           std::string(direction_name(static_cast<int>(engine.store.read(Field::exit_direction, exit))));
}

std::string_view name_property(Table table) {
    switch (table) {
        case Table::zone:
        case Table::room: return "title";
        case Table::effect: return "name";
        default: return "short";
    }
}

}  // namespace

const schema::PropertyValue* property_of(const Engine& engine, Handle entity, std::string_view name) {
    if (!engine.store.is_alive(entity)) return nullptr;
    if (table_of(entity) == Table::exit) return exit_property(engine, entity, name);
    const std::uint32_t index = engine.definition_of(entity);
    return index == schema::no_index ? nullptr : engine.definition(index).property(name);
}

std::vector<StyledRun> render_value(Engine& engine, const schema::PropertyValue& value, Handle self,
                                    Handle reader) {
    using Kind = schema::PropertyValue::Kind;
    if (value.kind == Kind::text) {
        return render_of(engine, engine.image(), vm::TextValue{static_cast<std::uint32_t>(value.integer), {}},
                         reader);
    }
    if (value.kind == Kind::code) {
        const Slot arguments[2] = {self.to_slot(), reader.to_slot()};
        const auto made = engine.evaluate(static_cast<std::uint32_t>(value.integer), arguments);
        if (!made) return {};
        return render_of(engine, engine.image(), engine.arena().text(*made), reader);
    }
    if (value.kind == Kind::strings && !value.strings.empty()) return styled("", value.strings.front());
    return {};
}

std::string plain_property(Engine& engine, Handle entity, std::string_view property, Handle reader) {
    return plain(render_property(engine, entity, property, reader));
}

std::string definition_name(Engine& engine, std::uint32_t index) {
    if (index >= engine.image().definitions.size()) return "something";
    const auto& definition = engine.definition(index);
    for (const std::string_view name : {"short", "title", "name"}) {
        if (const auto* value = definition.property(name)) {
            return plain(render_value(engine, *value, Handle{}, Handle{}));
        }
    }
    return definition.name.substr(definition.name.rfind('.') + 1);
}

std::string name_as_written(Engine& engine, Handle entity) {
    if (!engine.store.is_alive(entity)) return "something";
    const Table table = table_of(entity);
    if (table == Table::exit) return exit_name(engine, entity);
    if (table == Table::creature && engine.store.read(Field::creature_is_player, entity) != 0) {
        return std::string(engine.store.read_bytes(Field::creature_name, entity));
    }
    if (table == Table::item) {
        const auto given = engine.store.read_bytes(Field::item_bound_name, entity);
        if (!given.empty()) return std::string(given);
    }
    const std::string name = plain_property(engine, entity, name_property(table));
    if (!name.empty()) return name;
    return table == Table::creature ? "someone" : "something";
}

std::vector<std::string> keywords_of(Engine& engine, Handle entity) {
    std::vector<std::string> words;
    if (table_of(entity) == Table::creature && engine.store.read(Field::creature_is_player, entity) != 0) {
        words.push_back(lowered(engine.store.read_bytes(Field::creature_name, entity)));
        return words;
    }
    if (const auto* value = property_of(engine, entity, "keywords")) {
        for (const auto& keyword : value->strings) words.push_back(lowered(keyword));
    }
    const bool named =
        table_of(entity) == Table::item && !engine.store.read_bytes(Field::item_bound_name, entity).empty();
    if (words.empty() || named) {
        const auto more = words_of(name_as_written(engine, entity));
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

std::string_view style_of(const Engine& engine, Handle entity) {
    switch (table_of(entity)) {
        case Table::item: return "item";
        case Table::exit: return "exit";
        case Table::creature:
            return engine.store.read(Field::creature_is_player, entity) != 0 ? "player" : "npc";
        default: return "";
    }
}

Gender gender_of(const Engine& engine, Handle entity) {
    if (!is_a(engine, entity, Table::creature)) return Gender::neutral;
    const auto gender = static_cast<Gender>(engine.store.read(Field::creature_gender, entity));
    const bool person = engine.store.read(Field::creature_is_player, entity) != 0;
    return person && gender == Gender::neutral ? Gender::plural : gender;
}

bool is_plural(const Engine& engine, Handle entity) {
    return is_a(engine, entity, Table::creature) &&
           engine.store.read(Field::creature_is_player, entity) == 0 &&
           gender_of(engine, entity) == Gender::plural;
}

std::string_view direction_name(int direction) {
    static const auto& words =
        schema::vocabulary().enumerations[*schema::vocabulary().enumeration("direction")].values;
    return direction >= 0 && direction < static_cast<int>(words.size())
               ? words[static_cast<std::size_t>(direction)]
               : "away";
}

std::string name_for(Engine& engine, Handle entity, Handle reader, Article article) {
    if (engine.spoken_of) engine.spoken_of->push_back(entity);
    if (!reader.is_nobody() && entity == reader) return "you";
    if (!engine.store.is_alive(entity)) return table_of(entity) == Table::creature ? "someone" : "something";
    const std::string name = name_as_written(engine, entity);
    switch (article) {
        case Article::none: return without_article(name);
        case Article::the: return with_the(name);
        case Article::a: return with_a(name);
        default: return name;
    }
}

std::vector<StyledRun> render_property(Engine& engine, Handle entity, std::string_view property,
                                       Handle reader) {
    const auto* value = property_of(engine, entity, property);
    return value == nullptr ? std::vector<StyledRun>{} : render_value(engine, *value, entity, reader);
}

}  // namespace kiln::world

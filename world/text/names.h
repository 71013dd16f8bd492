#pragma once
// How things are called, before anybody in particular reads it.

#include <string>
#include <string_view>
#include <vector>

#include "world/engine.h"
#include "world/text/english.h"

namespace kiln::world {

// A property of the declaration an entity was made from (exits: of their row in it); null if it has none.
const schema::PropertyValue* property_of(const Engine& engine, Handle entity, std::string_view name);

// Its name as written: a short, a player's name, a title, what the door is called. "something" if it is gone.
std::string name_as_written(Engine& engine, Handle entity);
std::string definition_name(Engine& engine,
                            std::uint32_t definition);  // short, title or name of a declaration
// Words that mean it: keywords, or the words of its name without articles; lower case.
std::vector<std::string> keywords_of(Engine& engine, Handle entity);
std::string_view style_of(const Engine& engine, Handle entity);  // "npc", "item", "player", "exit", ""
Gender gender_of(const Engine& engine, Handle entity);  // of player characters without one: plural ("they")
// Takes an agreeing verb like "they"? Only what is many; a person called "they" still "walks" after the name.
bool is_plural(const Engine& engine, Handle entity);
std::string_view direction_name(int direction);                          // "north", "northeast", "in"

// Anything between words and runs: a text value's plain words for nobody in particular.
std::string plain_property(Engine& engine, Handle entity, std::string_view property, Handle reader = {});
std::vector<StyledRun> render_value(Engine& engine, const schema::PropertyValue& value, Handle self,
                                    Handle reader);

// render() for a text of a known image: what declarations say belongs to the newest, not to the one that
// runs.
std::vector<StyledRun> render_of(Engine& engine, const schema::Image& image, const vm::TextValue& text,
                                 Handle reader);

inline Table table_of(Handle handle) { return static_cast<Table>(handle.table()); }
inline bool is_a(const Engine& engine, Handle handle, Table table) {
    return table_of(handle) == table && engine.store.is_alive(handle);
}

}  // namespace kiln::world

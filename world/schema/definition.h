#pragma once
// A declaration after linking: what it says, what it inherited, and the parts that are lists or blocks.

#include <cstdint>
#include <string>
#include <vector>

#include "vm/bytecode/value.h"
#include "world/schema/row_number.h"
#include "world/schema/vocabulary.h"

namespace kiln::schema {

// What a property holds after linking. `text` is an index of Image::texts; `code` a function of the roles in roles.def,
// for texts that need arguments and for values that are computed.
struct PropertyValue {
    enum class Kind : std::uint8_t { integer, text, code, strings, integers, range };
    std::uint16_t property = 0;          // row of Vocabulary::properties
    Kind kind = Kind::integer;           // enumerations, flags, definitions and dice are integers
    std::int64_t integer = 0;            // integer; text: index; code: function; range: low
    std::int64_t high = 0;               // range
    std::vector<std::int64_t> integers;
    std::vector<std::string> strings;
    bool operator==(const PropertyValue&) const = default;
};

struct ExitDef {
    std::uint8_t direction = 0;
    DefinitionNumber to;                 // a room
    std::vector<PropertyValue> properties;   // of kind `exit`
    bool operator==(const ExitDef&) const = default;
};

struct DetailDef {
    std::vector<std::string> keywords;
    PropertyValue text;                  // kind text or code
    bool operator==(const DetailDef&) const = default;
};

// `spawn npc x max 2 { wear a; carry b }`, `place item y`. The order of nesting is the order of making.
struct SpawnDef {
    enum class Where : std::uint8_t { here, worn, carried, inside };
    DefinitionNumber what;               // an item or npc
    Where where = Where::here;           // relation to the parent row
    std::uint32_t parent = no_index;     // row of the same list, for nested ones
    std::int64_t max = 1;
    std::int64_t respawn_ms = 0;         // 0 = at the zone's reset only
    bool operator==(const SpawnDef&) const = default;
};

struct LootRow {
    enum class Kind : std::uint8_t { item, gold, table, choose_one, nothing, pick };
    Kind kind = Kind::item;
    std::uint32_t weight = 0;            // chance rows: 1/100 %; rows of a pick: weight
    bool always = false;                 // outside a pick
    DefinitionNumber target;             // item or loot
    vm::Slot dice = 0;                   // gold: amount (vm::Dice)
    std::int64_t low = 1, high = 1;      // item: how many
    std::vector<DefinitionNumber> options;   // choose_one: items
    bool unique = false;                 // at most one in the world
    FunctionNumber condition;            // (killer: entity) -> bool
    std::uint32_t picks = 0;             // pick: how many
    bool distinct = false;               // pick: without putting back
    std::uint32_t parent = no_index;     // rows of a pick name its row
    bool operator==(const LootRow&) const = default;
};

// `command`, `on command`: one typed pattern. Patterns are words and slots.
struct PatternPart {
    enum class Kind : std::uint8_t { word, slot, optional_begin, optional_end };
    Kind kind = Kind::word;
    std::string word;                    // word; slot: its name
    Type type;                           // slot: int, item, npc, player, creature, exit, direction, words
    std::uint8_t reach = 0;              // slot: where to look, see Reach
    std::uint8_t parameter = 0;          // slot: parameter number of the function, after self and who
    bool operator==(const PatternPart&) const = default;
};
enum class Reach : std::uint8_t { anywhere_here, carried, worn, room, inside };

struct Pattern {
    std::vector<PatternPart> parts;
    bool operator==(const Pattern&) const = default;
};

struct EffectChange {                    // `modify { strength: -1 * stacks }`
    std::uint16_t stat = 0;              // value of enumeration `stat`
    bool percent = false;
    FunctionNumber function;             // (effect) -> int (or percent)
    bool operator==(const EffectChange&) const = default;
};

// `stage walking { ... }`, `choice "..." -> thanks`: a part of a declaration, as blocks.def describes it.
struct BlockDef {
    struct Target {                      // `-> x`
        enum class Kind : std::uint8_t { none, definition, block, end };
        Kind kind = Kind::none;
        DefinitionNumber definition;     // block: of which declaration; no_index: of this one
        std::uint32_t block = no_index;
        bool operator==(const Target&) const = default;
    };
    struct Reaction {                    // heard only while the block is the current one
        HandlerNumber handler;
        Target target;                   // where it leads when it has run
        bool operator==(const Reaction&) const = default;
    };
    std::uint16_t block = 0;             // row of Vocabulary::blocks
    std::uint32_t parent = no_index;     // of the same list: the block it stands in
    std::string name;                    // as its author called it; empty for those without a name
    std::vector<std::string> former;     // names it had before
    std::vector<PropertyValue> properties;   // of the block's own; labels and clauses are among them
    Target target;
    FunctionNumber body;                 // of the roles in roles.def: what is done
    std::vector<Reaction> reactions;
    FileNumber file = 0;
    std::uint32_t line = 0;
    bool operator==(const BlockDef&) const = default;

    const PropertyValue* property(std::string_view name) const;
};

struct CommandForm {                     // one `run` of a command
    Pattern pattern;
    FunctionNumber function;             // (who, then slots)
    bool operator==(const CommandForm&) const = default;
};

struct Definition {
    std::string name;                    // "goblin_caves.guard_room": unique in the world
    Kind kind = Kind::none;
    bool is_abstract = false;
    DefinitionNumber parent;
    std::vector<DefinitionNumber> traits;
    DefinitionNumber zone;               // rooms: theirs
    FileNumber file = 0;
    std::uint32_t line = 0;
    std::vector<std::string> former;     // full names it had before: `renamed from`
    std::vector<PropertyValue> properties;   // inherited ones already merged in
    std::vector<ExitDef> exits;
    std::vector<DetailDef> details;
    std::vector<SpawnDef>
        spawns;  // rooms: what stands here; npcs: what it wears and carries; items: what is inside
    std::vector<LootRow> loot;
    std::vector<EffectChange> changes;
    std::vector<CommandForm> forms;
    std::vector<HandlerNumber> handlers; // parent's first, then traits', then own
    std::vector<BlockDef> blocks;        // all that is not one of the lists above, parents before what is in them
    std::vector<Parameter> parameters;   // events, traits; quests: their actors
    bool operator==(const Definition&) const = default;

    const PropertyValue* property(std::string_view name) const;   // by the kind's own property name
};

}  // namespace kiln::schema

#pragma once
// A compiled world: everything `.mud` files said, linked. The compiler makes it, the world loads it, files
// carry it. References between declarations are indexes into `definitions`; nothing is looked up by name at
// run time.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "vm/bytecode/program.h"
#include "world/schema/row_number.h"
#include "world/schema/text.h"
#include "world/schema/vocabulary.h"

namespace kiln::schema {

constexpr std::uint32_t image_format_version = 2;

// What a property holds after linking. `text` is an index of Image::texts; `code` a function
// (self: entity, who: entity) -> text for texts that need arguments.
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

struct HandlerDef {
    enum class Phase : std::uint8_t { before, after };
    enum class Overlap : std::uint8_t { skip, queue, restart, parallel };
    std::string name;                    // "goblin_caves.guard_room.on_command.1": stable, for saved state
    Event event = Event::none;
    DefinitionNumber author_event;       // the event, when event is none
    Phase phase = Phase::after;
    DefinitionNumber owner;              // no_index = outside any declaration (module)
    FunctionNumber function;             // (self: entity, then the event's parameters, then slots of the pattern)
    FunctionNumber condition;            // `when`: same parameters -> bool, pure
    std::vector<Pattern> patterns;       // command; say: the words to find
    std::int64_t chance = 10'000;        // 1/100 %
    std::int64_t period_ms = 0;          // every
    bool always = false;                 // every: also while nobody is near
    std::int64_t cooldown_ms = 0;
    bool once = false, once_per_player = false;
    Overlap overlap = Overlap::skip;
    bool operator==(const HandlerDef&) const = default;
};

struct StateDef {                        // `state lever_down: bool = false`
    std::string name;                    // column name: "goblin_caves.guard_room.lever_down"
    Table table = Table::none;           // zone, room, item, creature, effect; world for `world state`
    Type type;
    std::int64_t value = 0;              // default, where it is a number
    std::string blob;                    // default of strings and composites, as it is kept
    DefinitionNumber owner;
    FieldNumber field;                   // of Program::fields
    bool operator==(const StateDef&) const = default;
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
    std::vector<PropertyValue> properties;   // inherited ones already merged in
    std::vector<ExitDef> exits;
    std::vector<DetailDef> details;
    std::vector<SpawnDef>
        spawns;  // rooms: what stands here; npcs: what it wears and carries; items: what is inside
    std::vector<LootRow> loot;
    std::vector<EffectChange> changes;
    std::vector<CommandForm> forms;
    std::vector<HandlerNumber> handlers; // parent's first, then traits', then own
    std::vector<Parameter> parameters;   // events, traits
    bool operator==(const Definition&) const = default;

    const PropertyValue* property(std::string_view name) const;   // by the kind's own property name
};

struct TestStep {                        // one line of a `test`, for scenario/
    enum class Kind : std::uint8_t {
        player,
        does,
        sees,
        sees_not,
        check,
        advance,
        restart,
        no_faults,
        code,
        is_gone
    };
    Kind kind = Kind::code;
    std::uint8_t player = 0;             // index of the test's players
    std::string words;                   // does: the line; sees: text to find; player: name
    std::int64_t number = 0;             // advance: ms; player: room definition
    FunctionNumber function;             // check: (players...) -> bool; code: (players...)
    std::vector<PropertyValue> properties;
    std::uint32_t line = 0, column = 0;
    std::string source;                  // the line as written, for the report
    bool operator==(const TestStep&) const = default;
};

struct LootTrial {                       // `simulate 10000 of loot x with killer level 10`
    DefinitionNumber loot;
    std::int64_t runs = 0;
    std::int64_t killer_level = 1;
    struct Check {
        enum class Kind : std::uint8_t { rate, always, never };
        Kind kind = Kind::rate;
        DefinitionNumber item;           // no_index: gold
        std::int64_t low = 0, high = 0;  // 1/100 %
        std::uint32_t line = 0, column = 0;
        std::string source;
        bool operator==(const Check&) const = default;
    };
    std::vector<Check> checks;
    bool operator==(const LootTrial&) const = default;
};

struct TestDef {
    std::string name;
    FileNumber file = 0;
    std::uint32_t line = 0;
    std::int64_t seed = 1;
    std::vector<TestStep> steps;
    std::vector<LootTrial> trials;
    bool operator==(const TestDef&) const = default;
};

struct SourceFile {
    std::string name, text;
    bool operator==(const SourceFile&) const = default;
};

struct Image {
    vm::Program program;
    std::vector<Text> texts;             // same count as program.texts
    std::vector<Definition> definitions;
    std::vector<HandlerDef> handlers;
    std::vector<StateDef> states;
    std::vector<FunctionNumber> rules;   // of each row of rules.def
    std::vector<std::string> memory_keys;    // names that `remember` and `once` use, by number
    std::vector<std::pair<std::string, std::vector<std::string>>>
        enumerations;                    // declared by authors; numbered after the built-in ones
    std::vector<RecordDef> records;      // declared by authors, in the order of Type::detail
    std::vector<TestDef> tests;          // only when compiled with tests
    std::vector<SourceFile> sources;
};

}  // namespace kiln::schema

#pragma once
// A compiled world: everything `.mud` files said, linked. The compiler makes it, the world loads it, files
// carry it. References between declarations are indexes into `definitions`; nothing is looked up by name at
// run time.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "vm/bytecode/program.h"
#include "world/schema/definition.h"
#include "world/schema/row_number.h"
#include "world/schema/text.h"
#include "world/schema/vocabulary.h"

namespace kiln::schema {

constexpr std::uint32_t image_format_version = 3;

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
    bool is_of_block = false;            // of a stage: takes the roles of its owner instead of self
    bool operator==(const HandlerDef&) const = default;
};

struct StateDef {                        // `state lever_down: bool = false`
    // Where an older value is found: `renamed from x`, `migrate state x: int from y: bool = ...`.
    struct Former {
        std::string name;                // column of the older one
        Type type;
        FunctionNumber function;         // (older value) -> value; no_index: the value itself
        bool operator==(const Former&) const = default;
    };
    std::string name;                    // column name: "goblin_caves.guard_room.lever_down"
    Table table = Table::none;           // zone, room, item, creature, effect; world for `world state`
    Type type;
    std::int64_t value = 0;              // default, where it is a number
    std::string blob;                    // default of strings and composites, as it is kept
    DefinitionNumber owner;
    FieldNumber field;                   // of Program::fields
    std::vector<Former> former;
    bool operator==(const StateDef&) const = default;
};

struct RetiredDef {                      // `retired item foo -> coins(10)`: what is left of it in saved worlds
    std::string name;                    // full name
    Kind kind = Kind::none;
    DefinitionNumber heir;               // takes its place
    std::int64_t coins = 0;              // or money
    bool operator==(const RetiredDef&) const = default;
};

// The declarations that add words to an open enumeration (`stat`, `damage_type`), by value.
struct OpenWords {
    std::uint16_t enumeration = 0;
    std::vector<DefinitionNumber> definitions;   // no_index: a word of the engine that nobody describes
    bool operator==(const OpenWords&) const = default;
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
    std::vector<OpenWords> open_words;
    std::vector<RetiredDef> retired;
    std::vector<TestDef> tests;          // only when compiled with tests
    std::vector<SourceFile> sources;
};

}  // namespace kiln::schema

#include "world/schema/image_check.h"

namespace kiln::schema {

namespace {

using vm::SlotType;

class Checker {
   public:
    explicit Checker(const Image& image) : image_(image) {}

    std::optional<std::string> run() {
        expect(image_.texts.size() == image_.program.texts.size(),
               "the texts and their signatures differ in number");
        expect(image_.rules.size() == vocabulary().rules.size(), "the rules are not those of this program");
        for (std::size_t i = 0; i < image_.records.size() && !problem_; ++i) weigh_record(i);
        for (std::size_t i = 0; i < image_.rules.size() && !problem_; ++i) check_rule(i);
        for (std::size_t i = 0; i < image_.texts.size() && !problem_; ++i) check_text(i);
        for (const auto& definition : image_.definitions) check_definition(definition);
        for (const auto& handler : image_.handlers) check_handler(handler);
        for (const auto& state : image_.states) check_state(state);
        for (const auto& words : image_.open_words) {
            for (const auto index : words.definitions)
                expect(index == no_index || is_definition(index), "a word is described by nothing");
        }
        for (const auto& retired : image_.retired)
            expect(retired.heir == no_index || is_definition(retired.heir), "what is retired becomes nothing known");
        for (const auto& test : image_.tests) check_test(test);
        return problem_;
    }

   private:
    void expect(bool holds, std::string_view sentence) {
        if (!holds && !problem_) problem_ = std::string(sentence);
    }
    bool is_definition(std::uint32_t index) const { return index < image_.definitions.size(); }
    bool is_function(std::uint32_t index) const { return index < image_.program.functions.size(); }
    bool is_kind(std::uint32_t index, Kind kind) const {
        return is_definition(index) && image_.definitions[index].kind == kind;
    }
    void expect_function(std::uint32_t index, SlotType result, std::string_view sentence) {
        expect(is_function(index) && image_.program.functions[index].result == result, sentence);
    }
    void expect_optional_function(std::uint32_t index, SlotType result, std::string_view sentence) {
        if (index != no_index) expect_function(index, result, sentence);
    }
    void expect_parameters(std::uint32_t index, const std::vector<SlotType>& parameters,
                           std::string_view sentence) {
        expect(is_function(index) && image_.program.functions[index].parameters == parameters, sentence);
    }

    // ---- types. A record may hold records, but not itself, and only so many parts in all.

    void expect_type(const Type& type) { weigh(type); }
    std::size_t weigh(const Type& type) {
        using B = Base;
        const std::size_t wanted = type.base == B::map ? 2 : type.base == B::list || type.base == B::set;
        expect(type.parts.size() == wanted, "a type has too many parts or too few");
        const auto enumerations = vocabulary().enumerations.size() + image_.enumerations.size();
        expect(type.base != B::enumeration || type.detail < enumerations, "a type is an unknown list of words");
        expect(type.base != B::template_of || type.detail < vocabulary().kinds.size(),
               "a type names an unknown kind");
        std::size_t weight = 1;
        for (const auto& part : type.parts) {
            expect(part.base != B::nothing && part.base != B::variable, "a type has parts of nothing");
            weight += problem_ ? 0 : weigh(part);
        }
        if (type.base == B::record) weight += problem_ ? 0 : weigh_record(type.detail);
        expect(weight <= most_weight, "a type has too many parts within its parts");
        return weight;
    }
    std::size_t weigh_record(std::size_t number) {
        expect(number < image_.records.size(), "a type is an unknown record");
        if (problem_) return 0;
        if (weights_.size() < image_.records.size()) weights_.resize(image_.records.size());
        if (weights_[number] > 0) {
            expect(weights_[number] != being_weighed, "a record contains itself");
            return weights_[number];
        }
        weights_[number] = being_weighed;
        std::size_t weight = 1;
        for (const auto& field : image_.records[number].fields) weight += problem_ ? 0 : weigh(field.type);
        expect(!image_.records[number].fields.empty(), "a record has no fields");
        weights_[number] = weight;
        return weight;
    }
    std::optional<SlotType> slot_of(const Type& type) {
        expect_type(type);
        return problem_ ? std::nullopt : slot_type(image_.program, image_.records, type);
    }

    void check_rule(std::size_t i) {
        if (image_.rules[i] == no_index) return;
        const auto& row = vocabulary().rules[i];
        std::vector<SlotType> parameters;
        for (const auto& parameter : row.parameters) parameters.push_back(slot_type(parameter.type));
        expect_function(image_.rules[i], slot_type(row.result),
                        "a rule has another result than the engine expects");
        expect_parameters(image_.rules[i], parameters, "a rule has other parameters than the engine expects");
    }

    static bool fits(TextPart::Kind kind, SlotType type) {
        using K = TextPart::Kind;
        switch (kind) {
            case K::entity:
            case K::plain_name:
            case K::pronoun: return type == SlotType::entity;
            case K::verb:
                return type == SlotType::entity || type == SlotType::entities || type == SlotType::integer;
            case K::string: return type == SlotType::string;
            case K::text: return type == SlotType::text;
            case K::list: return type == SlotType::entities;
            case K::literal:
            case K::jump:
            case K::style:
            case K::end_style:
            case K::paragraph: return true;
            default: return type == SlotType::integer;
        }
    }
    static bool uses_argument(TextPart::Kind kind) {
        using K = TextPart::Kind;
        return kind != K::literal && kind != K::jump && kind != K::style && kind != K::end_style &&
               kind != K::paragraph;
    }

    void check_text(std::size_t i) {
        const auto& arguments = image_.program.texts[i].arguments;
        const auto& parts = image_.texts[i].parts;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const auto& part = parts[p];
            if (uses_argument(part.kind)) {
                expect(part.argument < arguments.size() && fits(part.kind, arguments[part.argument]),
                       "a text shows something it does not have");
            }
            using K = TextPart::Kind;
            if (part.kind == K::jump || part.kind == K::jump_unless || part.kind == K::choose) {
                expect(part.target > p && part.target <= parts.size(), "a text goes round in circles");
            }
            if (part.kind == K::enumeration) {
                expect(part.number < vocabulary().enumerations.size() + image_.enumerations.size(),
                       "a text names an unknown list of words");
            }
        }
    }

    using Roles = std::vector<SlotType>;         // what functions of a declaration or block take
    static void add_roles(Roles& roles, std::string_view owner) {
        for (const auto* row : vocabulary().roles_of(owner)) roles.push_back(slot_type(row->type));
    }
    static Roles roles_of(const Definition& definition) {
        Roles roles;
        add_roles(roles, vocabulary().kinds[static_cast<std::size_t>(definition.kind)].name);
        if (definition.kind != Kind::quest_) return roles;
        for (const auto& actor : definition.parameters) roles.push_back(slot_type(actor.type));
        return roles;
    }

    void check_properties(const std::vector<PropertyValue>& values, const Roles& roles) {
        for (const auto& value : values) check_property(value, roles);
    }
    void check_property(const PropertyValue& value, const Roles& roles) {
        expect(value.property < vocabulary().properties.size(), "a property is unknown");
        if (problem_) return;
        const auto& row = vocabulary().properties[value.property];
        const auto integer = static_cast<std::uint64_t>(value.integer);
        if (value.kind == PropertyValue::Kind::text) {
            expect(integer < image_.texts.size() && image_.program.texts[integer].arguments.empty(),
                   "a property has no such text");
        } else if (value.kind == PropertyValue::Kind::code) {
            expect(integer < image_.program.functions.size(), "a property has no such function");
            if (problem_) return;
            const auto index = static_cast<std::uint32_t>(integer);
            expect_function(index, slot_type(row.type.type), "the function of a property gives something else");
            expect_parameters(index, roles, "the function of a property takes something else");
        }
        if (row.type.type.base == Base::template_of) check_references(value, row.type);
    }
    void check_references(const PropertyValue& value, const PropertyType& type) {
        const auto expect_kind = [&](std::int64_t index) {
            const auto number = static_cast<std::uint32_t>(index);
            expect(is_kind(number, static_cast<Kind>(type.type.detail)) ||
                       (type.also != Kind::none && is_kind(number, type.also)),
                   "a property names something else");
        };
        if (!type.is_list()) expect_kind(value.integer);
        const std::size_t step = type.shape == PropertyType::Shape::counts ? 2 : 1;
        for (std::size_t i = 0; i < value.integers.size(); i += step) expect_kind(value.integers[i]);
    }

    // A tree of blocks: parents come first, and what they name exists.
    void check_blocks(const Definition& definition) {
        std::vector<Roles> roles;
        for (std::size_t i = 0; i < definition.blocks.size() && !problem_; ++i) {
            const auto& block = definition.blocks[i];
            expect(block.block < vocabulary().blocks.size(), "a block is of no known sort");
            expect(block.parent == no_index || block.parent < i, "a block stands in nothing");
            if (problem_) return;
            const auto& row = vocabulary().blocks[block.block];
            roles.push_back(block.parent == no_index ? roles_of(definition) : roles[block.parent]);
            add_roles(roles.back(), row.id);
            check_properties(block.properties, row.id == "default" ? Roles{SlotType::entity, SlotType::entity}
                                                                   : roles.back());
            check_target(block.target, definition);
            if (block.body != no_index)
                expect_parameters(block.body, roles.back(), "what a block does takes something else");
            for (const auto& reaction : block.reactions) {
                check_target(reaction.target, definition);
                expect(reaction.handler < image_.handlers.size(), "a block has no such handler");
            }
        }
    }
    void check_target(const BlockDef::Target& target, const Definition& definition) {
        using K = BlockDef::Target::Kind;
        if (target.kind == K::definition) expect(is_definition(target.definition), "a block leads nowhere");
        if (target.kind != K::block || problem_) return;
        expect(target.definition == no_index || is_definition(target.definition), "a block leads nowhere");
        if (problem_) return;
        const auto& where =
            target.definition == no_index ? definition : image_.definitions[target.definition];
        expect(target.block < where.blocks.size(), "a block leads nowhere");
    }

    void check_definition(const Definition& definition) {
        if (problem_) return;
        expect(definition.kind != Kind::none, "a declaration has no kind");
        expect(definition.parent == no_index || is_kind(definition.parent, definition.kind),
               "a parent is of another kind");
        check_ancestry(definition);
        expect(definition.zone == no_index || is_kind(definition.zone, Kind::zone_), "a room is in no zone");
        const auto roles = roles_of(definition);
        check_properties(definition.properties, roles);
        check_blocks(definition);
        for (const auto& exit : definition.exits) {
            expect(is_kind(exit.to, Kind::room_), "an exit leads nowhere");
            expect(exit.direction < 12, "an exit has no direction");
            check_properties(exit.properties, roles);
        }
        for (const auto& detail : definition.details) check_property(detail.text, roles);
        for (std::size_t i = 0; i < definition.spawns.size(); ++i) check_spawn(definition.spawns[i], i);
        for (std::size_t i = 0; i < definition.loot.size(); ++i) check_loot(definition.loot[i], i);
        for (const auto& change : definition.changes) {
            expect_function(change.function, SlotType::integer, "an effect changes a stat by nothing");
            expect_parameters(change.function, {SlotType::entity}, "an effect's change takes something else");
        }
        for (const auto& form : definition.forms) {
            expect(is_function(form.function), "a command does nothing");
            if (!problem_) check_pattern(form.pattern, form.function, 1);
        }
        for (const auto handler : definition.handlers) {
            expect(handler < image_.handlers.size(), "a declaration has no such handler");
        }
    }
    void check_ancestry(const Definition& definition) {
        auto next = definition.parent;
        for (std::size_t steps = 0; next != no_index && !problem_; ++steps) {
            expect(is_definition(next) && steps < 64, "a declaration is its own ancestor");
            if (!problem_) next = image_.definitions[next].parent;
        }
    }
    void check_spawn(const SpawnDef& spawn, std::size_t i) {
        expect(is_kind(spawn.what, Kind::item_) || is_kind(spawn.what, Kind::npc_), "a spawn makes nothing");
        expect(spawn.parent == no_index || spawn.parent < i, "a spawn is nested in nothing");
        expect(spawn.max >= 0 && spawn.max <= 1000, "a spawn makes too many");
        expect(spawn.respawn_ms >= 0, "a spawn comes back in the past");
    }
    void check_loot(const LootRow& row, std::size_t i) {
        using K = LootRow::Kind;
        expect(row.kind != K::item || is_kind(row.target, Kind::item_), "a loot row gives nothing");
        expect(row.kind != K::table || is_kind(row.target, Kind::loot_), "a loot row names no table");
        for (const auto option : row.options)
            expect(is_kind(option, Kind::item_), "a loot row gives nothing");
        expect(row.parent == no_index || (row.parent < i), "a loot row belongs to no pick");
        expect(row.low >= 0 && row.low <= row.high && row.high <= 10'000,
               "a loot row gives an impossible number");
        expect(row.picks <= 1000, "a loot table picks too often");
        expect_optional_function(row.condition, SlotType::integer, "a loot row's condition is none");
        if (row.condition != no_index) {
            expect_parameters(row.condition, {SlotType::entity},
                              "a loot row's condition takes something else");
        }
    }
    void check_pattern(const Pattern& pattern, std::uint32_t function, std::size_t fixed) {
        const auto& parameters = image_.program.functions[function].parameters;
        for (const auto& part : pattern.parts) {
            if (part.kind != PatternPart::Kind::slot) continue;
            const auto at = fixed + part.parameter;
            expect(at < parameters.size() && parameters[at] == slot_of(part.type),
                   "a pattern fits no parameter");
            expect(part.reach <= static_cast<std::uint8_t>(Reach::inside), "a pattern looks nowhere");
        }
    }

    void check_handler(const HandlerDef& handler) {
        if (problem_) return;
        expect(handler.owner == no_index || is_definition(handler.owner), "a handler belongs to nothing");
        expect(handler.event != Event::none || is_kind(handler.author_event, Kind::event_),
               "a handler hears nothing");
        expect(is_function(handler.function), "a handler does nothing");
        expect(handler.period_ms >= 0 && handler.cooldown_ms >= 0, "a handler's time is negative");
        expect(handler.event != Event::every_ || handler.period_ms >= 1000, "a handler comes too often");
        if (problem_) return;
        const auto& function = image_.program.functions[handler.function];
        const auto& row_parameters =
            handler.event == Event::none
                ? image_.definitions[handler.author_event].parameters
                : vocabulary().events[static_cast<std::size_t>(handler.event)].parameters;
        std::vector<SlotType> needed{SlotType::entity};
        if (handler.is_of_block) {
            expect(is_definition(handler.owner), "a handler of a block belongs to nothing");
            if (problem_) return;
            needed = roles_of(image_.definitions[handler.owner]);
        }
        for (const auto& parameter : row_parameters)
            needed.push_back(slot_of(parameter.type).value_or(SlotType::nothing));
        if (problem_) return;
        expect(function.parameters.size() >= needed.size() &&
                   std::equal(needed.begin(), needed.end(), function.parameters.begin()),
               "a handler takes something else than its event gives");
        if (handler.event != Event::command_) {
            expect(function.parameters.size() == needed.size(), "a handler takes more than its event gives");
        }
        expect_optional_function(handler.condition, SlotType::integer, "a handler's condition is none");
        if (handler.condition != no_index) {
            expect_parameters(handler.condition, function.parameters,
                              "a handler's condition takes something else");
        }
        for (const auto& pattern : handler.patterns) check_pattern(pattern, handler.function, needed.size());
    }

    void check_state(const StateDef& state) {
        expect(state.table != Table::none, "a state belongs to nothing");
        expect(state.field < image_.program.fields.size(), "a state has no field");
        if (problem_) return;
        const auto& field = image_.program.fields[state.field];
        expect(field.name == state.name && field.type == slot_of(state.type) &&
                   field.table == static_cast<std::uint8_t>(state.table),
               "a state and its field differ");
    }

    void check_test(const TestDef& test) {
        for (const auto& step : test.steps) {
            using K = TestStep::Kind;
            check_properties(step.properties, {});
            if (step.kind == K::player)
                expect(is_kind(static_cast<std::uint32_t>(step.number), Kind::room_),
                       "a test begins nowhere");
            if (step.kind == K::check || step.kind == K::code)
                expect(is_function(step.function), "a test does nothing");
        }
        for (const auto& trial : test.trials) {
            expect(is_kind(trial.loot, Kind::loot_), "a test tries no table");
            expect(trial.runs >= 1 && trial.runs <= 10'000'000, "a test tries too often");
        }
    }

    static constexpr std::size_t most_weight = 512, being_weighed = ~std::size_t{0};

    const Image& image_;
    std::optional<std::string> problem_;
    std::vector<std::size_t> weights_;   // of records; 0 = not known yet
};

}  // namespace

std::optional<std::string> check_image(const Image& image) { return Checker(image).run(); }

}  // namespace kiln::schema

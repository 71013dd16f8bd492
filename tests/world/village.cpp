#include "tests/world/village.h"

#include <catch2/catch.hpp>

namespace kiln::world::test {

using schema::Kind;
using vm::SlotType;

namespace {

// The parameters of a rule, and a function that answers with a constant or with one of them.
std::uint32_t rule_function(ImageBuilder& builder, schema::Rule rule, std::int32_t value,
                            int answer_parameter = -1) {
    const auto& row = schema::vocabulary().rules[static_cast<std::size_t>(rule)];
    std::vector<SlotType> parameters;
    for (const auto& parameter : row.parameters) parameters.push_back(schema::slot_type(parameter.type));
    const int scratch = static_cast<int>(parameters.size());
    Code code(builder, "rule." + std::string(row.name), parameters, SlotType::integer);
    code.integer(scratch, value);
    if (rule == schema::Rule::xp_for_level) code.op(Opcode::multiply, scratch, scratch, 0);
    code.op(Opcode::ret, answer_parameter >= 0 ? answer_parameter : scratch);
    return code.done();
}

void add_rules(ImageBuilder& builder) {
    const auto set = [&](schema::Rule rule, std::int32_t value, int parameter = -1) {
        builder.image.rules[static_cast<std::size_t>(rule)] = rule_function(builder, rule, value, parameter);
    };
    set(schema::Rule::hit_chance, 10'000);
    set(schema::Rule::blow_damage, 0, 2);
    set(schema::Rule::combat_round, 2'000);
    set(schema::Rule::kill_xp, 90);
    set(schema::Rule::xp_for_level, 40);
    set(schema::Rule::level_max_hp, 20);
    set(schema::Rule::regeneration, 1);
    set(schema::Rule::flee_chance, 10'000);
    set(schema::Rule::carry_limit, 10'000);
}

}  // namespace

std::uint32_t Village::item(std::string name, std::string shown, std::int64_t kind) {
    const auto made = builder.definition(Kind::item_, "village." + std::move(name));
    builder.text(made, "short", std::move(shown));
    builder.integer(made, "kind", kind);
    return made;
}

void Village::lies_in(std::uint32_t room, std::uint32_t what, std::int64_t max) {
    builder.image.definitions[room].spawns.push_back({.what = what, .max = max});
}

Village::Village() {
    add_rules(builder);
    zone = builder.definition(Kind::zone_, "village.zone");
    builder.text(zone, "title", "The Village");
    square = builder.room("The Square", zone);
    builder.image.definitions[square].name = "village.square";
    shed = builder.room("The Shed", zone);
    chapel = builder.room("The Chapel", zone);
    builder.text(square, "description", "A quiet square.");
    builder.exit(square, 0, shed);
    builder.exit(shed, 2, square);
    builder.exit(square, 1, chapel, {1, 2});
    builder.exit(chapel, 3, square);
    lamp = item("lamp", "an iron lamp", 6);
    sword = item("sword", "a short sword", 1);
    builder.integer(sword, "damage", vm::Dice{0, 0, 4}.to_slot());
    chest = item("chest", "a wooden chest", 3);
    builder.integer(chest, "capacity", 2);
    key = item("key", "a brass key", 7);
    apple = item("apple", "a red apple", 4);
    builder.integer(apple, "heals", vm::Dice{0, 0, 3}.to_slot());
    rat = builder.definition(Kind::npc_, "village.rat");
    builder.text(rat, "short", "a rat");
    builder.integer(rat, "hp", 10);
    builder.integer(rat, "damage", vm::Dice{0, 0, 1}.to_slot());
    marta = builder.definition(Kind::npc_, "village.marta");
    builder.text(marta, "short", "Marta the baker");
    builder.integer(marta, "gender", 1);
    lies_in(square, lamp);
    lies_in(square, sword);
    lies_in(square, chest);
    lies_in(square, key, 2);
    lies_in(square, apple);
    lies_in(square, marta);
    lies_in(shed, rat, 3);
}

Visit::Visit(const Village& village, std::string name) : world(make_world(village.builder)) {
    tick(*world, {attach_input(session, std::move(name))});
}

std::string Visit::reads(std::uint64_t of_session, const TickResult& result) const {
    std::string words;
    for (const auto& fault : result.faults) FAIL_CHECK(fault.handler << ": " << fault.message);
    for (const auto& output : result.outputs) {
        if (output.session == of_session && output->kind == Output::Kind::text)
            words += plain_text(output) + "\n";
    }
    return words;
}

std::string Visit::does(std::string line) {
    return reads(session, tick(*world, {command_input(session, ++number, std::move(line))}));
}

}  // namespace kiln::world::test

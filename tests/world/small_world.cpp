#include "tests/world/small_world.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace kiln::world::test {

using schema::Kind;
using schema::PropertyValue;
using vm::SlotType;

ImageBuilder::ImageBuilder() { image.rules.assign(schema::vocabulary().rules.size(), schema::no_index); }

static std::uint16_t property_number(Kind kind, std::string_view name) {
    const auto& vocabulary = schema::vocabulary();
    const auto kind_name = vocabulary.kinds[static_cast<std::size_t>(kind)].name;
    for (std::size_t i = 0; i < vocabulary.properties.size(); ++i) {
        if (vocabulary.properties[i].kind == kind_name && vocabulary.properties[i].name == name)
            return static_cast<std::uint16_t>(i);
    }
    FAIL("no such property");
    return 0;
}

std::uint32_t ImageBuilder::definition(Kind kind, std::string name) {
    auto& made = image.definitions.emplace_back();
    made.kind = kind;
    made.name = std::move(name);
    return static_cast<std::uint32_t>(image.definitions.size() - 1);
}

std::uint32_t ImageBuilder::room(std::string name, std::uint32_t zone) {
    const auto made = definition(Kind::room_, name);
    image.definitions[made].zone = zone;
    text(made, "title", std::move(name));
    return made;
}

void ImageBuilder::exit(std::uint32_t from, int direction, std::uint32_t to,
                        std::vector<std::int64_t> door_words) {
    auto& made = image.definitions[from].exits.emplace_back();
    made.direction = static_cast<std::uint8_t>(direction);
    made.to = to;
    if (door_words.empty()) return;
    PropertyValue door;
    const auto& rows = schema::vocabulary().properties;
    const auto found =
        std::ranges::find_if(rows, [](const auto& row) { return row.kind == "exit" && row.name == "door"; });
    door.property = static_cast<std::uint16_t>(found - rows.begin());
    door.kind = PropertyValue::Kind::integers;
    door.integers = std::move(door_words);
    made.properties.push_back(door);
}

void ImageBuilder::integer(std::uint32_t definition, std::string_view property, std::int64_t value) {
    auto& about = image.definitions[definition];
    about.properties.push_back({.property = property_number(about.kind, property), .integer = value});
}

void ImageBuilder::text(std::uint32_t definition, std::string_view property, std::string text) {
    auto& about = image.definitions[definition];
    PropertyValue value{.property = property_number(about.kind, property), .kind = PropertyValue::Kind::text};
    value.integer = words(std::move(text));
    about.properties.push_back(value);
}

std::uint32_t ImageBuilder::state(std::string name, schema::Table table, std::uint32_t owner) {
    schema::StateDef made;
    made.name = name;
    made.table = table;
    made.type = schema::Type{.base = schema::Base::integer};
    made.owner = owner;
    made.field = static_cast<std::uint32_t>(image.program.fields.size());
    image.program.fields.push_back(
        {std::move(name), static_cast<std::uint8_t>(table), SlotType::integer, true});
    image.states.push_back(made);
    return made.field;
}

HandlerDef& ImageBuilder::handler(std::string name, std::uint32_t owner, Event event,
                                  std::uint32_t function) {
    auto& made = image.handlers.emplace_back();
    made.name = std::move(name);
    made.owner = owner;
    made.event = event;
    made.function = function;
    if (owner != schema::no_index)
        image.definitions[owner].handlers.push_back(static_cast<std::uint32_t>(image.handlers.size() - 1));
    return made;
}

std::uint32_t ImageBuilder::words(std::string text) {
    schema::Text made;
    made.id = "text." + std::to_string(image.texts.size());
    made.parts.push_back({.kind = schema::TextPart::Kind::literal, .words = std::move(text)});
    image.texts.push_back(std::move(made));
    image.program.texts.emplace_back();
    return static_cast<std::uint32_t>(image.texts.size() - 1);
}

std::uint32_t ImageBuilder::native(std::string_view name) {
    auto& natives = image.program.natives;
    const auto known = std::ranges::find(natives, name, &vm::NativeImport::name);
    if (known != natives.end()) return static_cast<std::uint32_t>(known - natives.begin());
    const auto& rows = schema::vocabulary().intrinsics;
    const auto row = std::ranges::find(rows, name, &schema::IntrinsicRow::id);
    REQUIRE(row != rows.end());
    vm::NativeImport import;
    import.name = name;
    for (const auto& parameter : row->parameters)
        import.parameters.push_back(schema::slot_type(parameter.type));
    import.result = schema::slot_type(row->result);
    import.may_suspend = row->suspend;
    natives.push_back(std::move(import));
    return static_cast<std::uint32_t>(natives.size() - 1);
}

Code::Code(ImageBuilder& builder, std::string name, std::vector<SlotType> parameters, SlotType result,
           bool may_suspend)
    : builder_(builder) {
    function_.name = std::move(name);
    function_.frame_size = static_cast<std::uint16_t>(std::max<std::size_t>(parameters.size(), 1));
    function_.parameters = std::move(parameters);
    function_.result = result;
    function_.may_suspend = may_suspend;
}

Code& Code::op(Opcode op, int a, int b, int c, std::int32_t imm) {
    function_.code.push_back(
        {op, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b), static_cast<std::uint8_t>(c), imm});
    for (const auto reg : {a, b, c})
        function_.frame_size = std::max(function_.frame_size, static_cast<std::uint16_t>(reg + 1));
    return *this;
}

Code& Code::call(int at, std::string_view native) {
    const auto index = builder_.native(native);
    const auto count = builder_.image.program.natives[index].parameters.size();
    function_.frame_size =
        std::max(function_.frame_size,
                 static_cast<std::uint16_t>(static_cast<std::size_t>(at) + std::max<std::size_t>(count, 1)));
    return op(Opcode::native, at, 0, 0, static_cast<std::int32_t>(index));
}

Code& Code::echo(int room, std::string words, int scratch) {
    op(Opcode::move, scratch, room);
    op(Opcode::make_text, scratch + 1, 0, 0, static_cast<std::int32_t>(builder_.words(std::move(words))));
    return call(scratch, "echo_in");
}

Code& Code::wait(std::int32_t milliseconds, int scratch) {
    return integer(scratch, milliseconds).call(scratch, "wait");
}

Code& Code::store(int entity, int value, std::uint32_t field) {
    return op(Opcode::store_field, entity, value, 0, static_cast<std::int32_t>(field));
}

std::uint32_t Code::done() {
    const bool returns = !function_.code.empty() && (function_.code.back().op == Opcode::ret ||
                                                     function_.code.back().op == Opcode::raise_fault);
    if (!returns) op(Opcode::ret_nothing);
    builder_.image.program.functions.push_back(function_);
    return static_cast<std::uint32_t>(builder_.image.program.functions.size() - 1);
}

SmallWorld::SmallWorld() {
    zone = builder.definition(Kind::zone_, "small.zone");
    builder.text(zone, "title", "Small");
    hall = builder.room("small.hall", zone);
    yard = builder.room("small.yard", zone);
    builder.exit(hall, 0, yard, {1});
    builder.exit(yard, 2, hall);
    pebble = builder.definition(Kind::item_, "small.pebble");
    builder.text(pebble, "short", "a pebble");
    rat = builder.definition(Kind::npc_, "small.rat");
    builder.text(rat, "short", "a rat");
    builder.integer(rat, "hp", 7);
    builder.image.definitions[yard].spawns.push_back({.what = rat});
    greeted = builder.state("small.hall.greeted", schema::Table::room, hall);
    Code code(builder, "small.hall.on_login.1", {SlotType::entity, SlotType::entity}, SlotType::nothing,
              true);
    code.op(Opcode::load_field, 2, 0, 0, static_cast<std::int32_t>(greeted))
        .op(Opcode::add_int, 2, 2, 0, 1)
        .store(0, 2, greeted);
    code.integer(3, static_cast<std::int32_t>(pebble)).op(Opcode::move, 4, 0).call(3, "spawn_item");
    code.echo(0, "A bell rings.", 5)
        .wait(3000, 5)
        .echo(0, "The bell fades.", 5)
        .integer(2, 100)
        .store(0, 2, greeted);
    builder.handler("small.hall.on_login.1", hall, Event::login_, code.done());
}

std::unique_ptr<World> make_world(const ImageBuilder& builder, std::uint64_t seed) {
    auto made = World::create(builder.bytes(), WorldOptions{.seed = seed});
    if (!made) FAIL(made.error().message);
    return std::move(*made);
}

Input attach_input(std::uint64_t session, std::string name, std::uint64_t character) {
    return {.kind = Input::Kind::attach, .session = session, .character = character, .text = std::move(name)};
}

Input command_input(std::uint64_t session, std::uint64_t number, std::string line) {
    return {.kind = Input::Kind::command, .session = session, .number = number, .text = std::move(line)};
}

TickResult tick(World& world, std::vector<Input> inputs) { return world.tick(inputs); }

TickResult advance(World& world, int ticks) {
    TickResult all;
    for (int i = 0; i < ticks; ++i) {
        auto one = world.tick({});
        all.outputs.insert(all.outputs.end(), one.outputs.begin(), one.outputs.end());
        all.faults.insert(all.faults.end(), one.faults.begin(), one.faults.end());
        all.tick = one.tick;
        all.hash = one.hash;
    }
    return all;
}

bool sees(const TickResult& result, std::string_view words) {
    return std::ranges::any_of(result.outputs, [&](const Output& output) {
        return plain_text(output).find(words) != std::string::npos;
    });
}

std::string field_of(const World& world, std::string_view definition, std::string_view field) {
    for (const auto& entity : world.entities(definition)) {
        for (const auto& [name, value] : entity.fields) {
            if (name == field) return value;
        }
    }
    return "";
}

}  // namespace kiln::world::test

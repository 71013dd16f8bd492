#include <catch2/catch.hpp>

#include "world/schema/checksum.h"
#include "world/schema/image_file.h"

using namespace kiln;
using namespace kiln::schema;

namespace {

// A tiny world in one room, every list of it used at least once.
Image small_image() {
    Image image;
    image.program.files = {"a.mud"};
    vm::Function function;
    function.name = "a.room.description";
    function.parameters = {vm::SlotType::entity, vm::SlotType::entity};
    function.result = vm::SlotType::text;
    function.frame_size = 3;
    function.code = {{vm::Opcode::make_text, 2, 2, 0, 0}, {vm::Opcode::ret, 2, 0, 0, 0}};
    function.lines = {{0, 0, 3, 5}};
    image.program.functions = {function};
    image.program.strings = {"bell"};
    image.program.constants = {1'000'000'007, -5};
    image.program.texts = {{{}}, {{vm::SlotType::integer}}};
    Text plain{.id = "a.room.title", .parts = {{.words = "A Room"}}};
    Text branching{
        .id = "a.room.description",
        .parts = {{.kind = TextPart::Kind::jump_unless, .target = 2}, {.words = "Open."}, {.words = "End."}}};
    image.texts = {plain, branching};
    Definition zone;
    zone.name = "a.zone";
    zone.kind = Kind::zone_;
    Definition room;
    room.name = "a.room";
    room.kind = Kind::room_;
    room.zone = 0;
    PropertyValue title;
    for (std::size_t i = 0; i < vocabulary().properties.size(); ++i) {
        const auto& row = vocabulary().properties[i];
        if (row.kind == "room" && row.name == "title") title.property = static_cast<std::uint16_t>(i);
    }
    title.kind = PropertyValue::Kind::text;
    room.properties = {title};
    room.exits = {{0, 1, {}}};
    image.definitions = {zone, room};
    image.rules.assign(vocabulary().rules.size(), no_index);
    image.sources = {{"a.mud", "room room { }"}};
    return image;
}

}  // namespace

TEST_CASE("an image comes back from its bytes as it was") {
    const auto image = small_image();
    const auto bytes = write_image(image);
    const auto back = read_image(bytes);
    REQUIRE(back.has_value());
    CHECK(back->program == image.program);
    CHECK(back->texts == image.texts);
    CHECK(back->definitions == image.definitions);
    CHECK(back->sources == image.sources);
    CHECK(write_image(*back) == bytes);
    CHECK(image_hash(bytes).size() == 16);
}

TEST_CASE("an image cut short anywhere is refused") {
    const auto bytes = write_image(small_image());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO("cut to " << size << " of " << bytes.size());
        CHECK_FALSE(read_image(std::string_view(bytes).substr(0, size)).has_value());
    }
    CHECK_FALSE(read_image(bytes + "x").has_value());
}

TEST_CASE("an image with any bit flipped is refused") {
    const auto bytes = write_image(small_image());
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
        auto damaged = bytes;
        damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << (i % 8)));
        INFO("bit " << i);
        CHECK_FALSE(read_image(damaged).has_value());
    }
}

TEST_CASE("an image of another format is refused with advice") {
    auto bytes = write_image(small_image());
    bytes[8] = 99;
    const auto refused = read_image(bytes);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().find("kiln build") != std::string::npos);
}

TEST_CASE("a well-sealed image that contradicts itself is refused") {
    auto leads_nowhere = small_image();
    leads_nowhere.definitions[1].exits[0].to = 7;
    auto circling = small_image();
    circling.texts[1].parts[0].target = 0;
    auto wrong_argument = small_image();
    wrong_argument.texts[1].parts[0].argument = 1;
    auto ancestor_of_itself = small_image();
    ancestor_of_itself.definitions[1].parent = 1;
    auto no_text = small_image();
    no_text.definitions[1].properties[0].integer = 55;
    auto text_with_arguments = small_image();
    text_with_arguments.definitions[1].properties[0].integer = 1;
    auto rules_too_many = small_image();
    rules_too_many.rules.resize(vocabulary().rules.size() + 50, 0);
    for (const auto* image : {&leads_nowhere, &circling, &wrong_argument, &ancestor_of_itself, &no_text,
                              &text_with_arguments, &rules_too_many}) {
        const auto refused = read_image(write_image(*image));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().find("contradicts itself") != std::string::npos);
    }
}

TEST_CASE("the checksum is the Castagnoli polynomial") {
    CHECK(crc32c("123456789") == 0xe3069283u);
    CHECK(crc32c("56789", crc32c("1234")) == crc32c("123456789"));
}

TEST_CASE("every row of every table can be read and names what exists") {
    const auto& rows = vocabulary();
    CHECK(rows.intrinsics.size() == static_cast<std::size_t>(Intrinsic::count));
    CHECK(rows.fields.size() == static_cast<std::size_t>(Field::count));
    for (const auto& row : rows.properties) {
        INFO(row.kind << "." << row.name);
        CHECK_FALSE(row.meaning.empty());
        if (row.type.type.base == Base::enumeration && !row.value.empty()) {
            CHECK(rows.value_of(row.type.type.detail, row.value).has_value());
        }
    }
    for (int direction = 0; direction < 12; ++direction) {
        CHECK(opposite_direction(opposite_direction(direction)) == direction);
    }
}

TEST_CASE("types are spelled as they are read") {
    for (const auto* spelling :
         {"int", "creature?", "list<npc>", "template<item>", "direction", "words", "list<int>"}) {
        const auto type = parse_type(spelling);
        REQUIRE(type.has_value());
        CHECK(to_string(*type) == spelling);
    }
    CHECK_FALSE(parse_type("fish").has_value());
    CHECK(converts({.base = Base::npc}, {.base = Base::creature}));
    CHECK_FALSE(converts({.base = Base::creature}, {.base = Base::npc}));
    CHECK_FALSE(converts({.base = Base::npc, .optional = true}, {.base = Base::npc}));
    CHECK_FALSE(converts({.base = Base::integer}, {.base = Base::percent}));
}

#include <catch2/catch.hpp>

#include "tests/world/village.h"

using namespace kiln;
using namespace kiln::world;
using namespace kiln::world::test;
using schema::TextPart;
using vm::SlotType;

namespace {

using PartKind = TextPart::Kind;

// A village where "cheer" shows a text with the actor as argument 0 and 3 as argument 1.
Village cheering(std::vector<TextPart> parts) {
    Village village;
    auto& builder = village.builder;
    const auto text = builder.words("");
    village.text_of(text).parts = std::move(parts);
    builder.image.program.texts[text].arguments = {SlotType::entity, SlotType::integer};
    Code code(builder, "village.square.cheer", {SlotType::entity, SlotType::entity});
    code.op(Opcode::move, 4, 1).integer(5, 3).op(Opcode::move, 2, 1);
    code.op(Opcode::make_text, 3, 4, 2, static_cast<std::int32_t>(text)).call(2, "act");
    auto& handler = builder.handler("village.square.cheer", village.square, Event::command_, code.done());
    handler.patterns.push_back({{{.word = "cheer"}}});
    return village;
}

struct Readings {
    std::string own, others;
};

Readings readings(std::vector<TextPart> parts) {
    Visit anna{cheering(std::move(parts))};
    tick(*anna.world, {attach_input(2, "Berta")});
    const auto result = tick(*anna.world, {command_input(1, 1, "cheer")});
    return {anna.reads(1, result), anna.reads(2, result)};
}

}  // namespace

TEST_CASE("one text reads right for who does it and for who sees it") {
    const auto read = readings({{.kind = PartKind::entity, .capital = true},
                                {.words = " "},
                                {.kind = PartKind::verb, .words = "cheers"},
                                {.words = " and "},
                                {.kind = PartKind::verb, .words = "waves", .second = "wave"},
                                {.words = " "},
                                {.kind = PartKind::pronoun, .words = "his"},
                                {.words = " hat."}});
    CHECK(read.own == "You cheer and wave your hat.\n");
    CHECK(read.others == "Anna cheers and waves their hat.\n");
}

TEST_CASE("the verb after a pronoun of one person is plural, after the name it is not") {
    const auto read = readings({{.kind = PartKind::pronoun, .capital = true, .words = "he"},
                                {.words = " "},
                                {.kind = PartKind::verb, .words = "runs"},
                                {.words = "; "},
                                {.kind = PartKind::plain_name},
                                {.words = " "},
                                {.kind = PartKind::verb, .words = "runs"},
                                {.words = "."}});
    CHECK(read.others == "They run; Anna runs.\n");
}

TEST_CASE("branches, numbers, money and durations are read from the arguments") {
    const auto read = readings({{.kind = PartKind::choose, .argument = 1, .number = 3, .target = 3},
                                {.kind = PartKind::money, .argument = 1},
                                {.kind = PartKind::jump, .target = 4},
                                {.words = "never"},
                                {.words = " for "},
                                {.kind = PartKind::duration, .argument = 1},
                                {.kind = PartKind::jump_unless, .argument = 1, .target = 8},
                                {.words = "!"}});
    CHECK(read.own == "3 gold for 1 second!\n");
}

TEST_CASE("a verb without its second form is derived") {
    const auto read =
        readings({{.words = "You "}, {.kind = PartKind::verb, .words = "catches"}, {.words = " it."}});
    CHECK(read.own == "You catch it.\n");
}

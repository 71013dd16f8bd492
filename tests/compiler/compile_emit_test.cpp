#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/compiler/compile_support.h"
#include "vm/bytecode/disassembler.h"
#include "vm/bytecode/verifier.h"

namespace kiln::compiler {

namespace {

using vm::Opcode;

const std::string head = "module t\nzone t { title: \"T\" ; start: hall }\nroom hall { title: \"Hall\" }\n";

schema::Image image_of(const std::string& text) {
    auto result = compile_text(head + text);
    INFO(render(result, Format::human));
    REQUIRE(result.image.has_value());
    return std::move(*result.image);
}

const vm::Function& function(const schema::Image& image, const std::string& name) {
    for (const auto& one : image.program.functions) {
        if (one.name == name) return one;
    }
    FAIL("no function " << name);
    return image.program.functions.front();
}

std::vector<Opcode> opcodes(const vm::Function& function) {
    std::vector<Opcode> result;
    for (const auto& instruction : function.code) result.push_back(instruction.op);
    return result;
}

const schema::Definition& definition(const schema::Image& image, const std::string& name) {
    return *std::find_if(image.definitions.begin(), image.definitions.end(),
                         [&](const auto& one) { return one.name == name; });
}

}  // namespace

TEST_CASE("the ten situations of the design compile") {
    const auto result = compile(read_folder("tests/compiler/situations"), {true, false});
    INFO(render(result, Format::human));
    REQUIRE(result.image.has_value());
    CHECK(result.image->tests.size() == 2);
    CHECK(result.diagnostics.empty());
}

TEST_CASE("constants are folded and additions take immediates") {
    const auto image = image_of("formula f(a: int) -> int = a + 2 * 3 - 1\n");
    CHECK(opcodes(function(image, "t.f")) == std::vector{Opcode::add_int, Opcode::add_int, Opcode::ret});
    CHECK(function(image, "t.f").code[0].imm == 6);
    CHECK(function(image, "t.f").code[1].imm == -1);
}

TEST_CASE("a comparison and its jump are one instruction") {
    const auto image = image_of("fn f(a: int) -> int {\n  if a > 3 { return 1 }\n  return 2\n}\n");
    CHECK(opcodes(function(image, "t.f")) ==
          std::vector{Opcode::jump_less_equal_int, Opcode::ret_int, Opcode::ret_int});
}

TEST_CASE("a percentage of a number is scaled") {
    const auto image = image_of("formula f(a: int) -> int = a * 25%\n");
    CHECK(opcodes(function(image, "t.f")) == std::vector{Opcode::scale_int, Opcode::ret});
}

TEST_CASE("loops go back by loop only") {
    const auto image = image_of(
        "fn f() -> int {\n  let n = 0\n  while n < 5 { n += 1 }\n  for i in 1..3 { n += i }\n  return "
        "n\n}\n");
    const auto ops = opcodes(function(image, "t.f"));
    CHECK(std::count(ops.begin(), ops.end(), Opcode::loop) == 1);
    CHECK(std::count(ops.begin(), ops.end(), Opcode::loop_range) == 1);
    CHECK_FALSE(vm::verify(image.program).has_value());
}

TEST_CASE("a function that waits says so, and so does who calls it") {
    const auto image = image_of("fn f() { wait 2s }\nfn g() { f() }\nfn h() { stop }\n");
    CHECK(function(image, "t.f").may_suspend);
    CHECK(function(image, "t.g").may_suspend);
    CHECK_FALSE(function(image, "t.h").may_suspend);
}

TEST_CASE("children take over what they do not replace") {
    const auto image = image_of(
        "abstract npc folk { short: \"somebody\" ; level: 3 ; keywords: \"folk\"\n  on spawn { stop } }\n"
        "npc anna from folk { short: \"Anna\" ; keywords += \"anna\"\n  on enter(who) { stop } }\n"
        "npc bert from folk { short: \"Bert\"\n  override on spawn { stop } }\n");
    const auto& anna = definition(image, "t.anna");
    CHECK(anna.property("level")->integer == 3);
    CHECK(anna.property("keywords")->strings == std::vector<std::string>{"folk", "anna"});
    REQUIRE(anna.handlers.size() == 2);
    CHECK(image.handlers[anna.handlers[0]].name == "t.folk.on_spawn.1");
    const auto& bert = definition(image, "t.bert");
    REQUIRE(bert.handlers.size() == 1);
    CHECK(image.handlers[bert.handlers[0]].name == "t.bert.on_spawn.1");
}

TEST_CASE("a trait is copied into who uses it, with its values") {
    const auto image = image_of(
        "trait hums(tune: text, times: int) {\n  state hummed: int = 0\n  on enter(who) { hummed += times ; "
        "say tune } }\n"
        "npc a with hums(\"la la\", 2) { short: \"A\" }\nnpc b with hums(\"di da\", 3) { short: \"B\" }\n");
    REQUIRE(image.states.size() == 2);
    CHECK(image.states[0].name == "t.a.hummed");
    CHECK(image.states[1].name == "t.b.hummed");
    CHECK(image.handlers.size() == 2);
    const auto said = [&](const std::string& words) {
        return std::any_of(image.texts.begin(), image.texts.end(), [&](const schema::Text& text) {
            return !text.parts.empty() && text.parts[0].words == words;
        });
    };
    CHECK(said("la la"));
    CHECK(said("di da"));
}

TEST_CASE("patterns have words, alternatives and slots that may be left out") {
    const auto image = image_of(
        "command hit { run \"hit|strike <foe:npc> [with <tool:item carried>]\" by who { if tool { destroy "
        "tool } } }\n");
    const auto& forms = definition(image, "t.hit").forms;
    REQUIRE(forms.size() == 2);
    CHECK(forms[0].pattern.parts[0].word == "hit");
    CHECK(forms[1].pattern.parts[0].word == "strike");
    REQUIRE(forms[0].pattern.parts.size() == 6);
    CHECK(forms[0].pattern.parts[4].parameter == 1);
    CHECK(forms[0].pattern.parts[4].reach == static_cast<std::uint8_t>(schema::Reach::carried));
}

TEST_CASE("what stands in a branch that is not taken is not asked") {
    const auto image = image_of(
        "npc cat { short: \"a cat\" ; state lives: int = 9 }\nroom x { title: \"X\"\n  description: \"[if "
        "cat in here]It has [cat.lives] lives.[else]Empty.[end]\" }\n");
    const auto* value = definition(image, "t.x").property("description");
    REQUIRE(value->kind == schema::PropertyValue::Kind::code);
    const auto& text = image.texts.back();
    using K = schema::TextPart::Kind;
    std::vector<K> kinds;
    for (const auto& part : text.parts) kinds.push_back(part.kind);
    CHECK(kinds == std::vector{K::jump_unless, K::literal, K::integer, K::literal, K::jump, K::literal});
    CHECK(text.parts[0].target == 5);
    CHECK(text.parts[4].target == 6);
}

TEST_CASE("verbs are said to you in their second form") {
    const auto image = image_of(
        "room x { title: \"X\" ; on enter(who) { act who \"[Who] [who carries] it, [who does] not [who "
        "watches], [who is|are] [who.his] own.\" } }\n");
    std::vector<std::string> seconds;
    for (const auto& part : image.texts.back().parts) {
        if (part.kind == schema::TextPart::Kind::verb) seconds.push_back(part.second);
    }
    CHECK(seconds == std::vector<std::string>{"carry", "do", "watch", "are"});
    CHECK(image.program.texts.back().arguments.size() == 1);
}

}  // namespace kiln::compiler

// One program for every rule of the verifier, and sound ones it must not refuse.

#include <catch2/catch.hpp>

#include "tests/vm/assembler.h"
#include "vm/bytecode/disassembler.h"
#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/verifier.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;

namespace {

const std::string verifier_imports = R"(
    native wait() nothing suspend
    native roll(integer) integer
    field hp 1 integer writable
    field level 1 integer
    field name 1 string writable
    field stock 2 integer
    field owner 1 entity writable
    text (integer, string)
    function sleepy() nothing 1 suspend
        ret_nothing
    function two(integer, entity) integer 2
        ret r0
)";

struct Refusal {
    const char* code;
    const char* message;
};

std::string message_of(const Program& program) {
    const auto error = verify(program);
    return error ? error->message : "accepted";
}

Program with_code(const std::string& head, const std::string& code) {
    return assemble(verifier_imports + "function main" + head + "\n" + code);
}

Program small() { return assemble("function main(integer) integer 2\nmove r1 r0\nret r1"); }

}  // namespace

TEST_CASE("the verifier refuses code that could do harm, and says why") {
    const Refusal refusals[] = {
        {"move r1 r0", "the code runs off its end"},
        {"jump_if r0 end\nret r0\nend:\nload_int r1 1", "the code runs off its end"},
        {"load_int r4 1\nret r0", "register 4 lies outside the frame of 4"},
        {"add r1 r0 r9\nret r0", "register 9 lies outside the frame of 4"},
        {"halt", "halt belongs to the machine"},
        {"ret r1", "register 1 is read but not assigned on every path"},
        {"move r1 r2\nret r0", "register 2 is read but not assigned on every path"},
        {"jump_if r0 end\nload_int r1 1\nend:\nret r1", "register 1 is read but not assigned on every path"},
        {"load_nobody r1\njump_if r0 end\nload_int r1 1\nend:\nret r1",
         "register 1 is read but not assigned on every path"},
        {"load_nobody r1\nadd r0 r0 r1\nret r0", "register 1 holds entity where integer is needed"},
        {"load_string r1 \"a\"\njump_if r1 e\ne:\nret r0", "register 1 holds string where integer is needed"},
        {"is_alive r1 r0\nret r1", "register 0 holds integer where entity is needed"},
        {"same r1 r0 r0\nret r1", "register 0 holds integer where entity is needed"},
        {"string_equal r1 r0 r0\nret r1", "register 0 holds integer where string is needed"},
        {"back:\nmove r1 r0\njump_if r0 back\nret r0", "only loops may lead back"},
        {"back:\njump back", "only loops may lead back"},
        {"loop far\nfar:\nret r0", "a loop leads forward"},
        {"jump over\nback:\nret r0\nover:\nloop back", "a loop leads back to code that nothing reaches"},
        {"load_int r1 1\nback:\nadd r0 r0 r1\nload_nobody r1\nloop back",
         "register 1 is read but not assigned on every path"},
        {"load_nobody r1\nback:\nloop_range r1 r0 back\nret r0",
         "register 1 holds entity where integer is needed"},
        {"back:\nloop_range r1 r0 back\nret r0", "register 1 is read but not assigned on every path"},
        {"move r1 r0\ncall r1 two\nret r1", "register 2 is read but not assigned on every path"},
        {"move r1 r0\nmove r2 r0\ncall r1 two\nret r1", "register 2 holds integer where entity is needed"},
        {"move r3 r0\ncall r3 two\nret r3", "register 4 lies outside the frame of 4"},
        {"move r1 r0\nload_nobody r2\ncall r1 two\nmove r3 r2\nret r1",
         "register 2 is read but not assigned on every path"},
        {"load_int r3 1\nmove r2 r0\nnative r2 roll\nret r3",
         "register 3 is read but not assigned on every path"},
        {"call r1 sleepy\nret r0", "this may suspend, but the function does not say so"},
        {"native r1 wait\nret r0", "this may suspend, but the function does not say so"},
        {"ret_nothing", "a value must be returned here"},
        {"load_nobody r1\nret r1", "register 1 holds entity where integer is needed"},
        {"load_field r1 r0 hp\nret r1", "register 0 holds integer where entity is needed"},
        {"load_nobody r1\nload_field r2 r1 name\nret r0", "field name is not accessed this way"},
        {"load_nobody r1\nload_blob r2 r1 hp\nret r0", "field hp is not accessed this way"},
        {"load_nobody r1\nstore_blob r1 r0 hp\nret r0", "field hp is not accessed this way"},
        {"load_nobody r1\nstore_field r1 r0 level\nret r0", "field level cannot be written"},
        {"load_nobody r1\nstore_field r1 r1 hp\nret r0", "register 1 holds entity where integer is needed"},
        {"make_text r1 r0 1 0\nret r0", "the text takes 2 arguments, not 1"},
        {"make_text r1 r0 2 0\nret r0", "register 1 is read but not assigned on every path"},
        {"move r3 r0\nmake_text r1 r3 2 0\nret r0", "register 4 lies outside the frame of 4"},
        {"list_new r1 string\nret r0", "there is no type 3 of several parts"},
        {"list_push r0 r0\nret r0", "register 0 holds integer where integers is needed"},
        {"list_new r1 strings\nlist_push r1 r0\nret r0", "register 0 holds integer where string is needed"},
        {"list_length r1 r0\nret r1", "register 0 holds integer where integers is needed"},
        {"list_new r1 entities\nlist_get r2 r1 r1\nret r0",
         "register 1 holds entities where integer is needed"},
        {"list_new r1 entities\nlist_get r2 r1 r0\nret r2",
         "register 2 holds entity where integer is needed"},
        {"loop_list r1 r0 r2 back\nback:\nret r0", "a loop leads forward"},
        {"list_new r1 strings\nlist_begin r1 r1 r2 end\nend:\nret r0",
         "the list, its index and its element need registers of their own"},
        {"list_begin r1 r0 r2 end\nend:\nret r0", "register 0 holds integer where integers is needed"},
        {"list_new r1 strings\nlist_begin r2 r1 r3 end\nend:\nret r3",
         "register 3 holds string where integer is needed"},
        {"list_new r1 strings\nload_int r2 0\nback:\nloop_list r2 r1 r3 back\nret r0",
         "register 3 is read but not assigned on every path"},
        {"divide_int r1 r0 0\nret r1", "this may not divide by 0"},
        {"modulo_int r1 r0 -1\nret r1", "this may not divide by -1"},
        {"inlined 1 0\nret r0", "a call costs at least 1"},
        {"load_nobody r1\nload_known r2 r1 hp\nret r2", "register 1 has not been checked on every path"},
        {"load_nobody r1\nload_field r2 r1 hp\nload_known r2 r1 stock\nret r2",
         "register 1 has not been checked on every path"},
        {"load_nobody r1\nload_field r2 r1 hp\nload_nobody r1\nload_known r2 r1 hp\nret r2",
         "register 1 has not been checked on every path"},
        {"load_nobody r1\ncheck_entity r1 hp\nmove r2 r0\nnative r2 roll\nload_known r2 r1 hp\nret r2",
         "register 1 has not been checked on every path"},
        {"load_nobody r1\njump_if r0 over\ncheck_entity r1 hp\nover:\nload_known r2 r1 hp\nret r2",
         "register 1 has not been checked on every path"},
        {"load_nobody r1\nback:\ncheck_entity r1 hp\nload_known r2 r1 hp\nload_nobody r1\nloop_range r0 r2 "
         "back\n"
         "load_known r2 r1 hp\nret r2",
         "register 1 has not been checked on every path"},
        {"load_nobody r1\ncheck_entity r1 hp\nadd_known r1 r0 r2 level\nret r2",
         "field level cannot be written"},
        {"load_nobody r1\ncheck_entity r1 hp\nsubtract_known r1 r0 r2 owner\nret r2",
         "field owner is no number"},
        {"load_nobody r1\ncheck_entity r1 hp\nadd_known r1 r1 r2 hp\nret r2",
         "register 1 holds entity where integer is needed"},
        {"raise_fault 0", "there is no fault 0"},
        {"raise_fault 200", "there is no fault 200"},
        {"ret r0\nmove r9 r0", "register 9 lies outside the frame of 4"},
    };
    for (const Refusal& refusal : refusals) {
        INFO(refusal.code);
        CHECK(message_of(with_code("(integer) integer 4", refusal.code)) == refusal.message);
    }
    CHECK(message_of(with_code("(integer) nothing 1", "ret r0")) == "no value may be returned here");
    CHECK(message_of(with_code("(integer) nothing 1", "ret_int 4")) == "no value may be returned here");
    CHECK(message_of(with_code("(entity) entity 1", "ret_int 4")) ==
          "an integer is returned where entity is needed");
}

TEST_CASE("indexes of instructions must name something") {
    const char* const codes[] = {"load_const r1 5",
                                 "load_string r1 \"x\"",
                                 "make_text r1 r0 0 0",
                                 "call r1 sleepy",
                                 "native r1 wait",
                                 "load_field r1 r0 hp",
                                 "jump end",
                                 "loop start"};
    for (const char* code : codes) {
        Program program = with_code("(integer) integer 4", std::string("start:\n") + code + "\nend:\nret r0");
        for (const std::int32_t wrong : {-1, 1000, INT32_MIN, INT32_MAX}) {
            program.functions.back().code[0].imm = wrong;
            INFO(disassemble(program, 2));
            const std::string message = message_of(program);
            CHECK((message.find("there is no ") == 0 ||
                   message.find("outside the function") != std::string::npos ||
                   message == "a loop carries more fuel than any can need"));
        }
    }
}

TEST_CASE("programs are refused for what lies around the code") {
    const auto refused = [](const char* message, auto damage) {
        Program program = small();
        damage(program);
        INFO(message);
        CHECK(message_of(program) == message);
    };
    const auto odd = static_cast<SlotType>(200);
    refused("the frame must have 1 to 256 registers", [](Program& p) { p.functions[0].frame_size = 0; });
    refused("the frame must have 1 to 256 registers", [](Program& p) { p.functions[0].frame_size = 257; });
    refused("the parameters do not fit into the frame",
            [](Program& p) { p.functions[0].parameters.assign(3, SlotType::integer); });
    refused("the signature is impossible",
            [](Program& p) { p.functions[0].parameters[0] = SlotType::nothing; });
    refused("the signature is impossible", [&](Program& p) { p.functions[0].parameters[0] = odd; });
    refused("the signature is impossible", [&](Program& p) { p.functions[0].result = odd; });
    refused("the function has no code", [](Program& p) { p.functions[0].code.clear(); });
    refused("the function has too much code",
            [](Program& p) { p.functions[0].code.assign(70'000, {Opcode::ret_nothing}); });
    refused("there is no opcode 255",
            [](Program& p) { p.functions[0].code[0].op = static_cast<Opcode>(255); });
    refused("the line table leaves the code", [](Program& p) {
        p.files = {"a"};
        p.functions[0].lines = {{2, 0, 1, 1}};
    });
    refused("the line table is out of order", [](Program& p) {
        p.files = {"a"};
        p.functions[0].lines = {{1, 0, 1, 1}, {0, 0, 2, 1}};
    });
    refused("the line table names a file that does not exist", [](Program& p) {
        p.functions[0].lines = {{0, 0, 1, 1}};
    });
    refused("two functions are called main", [](Program& p) { p.functions.push_back(p.functions[0]); });
    refused("field f belongs to no table", [](Program& p) {
        p.fields = {{"f", 32, SlotType::integer, true}};
    });
    refused("field f has a type that is not stored", [](Program& p) {
        p.fields = {{"f", 0, SlotType::text, true}};
    });
    refused("field f has a type that is not stored", [&](Program& p) { p.fields = {{"f", 0, odd, true}}; });
    refused("native n has an impossible signature", [&](Program& p) { p.natives = {{"n", {}, odd, false}}; });
    refused("native n has an impossible signature", [](Program& p) {
        p.natives = {{"n", std::vector<SlotType>(201, SlotType::integer)}};
    });
    refused("a text has impossible arguments", [](Program& p) { p.texts = {{{SlotType::nothing}}}; });
    refused("a string is too long", [](Program& p) { p.strings = {std::string((1 << 20) + 1, 'x')}; });
    refused("the program imports too many fields", [](Program& p) { p.fields.resize((1 << 16) + 1); });
    refused("the program imports too many natives", [](Program& p) { p.natives.resize((1 << 16) + 1); });
    refused("the program has too many functions", [](Program& p) { p.functions.resize((1 << 18) + 1); });
    refused("the program has too many constants", [](Program& p) { p.constants.resize((1 << 22) + 1); });
}

TEST_CASE("what a call or a loop costs must cover its length") {
    std::string code = "back:\n";
    for (int i = 0; i < 600; ++i) code += "move r1 r0\n";
    Program program = with_code("(integer) integer 4", code + "loop_range r1 r0 back\nret r0");
    REQUIRE(message_of(program) == "accepted");
    Function& main = program.functions.back();
    CHECK(main.fuel == 3);
    main.fuel = 2;
    CHECK(message_of(program) == "a call of the function costs too little fuel");
    main.fuel = 9;
    CHECK(message_of(program) == "accepted");
    Instruction& loop = main.code[600];
    CHECK(loop.loop_fuel() == 2);
    loop.imm = Instruction::loop_operand(0, 1);
    CHECK(message_of(program) == "a long loop carries too little fuel");
    loop.imm = Instruction::loop_operand(0, 257);
    CHECK(message_of(program) == "a loop carries more fuel than any can need");
}

TEST_CASE("sound code is accepted") {
    const char* const codes[] = {
        // A register that is dead at the head of a loop may be anything at its end.
        "load_nobody r1\nback:\nadd_int r0 r0 -1\nload_int r1 3\njump_less_int r0 0 end\nloop "
        "back\nend:\nret r0",
        "load_int r1 1\nmove r2 r0\nback:\nmove r1 r0\nnative r1 roll\nloop_range r0 r0 back\nret r0",
        // Loops in loops, where the inner one changes what the outer one began with.
        "load_int r1 0\nload_nobody r3\nouter:\nload_int r2 0\ninner:\nload_string r3 \"x\"\n"
        "loop_range r2 r0 inner\nload_int r3 1\nloop_range r1 r0 outer\nret r1",
        // What has been looked at stays known over loops and joins that ask nobody else.
        "load_nobody r1\ncheck_entity r1 hp\nback:\nload_known r2 r1 hp\nadd_known r1 r2 r3 hp\njump_if r0 "
        "over\n"
        "store_known r1 r2 hp\nover:\nloop_range r0 r2 back\nmove r3 r1\nload_known r2 r3 hp\nret r2",
        "load_nobody r1\njump_if r0 other\nload_field r2 r1 hp\njump join\nother:\nstore_field r1 r0 "
        "hp\njoin:\n"
        "load_known r2 r1 level\nret r2",
        // Code that nothing reaches is not looked at.
        "ret r0\nadd r0 r1 r2",
        "raise_fault 3",
        "back:\nloop back",
    };
    for (const char* code : codes) {
        INFO(code);
        CHECK(message_of(with_code("(integer) integer 4", code)) == "accepted");
    }
    CHECK(message_of(Program{}) == "accepted");
    Program large = small();
    large.functions[0].frame_size = 256;
    large.functions[0].code.insert(large.functions[0].code.begin(), {Opcode::load_int, 255, 0, 0, 1});
    CHECK(message_of(large) == "accepted");
}

TEST_CASE("deeply nested loops are checked in bounded time") {
    std::string code;
    const int depth = 200;
    for (int i = 0; i < depth; ++i)
        code += "l" + std::to_string(i) + ":\nload_nobody r" + std::to_string(i + 2) + "\n";
    for (int i = depth; i-- > 0;) {
        code += "load_int r" + std::to_string(i + 2) + " 1\nloop_range r1 r0 l" + std::to_string(i) + "\n";
    }
    const std::string message =
        message_of(assemble("function main(integer, integer) integer 256\n" + code + "ret r0"));
    CHECK((message == "accepted" ||
           message == "the loops of this function are nested too deeply to be checked"));
}

TEST_CASE("types_at tells what a frame holds") {
    const Program program =
        with_code("(integer, entity) integer 4",
                  "load_string r2 \"x\"\nback:\nload_int r3 1\nload_int r2 1\nloop_range r3 r0 back\nret r0");
    REQUIRE(message_of(program) == "accepted");
    using Types = std::vector<SlotType>;
    const SlotType none = SlotType::nothing, integer = SlotType::integer, entity = SlotType::entity;
    CHECK(types_at(program, 2, 0) == Types{integer, entity, none, none});
    CHECK(types_at(program, 2, 1) == Types{integer, entity, none, none});
    CHECK(types_at(program, 2, 3) == Types{integer, entity, integer, integer});
    CHECK(types_at(program, 2, 99) == Types(4, none));
    CHECK(types_at(program, 9, 0).empty());
}

TEST_CASE("the disassembler shows names, types, constants and lines") {
    Program program = assemble(verifier_imports + R"(
        function main(entity) integer 4 suspend
            load_field r1 r0 hp
            load_string r2 "hi"
            load_const r2 77
            list_new r2 entities
            jump_less_int r1 -3 end
            native r2 wait
          end:
            ret r1
    )");
    program.files = {"caves.mud"};
    program.functions[2].lines = {{0, 0, 12, 5}, {4, 0, 14, 1}};
    REQUIRE(message_of(program) == "accepted");
    CHECK(disassemble(program, 2) == R"(function 2 main(entity) -> integer  registers 4, may suspend
    0  load_field    r1, r0, hp:integer         ; caves.mud:12
    1  load_string   r2, "hi"                   ; caves.mud:12
    2  load_const    r2, 77                     ; caves.mud:12
    3  list_new      r2, entities               ; caves.mud:12
    4  jump_less_int r1, -3, -> 6               ; caves.mud:14
    5  native        r2, wait                   ; caves.mud:14
    6  ret           r1                         ; caves.mud:14
)");
    CHECK(disassemble(program).find("native 0 wait(), may suspend\n") == 0);
    CHECK(disassemble(program).find("field 1 level: integer in table 1\n") != std::string::npos);
    CHECK(place_of(program, 2, 3).line == 12);
    CHECK(place_of(program, 2, 4).column == 1);
    CHECK(place_of(program, 1, 0).line == 0);
    CHECK(place_of(program, 77, 0).line == 0);
    program.functions[2].code[0] = {static_cast<Opcode>(250), 1, 2, 3, 4};
    CHECK(disassemble(program, 2, 0).find("illegal 250") != std::string::npos);
    CHECK(disassemble(program, 2, 50) == "no such place");
}

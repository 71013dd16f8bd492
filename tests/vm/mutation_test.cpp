// Sound programs are damaged at random; whatever the verifier still accepts must run to an end within its
// fuel.

#include <catch2/catch.hpp>
#include <random>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"
#include "vm/bytecode/disassembler.h"
#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/verifier.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;
using End = RunResult::End;

namespace {

const char* const rich = R"(
    type card record integer string
    type deck list card
    type scores map string integer
    type friends gaps entity
    type marks set integer
    native shuffled(deck) deck
    native wait(integer) integer suspend
    native join(string, string) string
    native tell(entity, text) nothing
    native nested(integer) integer
    field hp 1 integer writable
    field owner 1 entity writable
    field level 2 integer
    field name 1 string writable
    field scores 1 integers writable
    field words 1 strings writable
    field deck 1 deck writable
    text
    text (integer, string)
    text (text, integers)
    function cards(entity, integer) integer 16 suspend
        list_new r2 deck
        load_int r3 0
      again:
        move r4 r3
        load_string r5 "of spades"
        gather r4 r4 2 card
        list_push r2 r4 1
        loop_range r3 r1 again
        native r3 wait
        list_length r3 r2
        add_int r3 r3 -1
        list_get r4 r2 r3 1
        record_get r5 r4 0
        add_int r5 r5 7
        record_set r4 r5 0
        list_set r2 r3 r4 1
        list_find r6 r2 r4 deck
        store_blob r0 r2 deck
        take_blob r7 r0 deck
        value_equal r8 r7 r2 deck
        load_int r9 0
        list_insert r7 r9 r4 1
        list_remove r7 r9
        load_int r9 0
        move r10 r1
        list_slice r11 r7 r9
        list_extend r7 r11
        list_reverse r7
        list_first r12 r7 1
        record_get r12 r12 1
        put_blob r0 r7 deck
        take_blob r7 r0 deck
        return_blob r0 r7 deck
        share r7 r11
        native r7 shuffled
        list_new r7 scores
        load_string r12 "anna"
        map_put r7 r12 r6 scores
        list_find r13 r7 r12 scores
        map_get r14 r7 r13
        map_key r15 r7 r13
        map_list r15 r7 0 strings
        map_length r13 r7
        load_int r9 0
        map_remove r7 r9
        list_new r15 marks
        set_add r15 r14 marks
        list_new r9 integers
        list_push r9 r14
        list_push r9 r6
        list_new r10 integers
        list_push r10 r6
        list_push r10 r14
        list_sort r9 r10 1
        list_new r10 friends
        list_push r10 r0
        move r0 r6
        ret r0
    function main(integer, entity, string) integer 12 suspend
        load_int r3 0
        list_new r4 integers
      again:
        multiply r5 r3 r0
        list_push r4 r5
        jump_greater_int r5 50 over
        store_field r1 r5 hp
      over:
        loop_range r3 r0 again
        move r5 r0
        call r5 helper
        move r6 r1
        load_int r7 5
        call r6 cards
        add r5 r5 r6
        load_field r6 r1 hp
        add r5 r5 r6
        move r6 r2
        load_string r7 " and more"
        native r6 join
        store_blob r1 r6 name
        move r7 r5
        native r7 wait
        scale r7 r7 r5
        is_alive r8 r1
        jump_unless r8 end
        store_blob r1 r4 scores
        load_blob r9 r1 scores
        list_length r8 r9
        add_int r8 r8 -1
        list_get r8 r9 r8
        string_equal r9 r2 r6
        move r9 r7
        load_string r10 "x"
        make_text r10 r9 2 1
        move r9 r1
        native r9 tell
      end:
        add r0 r7 r5
        ret r0
    function helper(integer) integer 8
        load_const r1 5000000000
        list_new r2 strings
        load_string r3 "word"
        list_push r2 r3
        load_int r4 0
      outer:
        load_int r5 0
      inner:
        minimum r6 r4 r5
        maximum r6 r6 r0
        equal r7 r6 r4
        logical_not r7 r7
        negate r7 r7
        jump_equal r7 r6 skip
        less r7 r6 r5
      skip:
        loop_range r5 r0 inner
        loop_range r4 r0 outer
        jump_less_equal r4 r1 deeper
        divide r0 r1 r4
        modulo r0 r1 r0
        raise_fault 9
      deeper:
        jump_less_int r0 2 end
        add_int r3 r0 -2
        native r3 nested
        add_int r4 r0 -1
        call r4 helper
        subtract r0 r4 r3
      end:
        load_nobody r1
        same r2 r1 r1
        move r0 r2
        ret r0
)";

class Mutator {
   public:
    explicit Mutator(std::uint64_t seed) : random_(seed) {}

    void damage(Program& program) {
        const std::uint64_t times = 1 + pick(3);
        for (std::uint64_t i = 0; i < times; ++i) {
            pick(8) == 0 ? damage_around(program)
                         : damage_code(program.functions[pick(program.functions.size())]);
        }
    }
    std::uint64_t pick(std::uint64_t count) { return count == 0 ? 0 : random_() % count; }

   private:
    std::uint8_t byte() { return static_cast<std::uint8_t>(pick(4) == 0 ? pick(256) : pick(12)); }
    SlotType type() {
        return static_cast<SlotType>(pick(12) == 0 ? pick(256) : pick(slot_type_count + 5));
    }
    std::int32_t number() {
        return static_cast<std::int32_t>(pick(6) == 0 ? random_() : pick(6) == 0 ? pick(80) : pick(12));
    }

    void damage_code(Function& function) {
        auto& code = function.code;
        if (code.empty()) return;
        Instruction& instruction = code[pick(code.size())];
        switch (pick(9)) {
            case 0: instruction.op = static_cast<Opcode>(pick(opcode_count + 2)); break;
            case 1: instruction.a = byte(); break;
            case 2: instruction.b = byte(); break;
            case 3: instruction.c = byte(); break;
            case 4: instruction.imm = number(); break;
            case 5: instruction.imm += static_cast<std::int32_t>(pick(7)) - 3; break;
            case 6: std::swap(instruction, code[pick(code.size())]); break;
            case 7: code.erase(code.begin() + static_cast<std::ptrdiff_t>(pick(code.size()))); break;
            default:
                const Instruction made{static_cast<Opcode>(pick(opcode_count)), byte(), byte(), byte(),
                                       number()};
                code.insert(code.begin() + static_cast<std::ptrdiff_t>(pick(code.size())), made);
        }
    }

    void damage_around(Program& program) {
        Function& function = program.functions[pick(program.functions.size())];
        switch (pick(10)) {
            case 9: {
                auto& made = program.types[pick(program.types.size())];
                if (pick(2) == 0) made.parts[pick(made.parts.size())] = type();
                else made.kind = static_cast<CompositeType::Kind>(pick(4));
                break;
            }
            case 0: function.frame_size = static_cast<std::uint16_t>(pick(300)); break;
            case 1: function.result = type(); break;
            case 2: function.may_suspend = !function.may_suspend; break;
            case 3: program.natives[pick(5)].result = type(); break;
            case 4: program.natives[pick(5)].may_suspend = pick(2) == 0; break;
            case 5: program.fields[pick(7)].type = type(); break;
            case 6: program.fields[pick(7)].table = static_cast<std::uint8_t>(pick(40)); break;
            case 7: program.texts[pick(3)].arguments.push_back(type()); break;
            default: program.natives[pick(5)].parameters.push_back(type());
        }
    }

    std::mt19937_64 random_;
};

// Natives that answer whatever they are asked for, with values that may make no sense.
struct Careless : StubHost {
    Machine* machine = nullptr;
    const LoadedProgram* loaded = nullptr;
    int depth = 0;

    NativeResult call(NativeCall& call) override {
        const NativeImport& native = call.program.natives[call.native];
        call.fuel -= 2;
        if (native.name == "wait") return {Fault::none, true, 0};
        if (native.name == "nested" && call.arguments.size() == 1 && depth < 3) {
            ++depth;
            const RunResult result = machine->nested(*loaded, *this, 2, call.arguments, call.fuel);
            --depth;
            if (result.end == End::faulted) return {result.fault};
            return {Fault::none, false, is_reference(native.result) ? 0 : result.value};
        }
        if (native.result == SlotType::string)
            return {Fault::none, false, call.arena.add_string("made").value_or(0)};
        for (const Slot argument : call.arguments) {
            call.arena.string(call.program, argument);
            call.arena.list(argument);
            call.arena.text(argument);
        }
        return {Fault::none, false, is_reference(native.result) ? 3 : 4};
    }
};

struct Tally {
    int accepted = 0, returned = 0, suspended = 0, faulted = 0;
};

void run_mutant(const Program& program, Machine& machine, Careless& host, Tally& tally) {
    LoadProblem problem;
    const auto loaded = load_program(program, problem);
    if (loaded == nullptr) return;
    ++tally.accepted;
    host.machine = &machine;
    host.loaded = loaded.get();
    const std::uint32_t begin = program.functions.size() > 1 ? 1 : 0;
    const Function& main = program.functions[begin];
    Limits limits;
    limits.fuel = 3000;
    limits.arena_bytes = 16 * 1024;
    machine.reset_arena();
    std::vector<Slot> arguments;
    for (std::size_t i = 0; i < main.parameters.size(); ++i) {
        const SlotType type = main.parameters[i];
        arguments.push_back(type == SlotType::entity ? Handle::make(1, 5, 1).to_slot()
                            : is_reference(type)     ? 0
                                                     : 6);
    }
    RunResult result = machine.run(*loaded, host, begin, arguments, limits);
    for (int waits = 0; waits < 5 && result.end == End::suspended; ++waits) {
        ++tally.suspended;
        machine.reset_arena();
        const Fiber fiber = machine.fiber();
        REQUIRE_FALSE(check_fiber(*loaded, fiber, limits));
        result = machine.resume(*loaded, host, fiber, 3, limits);
        REQUIRE(result.fault != Fault::bad_argument);
    }
    REQUIRE(result.fuel_used <= limits.fuel);
    (result.end == End::returned ? tally.returned : tally.faulted) += 1;
}

}  // namespace

TEST_CASE("whatever the verifier accepts runs to an end within its fuel") {
    const Program sound = assemble(rich);
    const auto error = verify(sound);
    INFO((error ? error->message + "\n" + disassemble(sound, error->function, error->pc) : "sound"));
    REQUIRE_FALSE(error);
    Machine machine;
    Careless host;
    host.make(1, 5, 1);
    Tally tally;
    run_mutant(sound, machine, host, tally);
    REQUIRE(tally.returned == 1);
    REQUIRE(tally.suspended == 2);
    Mutator mutator(20260101);
    std::vector<Program> parents{sound};
    for (int i = 0; i < 20'000; ++i) {
        Program mutant = parents[mutator.pick(parents.size())];
        mutator.damage(mutant);
        disassemble(mutant, 0, 0);
        const int before = tally.accepted;
        run_mutant(mutant, machine, host, tally);
        // Accepted mutants breed, so that programs drift far from the first one.
        if (tally.accepted > before && mutator.pick(8) == 0 && parents.size() < 500)
            parents.push_back(mutant);
    }
    CHECK(tally.accepted > 2000);
    CHECK(tally.returned > 200);
    CHECK(tally.faulted > 200);
    CHECK(tally.suspended > 200);
}

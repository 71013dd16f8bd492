#pragma once
// A second interpreter of portable bytecode, written to be read: one switch, checked containers, values that
// own what they hold. What the machine does must be what this does.

#include <memory>
#include <vector>

#include "tests/differential/toy_world.h"
#include "vm/bytecode/program.h"
#include "vm/machine/limits.h"

namespace kiln::differential {

// A number, an entity, or something made of others; which it is, the verifier has proven.
struct Value {
    Slot number = 0;
    std::string string;
    std::vector<Value> elements;  // of lists, and of texts
    bool operator==(const Value&) const = default;
};

struct Ending {
    enum class Kind : std::uint8_t { returned, suspended, faulted };
    Kind kind = Kind::returned;
    Fault fault = Fault::none;
    std::uint32_t function = 0, pc = 0;
    Value value;
    std::int64_t fuel_used = 0;
};

class Reference {
 public:
    Reference(const vm::Program& program, ToyWorld& world, const vm::Limits& limits)
        : program_(program), world_(world), limits_(limits) {}

    Ending run(std::uint32_t function, const std::vector<Slot>& arguments);
    Ending resume(Slot answer);  // what was suspended last

 private:
    struct Frame {
        std::uint32_t function = 0, pc = 0;
        std::uint8_t window = 0;  // where in the caller's registers its own begin
        std::vector<Value> registers = std::vector<Value>(256);
    };
    enum class Flow : std::uint8_t { next, jumped, stop };

    Ending go_on();
    Flow step(const vm::Instruction& instruction);
    Flow arithmetic(const vm::Instruction& instruction);
    Flow jump(const vm::Instruction& instruction);
    Flow loop(const vm::Instruction& instruction);
    Flow call(const vm::Instruction& instruction);
    Flow native(const vm::Instruction& instruction);
    Flow give_back(Value value, bool has_value);
    Flow field(const vm::Instruction& instruction);
    Flow list(const vm::Instruction& instruction);
    Flow stop(Fault fault);
    bool charge(std::int64_t amount);
    Fault check(Slot entity, const vm::FieldImport& field) const;

    Frame& frame() { return frames_.back(); }
    Value& at(std::uint8_t place) { return frame().registers.at(place); }
    Slot& number(std::uint8_t place) { return at(place).number; }

    const vm::Program& program_;
    ToyWorld& world_;
    vm::Limits limits_;
    std::vector<Frame> frames_;
    std::int64_t fuel_ = 0;
    Ending ending_;
};

}  // namespace kiln::differential

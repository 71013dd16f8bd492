#pragma once
// Images made by hand, for tests of the world that must not wait for a compiler: functions instruction by
// instruction.

#include <string>
#include <vector>

#include "world/probe.h"
#include "world/schema/image_file.h"
#include "world/world.h"

namespace kiln::world::test {

using schema::Event;
using schema::HandlerDef;
using vm::Opcode;

class ImageBuilder {
   public:
    schema::Image image;

    ImageBuilder();
    std::uint32_t definition(schema::Kind kind, std::string name);
    std::uint32_t room(std::string name, std::uint32_t zone);
    void exit(std::uint32_t from, int direction, std::uint32_t to, std::vector<std::int64_t> door_words = {});
    void integer(std::uint32_t definition, std::string_view property, std::int64_t value);
    void text(std::uint32_t definition, std::string_view property, std::string words);
    std::uint32_t state(std::string name, schema::Table table,
                        std::uint32_t owner); // an int; answers its field
    HandlerDef& handler(std::string name, std::uint32_t owner, Event event, std::uint32_t function);

    std::uint32_t words(std::string text);                       // index of a text without arguments
    std::uint32_t native(std::string_view name);                 // index of the import, made if new
    std::string bytes() const { return schema::write_image(image); }
};

// Writes one function. Registers are numbered by hand; the frame grows to the highest one named.
class Code {
   public:
    Code(ImageBuilder& builder, std::string name, std::vector<vm::SlotType> parameters,
         vm::SlotType result = vm::SlotType::nothing, bool may_suspend = false);
    Code& op(Opcode op, int a = 0, int b = 0, int c = 0, std::int32_t imm = 0);
    Code& integer(int to, std::int32_t value) { return op(Opcode::load_int, to, 0, 0, value); }
    Code& call(int at, std::string_view native);
    Code& echo(int room, std::string words, int scratch);        // a text to the room in a register
    Code& wait(std::int32_t milliseconds, int scratch);
    Code& store(int entity, int value, std::uint32_t field);
    std::uint32_t done(); // ends with ret_nothing unless it returns already

   private:
    ImageBuilder& builder_;
    vm::Function function_;
};

// A hall and a yard with a door between them. Whoever comes in meets the hall's `on login`:
//   state greeted = greeted + 1; a pebble appears; "A bell rings."; after 3 s "The bell fades." and greeted =
//   100
struct SmallWorld {
    ImageBuilder builder;
    std::uint32_t zone = 0, hall = 0, yard = 0, pebble = 0, rat = 0, greeted = 0;
    SmallWorld();
};

std::unique_ptr<World> make_world(const ImageBuilder& builder, std::uint64_t seed = 1);
Input attach_input(std::uint64_t session, std::string name = "", std::uint64_t character = 0);
Input command_input(std::uint64_t session, std::uint64_t number, std::string line);
TickResult tick(World& world, std::vector<Input> inputs = {});
TickResult advance(World& world, int ticks); // all outputs and faults of silent ticks together
bool sees(const TickResult& result, std::string_view words);
std::string field_of(const World& world, std::string_view definition, std::string_view field);

}  // namespace kiln::world::test

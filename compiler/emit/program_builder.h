#pragma once
// The tables of a program while it grows: constants, strings, texts, imports; every row once.

#include <map>
#include <string>

#include "world/schema/image.h"
#include "world/schema/vocabulary.h"

namespace kiln::compiler {

class ProgramBuilder {
   public:
    explicit ProgramBuilder(schema::Image& image) : image_(image) {}

    std::int32_t constant(std::int64_t value);
    std::int32_t string(const std::string& value);
    std::int32_t native(schema::Intrinsic intrinsic);
    std::int32_t native(schema::Intrinsic intrinsic, std::vector<vm::SlotType> parameters,
                        vm::SlotType result);
    std::int32_t field(schema::Field field);
    std::int32_t field(const std::string& column, schema::Table table, vm::SlotType type);   // declared state
    std::uint32_t text(schema::Text text, std::vector<vm::SlotType> arguments);
    std::uint32_t new_function(std::string name);                        // to be filled in later
    vm::Function& function(std::uint32_t index) { return image_.program.functions[index]; }
    vm::Program& program() { return image_.program; }

   private:
    std::int32_t import_field(vm::FieldImport import);

    schema::Image& image_;
    std::map<std::int64_t, std::int32_t> constants_;
    std::map<std::string, std::int32_t> strings_, natives_, fields_;
};

}  // namespace kiln::compiler

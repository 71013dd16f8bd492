#pragma once
// The tables of one unit's program while it grows: constants, strings, texts, imports; every row once.
// Functions and texts are numbered for the whole world (unit.h); the other rows are numbered within the unit.

#include <map>
#include <string>

#include "compiler/emit/unit.h"
#include "world/schema/image.h"
#include "world/schema/vocabulary.h"

namespace kiln::compiler {

class ProgramBuilder {
   public:
    ProgramBuilder(schema::Image& image, const RowNumbers& numbers, std::uint32_t unit)
        : image_(image), numbers_(numbers), unit_(unit) {}

    std::int32_t constant(std::int64_t value);
    std::int32_t string(const std::string& value);
    std::int32_t native(schema::Intrinsic intrinsic);
    std::int32_t native(schema::Intrinsic intrinsic, std::vector<vm::SlotType> parameters,
                        vm::SlotType result);
    std::int32_t field(schema::Field field);
    std::int32_t field(const std::string& column, schema::Table table, vm::SlotType type);   // declared state
    std::uint32_t text(schema::Text text, std::vector<vm::SlotType> arguments);
    std::uint32_t new_function(std::string name);                        // to be filled in later
    vm::Function& function(std::uint32_t number) {
        return image_.program.functions[numbers_.place(number).second];
    }
    // Instructions of a function that hold numbers of definitions or functions.
    void relocate(std::uint32_t function, const std::vector<Relocation>& relocations);
    std::vector<Relocation>& relocations() { return relocations_; }

   private:
    std::int32_t import_field(vm::FieldImport import);

    schema::Image& image_;
    const RowNumbers& numbers_;
    std::uint32_t unit_;
    std::map<std::int64_t, std::int32_t> constants_;
    std::map<std::string, std::int32_t> strings_, natives_, fields_;
    std::vector<Relocation> relocations_;
};

}  // namespace kiln::compiler

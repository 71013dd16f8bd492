#pragma once
// The number of a row in one of an image's tables. Reads and writes like the number it is; the type says
// which table, so that whoever renumbers an image misses none.

#include <cstdint>

namespace kiln::vm {
struct Function;
struct FieldImport;
}  // namespace kiln::vm

namespace kiln::schema {

constexpr std::uint32_t no_index = 0xffffffff;

template <typename Table>
struct RowNumber {
    std::uint32_t value = no_index;
    constexpr RowNumber() = default;
    constexpr RowNumber(std::uint32_t number) : value(number) {}
    constexpr operator std::uint32_t() const { return value; }
};

struct Definition;
struct HandlerDef;
struct SourceFile;
using DefinitionNumber = RowNumber<Definition>;
using HandlerNumber = RowNumber<HandlerDef>;
using FunctionNumber = RowNumber<vm::Function>;
using FieldNumber = RowNumber<vm::FieldImport>;
using FileNumber = RowNumber<SourceFile>;

}  // namespace kiln::schema

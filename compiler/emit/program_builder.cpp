#include "compiler/emit/program_builder.h"

namespace kiln::compiler {

std::int32_t ProgramBuilder::constant(std::int64_t value) {
    auto& constants = image_.program.constants;
    const auto [place, is_new] = constants_.try_emplace(value, static_cast<std::int32_t>(constants.size()));
    if (is_new) constants.push_back(value);
    return place->second;
}

std::int32_t ProgramBuilder::string(const std::string& value) {
    auto& strings = image_.program.strings;
    const auto [place, is_new] = strings_.try_emplace(value, static_cast<std::int32_t>(strings.size()));
    if (is_new) strings.push_back(value);
    return place->second;
}

std::int32_t ProgramBuilder::native(schema::Intrinsic intrinsic) {
    const auto& row = schema::vocabulary().row(intrinsic);
    std::vector<vm::SlotType> parameters;
    for (const auto& parameter : row.parameters) parameters.push_back(schema::slot_type(parameter.type));
    return native(intrinsic, std::move(parameters), schema::slot_type(row.result));
}

std::int32_t ProgramBuilder::native(schema::Intrinsic intrinsic, std::vector<vm::SlotType> parameters,
                                    vm::SlotType result) {
    const auto& row = schema::vocabulary().row(intrinsic);
    std::string key(row.id);
    for (const auto type : parameters) key += " " + std::to_string(static_cast<int>(type));
    auto& natives = image_.program.natives;
    const auto [place, is_new] = natives_.try_emplace(key, static_cast<std::int32_t>(natives.size()));
    if (is_new) natives.push_back({std::string(row.id), std::move(parameters), result, row.suspend});
    return place->second;
}

std::int32_t ProgramBuilder::import_field(vm::FieldImport import) {
    auto& fields = image_.program.fields;
    const auto [place, is_new] = fields_.try_emplace(import.name, static_cast<std::int32_t>(fields.size()));
    if (is_new) fields.push_back(std::move(import));
    return place->second;
}

std::int32_t ProgramBuilder::field(schema::Field field) {
    const auto& row = schema::vocabulary().row(field);
    return import_field({schema::vocabulary().field_name(field), static_cast<std::uint8_t>(row.table),
                         schema::slot_type(row.type), row.access == schema::Access::write});
}

std::int32_t ProgramBuilder::field(const std::string& column, schema::Table table, vm::SlotType type) {
    return import_field({column, static_cast<std::uint8_t>(table), type, true});
}

std::uint32_t ProgramBuilder::text(schema::Text text, std::vector<vm::SlotType> arguments) {
    const auto number = numbers_.number(unit_, image_.texts.size());
    image_.texts.push_back(std::move(text));
    image_.program.texts.push_back({std::move(arguments)});
    return number;
}

std::uint32_t ProgramBuilder::new_function(std::string name) {
    const auto number = numbers_.number(unit_, image_.program.functions.size());
    image_.program.functions.emplace_back().name = std::move(name);
    return number;
}

void ProgramBuilder::relocate(std::uint32_t function, const std::vector<Relocation>& relocations) {
    const auto row = numbers_.place(function).second;
    for (auto relocation : relocations) {
        relocation.function = row;
        relocations_.push_back(relocation);
    }
}

}  // namespace kiln::compiler

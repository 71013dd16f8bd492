#include "compiler/emit/link.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "vm/bytecode/opcode_table.h"
#include "world/schema/image_archive.h"

namespace kiln::compiler {

namespace {

using schema::Image;
using schema::PropertyValue;

// The numbers that one unit's functions, texts and handlers begin with.
struct Begin {
    std::uint32_t function = 0, text = 0, handler = 0;
};

// Walks a part of an image and changes every number of a row. It goes where the archive goes
// (image_archive.h), so that a new field is found by its type.
class Renumber {
 public:
    Renumber(const World& world, const std::vector<Begin>& begins) : world_(world), begins_(begins) {}

    template <typename... T>
    void operator()(T&... values) {
        (visit(values), ...);
    }

    std::uint32_t function(std::uint32_t number) const {
        if (number == no_index) return number;
        const auto [unit, row] = world_.numbers.place(number);
        return begins_[unit].function + row;
    }
    std::uint32_t text(std::uint32_t number) const {
        const auto [unit, row] = world_.numbers.place(number);
        return begins_[unit].text + row;
    }
    std::uint32_t definition(std::uint32_t number) const { return number; }
    bool nested() const { return true; }         // a type's parts; only files must not nest them too deep

 private:
    void visit(schema::FunctionNumber& number) { number = function(number); }
    void visit(schema::HandlerNumber& number) {
        const auto [unit, row] = world_.numbers.place(number);
        number = begins_[unit].handler + row;
    }
    void visit(schema::DefinitionNumber& number) { number = definition(number); }
    void visit(schema::FieldNumber&) {}
    void visit(schema::FileNumber&) {}
    void visit(std::string&) {}
    void visit(PropertyValue& value) {
        if (value.kind == PropertyValue::Kind::text)
            value.integer = text(static_cast<std::uint32_t>(value.integer));
        if (value.kind == PropertyValue::Kind::code)
            value.integer = function(static_cast<std::uint32_t>(value.integer));
    }
    template <typename T>
    void visit(std::vector<T>& values) {
        if constexpr (!std::is_arithmetic_v<T> && !std::is_same_v<T, std::string>) {
            for (auto& value : values) visit(value);
        }
    }
    template <typename T>
    void visit(T& value) {
        using schema::archive::fields;
        if constexpr (std::is_class_v<T>) fields(*this, value);
    }

    const World& world_;
    const std::vector<Begin>& begins_;
};

class Linker {
 public:
    Linker(const World& world, const std::vector<Unit>& units) : world_(world), units_(units) {}

    Image run(const std::vector<schema::FunctionNumber>& rules) {
        for (const auto& source : world_.sources) {
            image_.program.files.push_back(source.name);
            image_.sources.push_back({source.name, source.text});
        }
        count();
        Renumber renumber(world_, begins_);
        add_states();
        for (const auto& unit : units_) add(unit, renumber);
        for (const auto& [definition, name] : foreign_) settle(image_.definitions[definition], *name);
        image_.enumerations = world_.enumerations;
        image_.records = world_.records;
        image_.open_words = world_.open_rows;
        image_.rules = rules;
        renumber(image_.rules);
        return std::move(image_);
    }

 private:
    void count() {
        Begin next;
        begins_.reserve(units_.size());
        for (const auto& unit : units_) {
            begins_.push_back(next);
            next.function += static_cast<std::uint32_t>(unit.image.program.functions.size());
            next.text += static_cast<std::uint32_t>(unit.image.texts.size());
            next.handler += static_cast<std::uint32_t>(unit.image.handlers.size());
        }
        image_.program.functions.reserve(next.function);
        image_.program.texts.reserve(next.text);
        image_.texts.reserve(next.text);
        image_.handlers.reserve(next.handler);
        image_.definitions.reserve(world_.heads.size());
    }

    void add_states() {
        image_.states = world_.state_rows;
        for (auto& state : image_.states) {
            state.field = field(
                {state.name, static_cast<std::uint8_t>(state.table),
                 schema::intern_slot_type(image_.program, world_.records, state.type), true});
        }
    }

    template <typename Row>
    static std::uint32_t number_of(std::unordered_map<std::string, std::uint32_t>& known,
                                   const std::string& key, std::vector<Row>& rows, const Row& row) {
        const auto [place, is_new] = known.try_emplace(key, static_cast<std::uint32_t>(rows.size()));
        if (is_new) rows.push_back(row);
        return place->second;
    }
    std::uint32_t field(const vm::FieldImport& row) {
        return number_of(fields_, row.name, image_.program.fields, row);
    }
    std::uint32_t native(const vm::NativeImport& row) {
        auto key = row.name;
        for (const auto type : row.parameters) key += " " + std::to_string(static_cast<int>(type));
        key += " " + std::to_string(static_cast<int>(row.result));
        return number_of(natives_, key, image_.program.natives, row);
    }
    std::uint32_t constant(std::int64_t value) {
        auto& rows = image_.program.constants;
        const auto [place, is_new] = constants_.try_emplace(value, static_cast<std::uint32_t>(rows.size()));
        if (is_new) rows.push_back(value);
        return place->second;
    }

    // A unit numbers its types within itself, parts before wholes.
    void map_types(const vm::Program& program) {
        types_.clear();
        for (auto type : program.types) {
            settle(type.parts);
            auto& rows = image_.program.types;
            const auto known = std::find(rows.begin(), rows.end(), type);
            types_.push_back(static_cast<vm::SlotType>(vm::slot_type_count + (known - rows.begin())));
            if (known == rows.end()) rows.push_back(std::move(type));
        }
    }
    vm::SlotType settled(vm::SlotType type) const {
        return type < vm::first_own_type
                   ? type
                   : types_[static_cast<std::size_t>(type) - static_cast<std::size_t>(vm::first_own_type)];
    }
    void settle(std::vector<vm::SlotType>& types) const {
        for (auto& type : types) type = settled(type);
    }
    vm::NativeImport settled(vm::NativeImport row) const {
        settle(row.parameters);
        row.result = settled(row.result);
        return row;
    }
    vm::FieldImport settled(vm::FieldImport row) const {
        row.type = settled(row.type);
        return row;
    }

    // New numbers of the rows that a unit numbers within itself, by the letter of the operand.
    void map_rows(const vm::Program& program) {
        map_types(program);
        const auto map = [&](char letter, const auto& rows, auto number) {
            auto& numbers = numbers_[static_cast<std::size_t>(letter)];
            numbers.clear();
            for (const auto& row : rows) numbers.push_back(number(row));
        };
        map('k', program.constants, [&](std::int64_t row) { return constant(row); });
        map('S', program.strings,
            [&](const std::string& row) { return number_of(strings_, row, image_.program.strings, row); });
        map('N', program.natives, [&](const vm::NativeImport& row) { return native(settled(row)); });
        map('P', program.fields, [&](const vm::FieldImport& row) { return field(settled(row)); });
    }

    void add(const Unit& unit, Renumber& renumber) {
        const auto& part = unit.image;
        const auto first = image_.program.functions.size();
        map_rows(part.program);
        for (const auto& function : part.program.functions) {
            image_.program.functions.push_back(function);
            settle(image_.program.functions.back().parameters);
            image_.program.functions.back().result = settled(function.result);
            for (auto& instruction : image_.program.functions.back().code) settle(instruction, renumber);
        }
        for (const auto& one : unit.relocations) {
            auto& imm = image_.program.functions[first + one.function].code[one.pc].imm;
            const auto number = static_cast<std::uint32_t>(imm);
            imm = static_cast<std::int32_t>(one.to == Relocation::To::function ? renumber.function(number)
                                                                               : renumber.definition(number));
        }
        for (auto text : part.program.texts) {
            settle(text.arguments);
            image_.program.texts.push_back(std::move(text));
        }
        append(image_.texts, part.texts, renumber);
        const auto first_definition = image_.definitions.size();
        append(image_.definitions, part.definitions, renumber);
        for (const auto& name : unit.foreign_blocks) foreign_.emplace_back(first_definition, &name);
        append(image_.handlers, part.handlers, renumber);
        append(image_.tests, part.tests, renumber);
    }

    void settle(vm::Instruction& instruction, const Renumber& renumber) const {
        const char letter = vm::opcode_rows[static_cast<std::size_t>(instruction.op)].operand(3);
        const auto number = static_cast<std::uint32_t>(instruction.imm);
        if (letter == 'F')
            instruction.imm = static_cast<std::int32_t>(renumber.function(number));
        else if (letter == 'T')
            instruction.imm = static_cast<std::int32_t>(renumber.text(number));
        else if (letter == 'Y')
            instruction.imm = static_cast<std::int32_t>(settled(static_cast<vm::SlotType>(number)));
        else if (letter == 'k' || letter == 'S' || letter == 'N' || letter == 'P')
            instruction.imm = static_cast<std::int32_t>(numbers_[static_cast<std::size_t>(letter)][number]);
    }

    // `-> small_talk.weather`: the other declaration has its blocks now.
    void settle(schema::Definition& definition, const ForeignBlock& name) const {
        auto& block = definition.blocks[name.block];
        auto& target =
            name.reaction == no_index ? block.target : block.reactions[name.reaction].target;
        target.kind = schema::BlockDef::Target::Kind::block;
        target.definition = name.definition;
        target.block = find_block(image_.definitions[name.definition], name.sort, name.name).value_or(no_index);
    }

    template <typename Row>
    static void append(std::vector<Row>& to, const std::vector<Row>& rows, Renumber& renumber) {
        for (const auto& row : rows) {
            to.push_back(row);
            renumber(to.back());
        }
    }

    const World& world_;
    const std::vector<Unit>& units_;
    std::vector<Begin> begins_;
    std::vector<std::pair<std::size_t, const ForeignBlock*>> foreign_;
    Image image_;
    std::unordered_map<std::int64_t, std::uint32_t> constants_;
    std::unordered_map<std::string, std::uint32_t> strings_, natives_, fields_;
    std::array<std::vector<std::uint32_t>, 128> numbers_;
    std::vector<vm::SlotType> types_;            // of the unit that is being added
};

}  // namespace

Image link(const World& world, const std::vector<Unit>& units,
           const std::vector<schema::FunctionNumber>& rules) {
    return Linker(world, units).run(rules);
}

}  // namespace kiln::compiler

#pragma once
// How each part of an image stands in bytes: one `fields` function a struct, used by writer and reader alike,
// so that the two cannot differ. The linker of the compiler walks them too.

#include <concepts>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "world/schema/image.h"

namespace kiln::schema::archive {

template <typename A>
void fields(A& a, vm::Instruction& v) { a(v.op, v.a, v.b, v.c, v.imm); }
template <typename A>
void fields(A& a, vm::LineRow& v) { a(v.pc, v.file, v.line, v.column); }
template <typename A>
void fields(A& a, vm::Function& v) {
    a(v.name, v.parameters, v.result, v.may_suspend, v.frame_size, v.fuel, v.code, v.lines);
}
template <typename A>
void fields(A& a, vm::NativeImport& v) { a(v.name, v.parameters, v.result, v.may_suspend); }
template <typename A>
void fields(A& a, vm::FieldImport& v) { a(v.name, v.table, v.type, v.writable); }
template <typename A>
void fields(A& a, vm::TextSignature& v) { a(v.arguments); }
template <typename A>
void fields(A& a, vm::CompositeType& v) { a(v.kind, v.keeps_gaps, v.parts); }
template <typename A>
void fields(A& a, vm::Program& v) {
    a(v.types, v.functions, v.constants, v.strings, v.texts, v.natives, v.fields, v.files);
}
template <typename A, typename Table>
void fields(A& a, RowNumber<Table>& v) { a(v.value); }
template <typename A>
void fields(A& a, Type& v) {
    [[maybe_unused]] const auto inner = a.nested();  // bounds how deep the parts go
    a(v.base, v.optional, v.element, v.detail, v.parts);
}
template <typename A>
void fields(A& a, RecordDef::Field& v) { a(v.name, v.type); }
template <typename A>
void fields(A& a, RecordDef& v) { a(v.name, v.fields); }
template <typename A>
void fields(A& a, Parameter& v) { a(v.name, v.type, v.preposition, v.omissible); }
template <typename A>
void fields(A& a, TextPart& v) {
    a(v.kind, v.form, v.capital, v.argument, v.number, v.target, v.words, v.second);
}
template <typename A>
void fields(A& a, Text& v) { a(v.id, v.file, v.line, v.column, v.parts); }
template <typename A>
void fields(A& a, PropertyValue& v) { a(v.property, v.kind, v.integer, v.high, v.integers, v.strings); }
template <typename A>
void fields(A& a, ExitDef& v) { a(v.direction, v.to, v.properties); }
template <typename A>
void fields(A& a, DetailDef& v) { a(v.keywords, v.text); }
template <typename A>
void fields(A& a, SpawnDef& v) { a(v.what, v.where, v.parent, v.max, v.respawn_ms); }
template <typename A>
void fields(A& a, LootRow& v) {
    a(v.kind, v.weight, v.always, v.target, v.dice, v.low, v.high, v.options, v.unique, v.condition, v.picks,
      v.distinct, v.parent);
}
template <typename A>
void fields(A& a, PatternPart& v) { a(v.kind, v.word, v.type, v.reach, v.parameter); }
template <typename A>
void fields(A& a, Pattern& v) { a(v.parts); }
template <typename A>
void fields(A& a, EffectChange& v) { a(v.stat, v.percent, v.function); }
template <typename A>
void fields(A& a, HandlerDef& v) {
    a(v.name, v.event, v.author_event, v.phase, v.owner, v.function, v.condition, v.patterns, v.chance,
      v.period_ms, v.always, v.cooldown_ms, v.once, v.once_per_player, v.overlap, v.is_of_block);
}
template <typename A>
void fields(A& a, StateDef::Former& v) { a(v.name, v.type, v.function); }
template <typename A>
void fields(A& a, StateDef& v) { a(v.name, v.table, v.type, v.value, v.blob, v.owner, v.field, v.former); }
template <typename A>
void fields(A& a, BlockDef::Target& v) { a(v.kind, v.definition, v.block); }
template <typename A>
void fields(A& a, BlockDef::Reaction& v) { a(v.handler, v.target); }
template <typename A>
void fields(A& a, BlockDef& v) {
    a(v.block, v.parent, v.name, v.former, v.properties, v.target, v.body, v.reactions, v.file, v.line);
}
template <typename A>
void fields(A& a, RetiredDef& v) { a(v.name, v.kind, v.heir, v.coins); }
template <typename A>
void fields(A& a, OpenWords& v) { a(v.enumeration, v.definitions); }
template <typename A>
void fields(A& a, CommandForm& v) { a(v.pattern, v.function); }
template <typename A>
void fields(A& a, Definition& v) {
    a(v.name, v.kind, v.is_abstract, v.parent, v.traits, v.zone, v.file, v.line, v.former,
      v.properties, v.exits, v.details, v.spawns, v.loot, v.changes, v.forms, v.handlers, v.blocks, v.parameters);
}
template <typename A>
void fields(A& a, TestStep& v) {
    a(v.kind, v.player, v.words, v.number, v.function, v.properties, v.line, v.column, v.source);
}
template <typename A>
void fields(A& a, LootTrial::Check& v) { a(v.kind, v.item, v.low, v.high, v.line, v.column, v.source); }
template <typename A>
void fields(A& a, LootTrial& v) { a(v.loot, v.runs, v.killer_level, v.checks); }
template <typename A>
void fields(A& a, TestDef& v) { a(v.name, v.file, v.line, v.seed, v.steps, v.trials); }
template <typename A>
void fields(A& a, SourceFile& v) { a(v.name, v.text); }
template <typename A>
void fields(A& a, std::pair<std::string, std::vector<std::string>>& v) { a(v.first, v.second); }
template <typename A>
void fields(A& a, Image& v) {
    a(v.program, v.texts, v.definitions, v.handlers, v.states, v.rules, v.memory_keys, v.enumerations,
      v.records, v.open_words, v.retired, v.tests, v.sources);
}

// Numbers are LEB128 varints, signed ones zigzag-coded; strings and lists are a count and their elements.
class Writer {
   public:
    std::string bytes;

    int nested() const { return 0; }
    template <typename... T>
    void operator()(T&... values) { (put(values), ...); }

   private:
    void varint(std::uint64_t value) {
        while (value >= 0x80) {
            bytes += static_cast<char>(value | 0x80);
            value >>= 7;
        }
        bytes += static_cast<char>(value);
    }
    template <typename T>
    void put(T& value) {
        if constexpr (std::is_enum_v<T>) {
            varint(static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_signed_v<T> && std::is_integral_v<T>) {
            const auto wide = static_cast<std::int64_t>(value);
            varint((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
        } else if constexpr (std::is_integral_v<T>) {
            varint(static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_same_v<T, std::string>) {
            varint(value.size());
            bytes += value;
        } else {
            fields(*this, value);
        }
    }
    template <typename T>
    void put(std::vector<T>& values) {
        varint(values.size());
        for (auto& value : values) put(value);
    }
};

// Reads what Writer wrote; anything else makes `failed` true and leaves the rest empty. Counts are checked
// against the bytes that are left before anything is allocated.
class Reader {
   public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    bool failed = false;
    bool at_end() const { return rest_.empty(); }

    // Held while a type reads its parts: a damaged one may say that it has parts without end.
    class Nested {
       public:
        explicit Nested(Reader& reader) : reader_(reader) {
            if (++reader_.depth_ > deepest) reader_.failed = true;
        }
        Nested(const Nested&) = delete;
        ~Nested() { --reader_.depth_; }

       private:
        static constexpr int deepest = 16;
        Reader& reader_;
    };
    Nested nested() { return Nested(*this); }

    template <typename... T>
    void operator()(T&... values) { (get(values), ...); }

   private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed = true;
        return 0;
    }
    // Enumerators of all our enums fill their range from 0 without gaps below these bounds.
    template <typename T>
    static constexpr std::uint64_t last_of() {
        if constexpr (std::is_same_v<T, vm::Opcode>)
            return static_cast<std::uint64_t>(vm::Opcode::raise_fault);
        else if constexpr (std::is_same_v<T, vm::SlotType>)
            return vm::slot_type_count + (std::uint64_t{1} << 12);
        else if constexpr (std::is_same_v<T, vm::CompositeType::Kind>)
            return static_cast<std::uint64_t>(vm::CompositeType::Kind::record);
        else if constexpr (std::is_same_v<T, Base>) return static_cast<std::uint64_t>(Base::variable);
        else if constexpr (std::is_same_v<T, Table>) return static_cast<std::uint64_t>(Table::none);
        else if constexpr (std::is_same_v<T, Kind>) return static_cast<std::uint64_t>(Kind::none);
        else if constexpr (std::is_same_v<T, Event>) return static_cast<std::uint64_t>(Event::none);
        else if constexpr (std::is_same_v<T, TextPart::Kind>)
            return static_cast<std::uint64_t>(TextPart::Kind::paragraph);
        else if constexpr (std::is_same_v<T, TextPart::Form>)
            return static_cast<std::uint64_t>(TextPart::Form::a);
        else if constexpr (std::is_same_v<T, PropertyValue::Kind>)
            return static_cast<std::uint64_t>(PropertyValue::Kind::range);
        else if constexpr (std::is_same_v<T, SpawnDef::Where>)
            return static_cast<std::uint64_t>(SpawnDef::Where::inside);
        else if constexpr (std::is_same_v<T, LootRow::Kind>)
            return static_cast<std::uint64_t>(LootRow::Kind::pick);
        else if constexpr (std::is_same_v<T, PatternPart::Kind>)
            return static_cast<std::uint64_t>(PatternPart::Kind::optional_end);
        else if constexpr (std::is_same_v<T, BlockDef::Target::Kind>)
            return static_cast<std::uint64_t>(BlockDef::Target::Kind::end);
        else if constexpr (std::is_same_v<T, HandlerDef::Phase>) return 1;
        else if constexpr (std::is_same_v<T, HandlerDef::Overlap>) return 3;
        else if constexpr (std::is_same_v<T, TestStep::Kind>)
            return static_cast<std::uint64_t>(TestStep::Kind::is_gone);
        else if constexpr (std::is_same_v<T, LootTrial::Check::Kind>) return 2;
        else static_assert(sizeof(T) == 0, "an enumeration without a bound");
    }
    template <typename T>
    void get(T& value) {
        if (failed) return;
        if constexpr (std::is_enum_v<T>) {
            const auto number = varint();
            if (number > last_of<T>()) failed = true;
            else value = static_cast<T>(number);
        } else if constexpr (std::is_same_v<T, bool>) {
            const auto number = varint();
            if (number > 1) failed = true;
            value = number == 1;
        } else if constexpr (std::is_integral_v<T>) {
            get_number(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            const auto size = varint();
            if (size > rest_.size()) failed = true;
            if (failed) return;
            value.assign(rest_.substr(0, size));
            rest_.remove_prefix(size);
        } else {
            fields(*this, value);
        }
    }
    template <std::integral T>
    void get_number(T& value) {
        const auto bits = varint();
        if constexpr (std::is_signed_v<T>) {
            const auto wide = static_cast<std::int64_t>(bits >> 1) ^ -static_cast<std::int64_t>(bits & 1);
            value = static_cast<T>(wide);
            if (static_cast<std::int64_t>(value) != wide) failed = true;
        } else {
            value = static_cast<T>(bits);
            if (static_cast<std::uint64_t>(value) != bits) failed = true;
        }
    }
    template <typename T>
    void get(std::vector<T>& values) {
        if (failed) return;
        const auto count = varint();
        if (count > rest_.size()) failed = true;   // every element takes at least one byte
        if (failed) return;
        for (std::uint64_t i = 0; i < count && !failed; ++i) get(values.emplace_back());
    }

    std::string_view rest_;
    int depth_ = 0;
};

}  // namespace kiln::schema::archive

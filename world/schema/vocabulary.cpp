#include "world/schema/vocabulary.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace kiln::schema {

namespace {

[[noreturn]] void bad_table_row(std::string_view table, std::string_view name) {
    std::fprintf(stderr, "schema table %.*s: row %.*s is wrong\n", static_cast<int>(table.size()),
                 table.data(), static_cast<int>(name.size()), name.data());
    std::abort();
}

bool has_word(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        const auto end = words.find(' ');
        if (words.substr(0, end) == wanted) return true;
        if (end == std::string_view::npos) break;
        words.remove_prefix(end + 1);
    }
    return false;
}

std::vector<std::string_view> split(std::string_view words) {
    std::vector<std::string_view> result;
    while (!words.empty()) {
        const auto end = words.find(' ');
        result.push_back(words.substr(0, end));
        if (end == std::string_view::npos) break;
        words.remove_prefix(end + 1);
    }
    return result;
}

Type type_of(std::string_view spelling, std::string_view table, std::string_view name) {
    const auto type = parse_type(spelling);
    if (!type) bad_table_row(table, name);
    return *type;
}

PropertyType property_type(std::string_view spelling, std::string_view name) {
    PropertyType result;
    if (spelling == "range") {
        result.shape = PropertyType::Shape::range;
        result.type = Type{.base = Base::integer};
    } else if (spelling.starts_with("list<")) {
        result.shape = PropertyType::Shape::list;
        result.type = type_of(spelling.substr(5, spelling.size() - 6), "properties.def", name);
    } else {
        result.type = type_of(spelling, "properties.def", name);
    }
    return result;
}

Form form_of(std::string_view word) {
    static constexpr std::array names = {"verb", "function", "method", "property", "adjective", "hidden"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (word == names[i]) return static_cast<Form>(i);
    }
    bad_table_row("intrinsics.def", word);
}

Table table_named(std::string_view name) {
    static constexpr std::array<std::string_view, table_count> names = {
#define KILN_TABLE(name, meaning) #name,
#include "world/schema/tables.def"
#undef KILN_TABLE
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<Table>(i);
    }
    return Table::none;
}

// Hidden rows have parameters only; all others begin with the word that authors write.
IntrinsicRow intrinsic_row(std::string_view id, std::string_view form_name, std::string_view signature,
                           std::string_view result, std::string_view flags, std::int64_t fuel,
                           std::string_view meaning) {
    IntrinsicRow row{};
    row.id = id;
    row.form = form_of(form_name);
    auto parameters = signature;
    if (row.form != Form::hidden) {
        const auto end = signature.find(' ');
        row.word = signature.substr(0, end);
        parameters = end == std::string_view::npos ? std::string_view() : signature.substr(end + 1);
    }
    row.parameters = parse_parameters(parameters);
    row.result = type_of(result, "intrinsics.def", id);
    row.pure = has_word(flags, "pure");
    row.write = has_word(flags, "write");
    row.draw = has_word(flags, "draw");
    row.suspend = has_word(flags, "suspend");
    row.fails = has_word(flags, "fails");
    row.fuel = fuel;
    row.meaning = meaning;
    return row;
}

// Types are parsed by name, so the lists of kinds and enumerations must exist before the rows that mention
// them.
Vocabulary& building() {
    static Vocabulary rows;
    return rows;
}

void add_names(Vocabulary& rows) {
#define KILN_TABLE(name, meaning) rows.tables.push_back({#name, meaning});
#include "world/schema/tables.def"
#undef KILN_TABLE
    constexpr bool yes = true, no = false;
#define KILN_KIND(name, table, inherits, meaning) \
    rows.kinds.push_back({#name, table_named(#table), inherits, meaning});
#include "world/schema/kinds.def"
#undef KILN_KIND
#define KILN_ENUMERATION(name, values, meaning) rows.enumerations.push_back({#name, split(values), meaning});
#include "world/schema/enumerations.def"
#undef KILN_ENUMERATION
}

void add_fields(Vocabulary& rows) {
    constexpr auto hidden = Access::hidden, read = Access::read, write = Access::write;
#define KILN_FIELD(table, name, type, value, access, meaning) \
    rows.fields.push_back({Table::table, #name, type_of(type, "fields.def", #name), value, access, meaning});
#include "world/schema/fields.def"
#undef KILN_FIELD
}

PropertyRow property_row(const Vocabulary& rows, std::string_view kind, std::string_view name,
                         std::string_view type, std::string_view value, std::string_view stored,
                         std::string_view meaning) {
    PropertyRow row{kind, name, property_type(type, name), value, value == "required", std::nullopt, meaning};
    if (row.required) row.value = {};
    if (stored != "-") {
        const auto table = kind == "npc" || kind == "player" ? Table::creature : table_named(kind);
        row.field = rows.field(table, stored);
        if (!row.field) bad_table_row("properties.def", name);
    }
    return row;
}

void add_properties(Vocabulary& rows) {
#define KILN_PROPERTY(kind, name, type, value, stored, meaning) \
    rows.properties.push_back(property_row(rows, #kind, #name, type, value, #stored, meaning));
#include "world/schema/properties.def"
#undef KILN_PROPERTY
}

void add_calls(Vocabulary& rows) {
#define KILN_EVENT(name, phases, parameters, target, meaning)                                              \
    rows.events.push_back({#name, has_word(phases, "before"), has_word(phases, "after"),                   \
                           parse_parameters(parameters), #target, meaning});
#include "world/schema/events.def"
#undef KILN_EVENT
#define KILN_INTRINSIC(id, form, signature, result, flags, fuel, meaning) \
    rows.intrinsics.push_back(intrinsic_row(#id, #form, signature, result, #flags, fuel, meaning));
#include "world/schema/intrinsics.def"
#undef KILN_INTRINSIC
#define KILN_RULE(name, parameters, result, meaning) \
    rows.rules.push_back({#name, parse_parameters(parameters), type_of(result, "rules.def", #name), meaning});
#include "world/schema/rules.def"
#undef KILN_RULE
}

void add_collections(Vocabulary& rows) {
#define KILN_COLLECTION(whole, word, form, arguments, result, meaning) \
    rows.collections.push_back({Base::whole, #word, #form, arguments, result, meaning});
#include "world/schema/collections.def"
#undef KILN_COLLECTION
}

bool build() {
    auto& rows = building();
    add_names(rows);
    add_fields(rows);
    add_properties(rows);
    add_calls(rows);
    add_collections(rows);
    return true;
}

template <typename Rows>
std::optional<std::size_t> index_of(const Rows& rows, std::string_view name) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].name == name) return i;
    }
    return std::nullopt;
}

}  // namespace

// While the tables are being read, type names are looked up in what is there already.
const Vocabulary& vocabulary() {
    static bool started = false;
    if (!started) {
        started = true;
        build();
    }
    return building();
}

std::optional<Kind> Vocabulary::kind(std::string_view name) const {
    const auto index = index_of(kinds, name);
    return index ? std::optional(static_cast<Kind>(*index)) : std::nullopt;
}

std::optional<Event> Vocabulary::event(std::string_view name) const {
    const auto index = index_of(events, name);
    return index ? std::optional(static_cast<Event>(*index)) : std::nullopt;
}

std::optional<std::uint16_t> Vocabulary::enumeration(std::string_view name) const {
    const auto index = index_of(enumerations, name);
    return index ? std::optional(static_cast<std::uint16_t>(*index)) : std::nullopt;
}

std::optional<int> Vocabulary::value_of(std::uint16_t enumeration, std::string_view word) const {
    if (enumeration >= enumerations.size()) return std::nullopt;
    const auto& values = enumerations[enumeration].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == word) return static_cast<int>(i);
    }
    return std::nullopt;
}

std::optional<Field> Vocabulary::field(Table table, std::string_view name) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].table == table && fields[i].name == name) return static_cast<Field>(i);
    }
    return std::nullopt;
}

const PropertyRow* Vocabulary::property(std::string_view kind, std::string_view name) const {
    for (const auto& row : properties) {
        if (row.kind == kind && row.name == name) return &row;
    }
    return nullptr;
}

std::string Vocabulary::field_name(Field field) const {
    const auto& found = row(field);
    return std::string(tables[static_cast<std::size_t>(found.table)].name) + "." + std::string(found.name);
}

std::span<const FieldRow> fields_of(Table table) {
    const auto& rows = vocabulary().fields;
    std::size_t begin = 0;
    while (begin < rows.size() && rows[begin].table != table) ++begin;
    auto end = begin;
    while (end < rows.size() && rows[end].table == table) ++end;
    return {rows.data() + begin, end - begin};
}

Table table_of(Base base) {
    switch (base) {
        case Base::zone: return Table::zone;
        case Base::room: return Table::room;
        case Base::exit: return Table::exit;
        case Base::item: return Table::item;
        case Base::creature:
        case Base::npc:
        case Base::player: return Table::creature;
        case Base::effect: return Table::effect;
        default: return Table::none;
    }
}

// north east south west up down northeast southeast southwest northwest in out
int opposite_direction(int direction) {
    static constexpr std::array opposites = {2, 3, 0, 1, 5, 4, 8, 9, 6, 7, 11, 10};
    return direction >= 0 && direction < static_cast<int>(opposites.size())
               ? opposites[static_cast<std::size_t>(direction)]
               : -1;
}

}  // namespace kiln::schema

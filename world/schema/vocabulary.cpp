#include "world/schema/vocabulary.h"

#include <algorithm>
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

// "list<x>" -> x, if that is what it is.
bool unwrap(std::string_view& spelling, std::string_view what) {
    if (!spelling.starts_with(what) || !spelling.substr(what.size()).starts_with("<")) return false;
    spelling = spelling.substr(what.size() + 1, spelling.size() - what.size() - 2);
    return true;
}

PropertyType property_type(std::string_view spelling, std::string_view name) {
    using Shape = PropertyType::Shape;
    PropertyType result;
    const bool is_list = unwrap(spelling, "list");
    if (is_list) result.shape = Shape::list;
    const auto type = [&](const std::string& one) { return type_of(one, "properties.def", name); };
    if (spelling == "range" || spelling == "clock") {
        if (spelling == "range") result.shape = Shape::range;
        result.is_clock = spelling == "clock";
        result.type = Type{.base = Base::integer};
    } else if (spelling == "name") {
        result.shape = Shape::name;
        result.type = Type{.base = Base::string};
    } else if (unwrap(spelling, "code")) {
        result.shape = Shape::code;
        result.type = type(std::string(spelling));
    } else if (unwrap(spelling, "count")) {
        result.shape = is_list ? Shape::counts : Shape::count;
        result.type = type("template<" + std::string(spelling) + ">");
    } else if (unwrap(spelling, "block")) {
        result.shape = Shape::block;
        result.block = spelling;
    } else if (const auto space = spelling.find(' '); space != std::string_view::npos) {
        result.type = type(std::string(spelling.substr(0, space)) + ">");        // template<npc item>
        const auto also = vocabulary().kind(spelling.substr(space + 1, spelling.size() - space - 2));
        if (!also) bad_table_row("properties.def", name);
        result.also = *also;
    } else {
        result.type = type(std::string(spelling));
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
#define KILN_ITEM_KIND(name, properties, meaning) rows.item_kinds.push_back({#name, split(properties), meaning});
#include "world/schema/item_kinds.def"
#undef KILN_ITEM_KIND
    EnumerationRow item_kind{"item_kind", {}, "what an item is for"};
    for (const auto& row : rows.item_kinds) item_kind.values.push_back(row.name);
    rows.enumerations.push_back(std::move(item_kind));
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

std::string_view unless_dash(std::string_view word) { return word == "-" ? std::string_view() : word; }

BlockRow block_row(std::string_view id, std::string_view owners, std::string_view written,
                   std::string_view label, std::string_view value, std::string_view target,
                   std::string_view holds, std::string_view meaning) {
    BlockRow row;
    row.id = id;
    row.owners = split(owners);
    const auto words = split(written);
    row.word = words.front();
    if (words.size() > 1) row.second = words[1];
    row.label = unless_dash(label);
    row.value = unless_dash(value);
    row.target = unless_dash(target);
    row.sentences = has_word(holds, "sentences");
    row.body = has_word(holds, "body");
    row.steps = has_word(holds, "steps");
    row.handlers = has_word(holds, "handlers");
    row.rows = has_word(holds, "rows");
    row.many = has_word(holds, "many");
    row.meaning = meaning;
    return row;
}

// What a block takes must be a property of it, and where it stands must exist.
void check_block(const Vocabulary& rows, const BlockRow& row) {
    for (const auto property : {row.label, row.value}) {
        if (!property.empty() && rows.property(row.id, property) == nullptr) bad_table_row("blocks.def", row.id);
    }
    for (const auto owner : row.owners) {
        bool known = rows.kind(owner).has_value();
        for (const auto& other : rows.blocks) known = known || other.id == owner;
        if (!known) bad_table_row("blocks.def", row.id);
    }
}

void add_blocks(Vocabulary& rows) {
#define KILN_BLOCK(id, owners, written, label, value, target, holds, meaning) \
    rows.blocks.push_back(block_row(#id, owners, written, #label, #value, #target, holds, meaning));
#include "world/schema/blocks.def"
#undef KILN_BLOCK
    for (const auto& row : rows.blocks) check_block(rows, row);
#define KILN_ROLE(owner, name, type, meaning) \
    rows.roles.push_back({#owner, #name, type_of(type, "roles.def", #name), meaning});
#include "world/schema/roles.def"
#undef KILN_ROLE
}

bool build() {
    auto& rows = building();
    add_names(rows);
    add_fields(rows);
    add_properties(rows);
    add_blocks(rows);
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

Block Vocabulary::block(std::string_view owner, std::string_view word, std::string_view second) const {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto& row = blocks[i];
        if (row.word != word || row.second != second) continue;
        if (std::find(row.owners.begin(), row.owners.end(), owner) != row.owners.end())
            return static_cast<Block>(i);
    }
    return Block::none;
}

std::string BlockRow::example() const {
    if (word == "->" || word == "return") return std::string(word) + (target.empty() ? "" : " " + std::string(target));
    if (word == "do") return "any statement";
    std::string result(word == "*" ? label : word);
    if (second == "for") return result + " " + std::string(label) + " for time { ... }";
    if (!second.empty() && word != "*") result += " " + std::string(second);
    if (!label.empty() && word != "*") result += " " + std::string(label);
    if (!value.empty()) return result + ": " + std::string(value);
    if (!target.empty()) result += " -> " + std::string(target);
    return result + " { ... }";
}

std::vector<const RoleRow*> Vocabulary::roles_of(std::string_view owner) const {
    std::vector<const RoleRow*> result;
    for (const auto& row : roles) {
        if (row.owner == owner) result.push_back(&row);
    }
    return result;
}

std::vector<std::string_view> Vocabulary::item_kinds_of(std::string_view property) const {
    std::vector<std::string_view> result;
    for (const auto& row : item_kinds) {
        const auto& own = row.properties;
        if (std::find(own.begin(), own.end(), property) != own.end()) result.push_back(row.name);
    }
    return result;
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

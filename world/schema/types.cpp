#include "world/schema/types.h"

#include <array>
#include <cassert>

#include "world/schema/vocabulary.h"

namespace kiln::schema {

namespace {

constexpr int deepest_type = 6;

struct BaseName {
    Base base;
    std::string_view name;
};

constexpr std::array base_names = {
    BaseName{Base::boolean, "bool"},    BaseName{Base::integer, "int"},
    BaseName{Base::percent, "percent"}, BaseName{Base::duration, "duration"},
    BaseName{Base::weight, "weight"},   BaseName{Base::money, "money"},
    BaseName{Base::dice, "dice"},       BaseName{Base::time, "time"},
    BaseName{Base::string, "string"},   BaseName{Base::words, "words"},
    BaseName{Base::text, "text"},       BaseName{Base::entity, "entity"},
    BaseName{Base::zone, "zone"},       BaseName{Base::room, "room"},
    BaseName{Base::exit, "exit"},       BaseName{Base::item, "item"},
    BaseName{Base::creature, "creature"}, BaseName{Base::npc, "npc"},
    BaseName{Base::player, "player"},   BaseName{Base::effect, "effect"},
    BaseName{Base::range, "range"},     BaseName{Base::variable, "T"},
    BaseName{Base::nothing, "nothing"},
};

std::string_view name_of(Base base) {
    for (const auto& row : base_names) {
        if (row.base == base) return row.name;
    }
    return "?";
}

std::optional<Base> base_named(std::string_view name) {
    for (const auto& row : base_names) {
        if (row.name == name) return row.base;
    }
    return std::nullopt;
}

// Kinds without instances (loot) can be named in a template type too; they are told apart by `detail`.
std::optional<Type> template_type(std::string_view kind_name) {
    const auto kind = vocabulary().kind(kind_name);
    if (!kind) return std::nullopt;
    const auto element = base_named(kind_name).value_or(Base::nothing);
    return Type{Base::template_of, false, element, static_cast<std::uint16_t>(*kind)};
}

// Reads `map<player, list<int>>?`.
class TypeReader {
   public:
    TypeReader(std::string_view spelling, const NamedType& named) : rest_(spelling), named_(named) {}

    std::optional<Type> all() {
        auto type = one(0);
        skip();
        return rest_.empty() ? type : std::nullopt;
    }

   private:
    void skip() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view word() {
        skip();
        const auto end = std::min(rest_.find_first_of("<>,? "), rest_.size());
        const auto found = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return found;
    }

    std::optional<Type> one(int depth) {
        if (depth > deepest_type) return std::nullopt;
        const auto name = word();
        auto type = take('<') ? with_parts(name, depth) : plain(name);
        if (type && take('?')) type->optional = true;
        return type;
    }

    std::optional<Type> plain(std::string_view name) const {
        const auto base = base_named(name);
        // T, K and V are for signatures of tables; authors may call their own types so.
        const bool for_authors = base && *base != Base::nothing && *base != Base::variable;
        if (base && (!named_ || for_authors)) return Type{.base = *base};
        if (!named_ && name == "K") return Type{.base = Base::variable, .detail = 1};
        if (!named_ && name == "V") return Type{.base = Base::variable, .detail = 2};
        if (const auto number = vocabulary().enumeration(name))
            return Type{.base = Base::enumeration, .detail = *number};
        return named_ ? named_(name) : std::nullopt;
    }

    std::optional<Type> with_parts(std::string_view name, int depth) {
        if (name == "template") {
            const auto kind = word();
            return take('>') ? template_type(kind) : std::nullopt;
        }
        Type type{.base = name == "list" ? Base::list : name == "set" ? Base::set : Base::map};
        if (type.base == Base::map && name != "map") return std::nullopt;
        do {
            auto part = one(depth + 1);
            if (!part || part->base == Base::nothing) return std::nullopt;
            type.parts.push_back(std::move(*part));
        } while (take(','));
        const std::size_t wanted = type.base == Base::map ? 2 : 1;
        return take('>') && type.parts.size() == wanted ? std::optional(type) : std::nullopt;
    }

    std::string_view rest_;
    const NamedType& named_;
};

// ---- slot types

// Finds or adds rows of a program's types.
template <typename Program>
class SlotTypes {
   public:
    SlotTypes(Program& program, const std::vector<RecordDef>& records)
        : program_(program), records_(records) {}

    std::optional<vm::SlotType> find(const Type& type) {
        if (type.optional && !is_entity(type.base)) {
            const auto value = find(with_optional(type, false));
            return value ? row(vm::CompositeType::Kind::list, false, {*value}) : std::nullopt;
        }
        if (!is_composite(type.base)) return schema::slot_type(type);
        using Kind = vm::CompositeType::Kind;
        if (type.base == Base::range) return row(Kind::record, false, {2, vm::SlotType::integer});
        if (type.base == Base::record) return record(type);
        std::vector<vm::SlotType> parts;
        for (const auto& part : type.parts) {
            const auto found = find(part);
            if (!found) return std::nullopt;
            parts.push_back(*found);
        }
        const bool gaps = type.base == Base::list && is_entity(type.parts[0].base) && type.parts[0].optional;
        const auto kind = type.base == Base::list ? Kind::list : type.base == Base::set ? Kind::set : Kind::map;
        return row(kind, gaps, std::move(parts));
    }

   private:
    std::optional<vm::SlotType> record(const Type& type) {
        if (type.detail >= records_.size()) return std::nullopt;
        std::vector<vm::SlotType> parts;
        for (const auto& field : records_[type.detail].fields) {
            const auto found = find(field.type);
            if (!found) return std::nullopt;
            parts.push_back(*found);
        }
        return row(vm::CompositeType::Kind::record, false, std::move(parts));
    }

    std::optional<vm::SlotType> row(vm::CompositeType::Kind kind, bool gaps,
                                    std::vector<vm::SlotType> parts) {
        const bool built_in = kind == vm::CompositeType::Kind::list && !gaps &&
                              vm::list_of(parts[0]) != vm::SlotType::nothing;
        if (built_in) return vm::list_of(parts[0]);
        const vm::CompositeType wanted{kind, gaps, std::move(parts)};
        for (std::size_t i = 0; i < program_.types.size(); ++i) {
            if (program_.types[i] == wanted) return number(i);
        }
        if constexpr (std::is_const_v<Program>) {
            return std::nullopt;
        } else {
            program_.types.push_back(wanted);
            return number(program_.types.size() - 1);
        }
    }
    static vm::SlotType number(std::size_t row) {
        return static_cast<vm::SlotType>(vm::slot_type_count + row);
    }

    Program& program_;
    const std::vector<RecordDef>& records_;
};

}  // namespace

Type element_of(const Type& type) {
    if (type.base == Base::range) return Type{.base = Base::integer};
    return type.parts.empty() ? Type{.base = Base::variable} : type.parts.front();
}

vm::SlotType slot_type(const Type& type) {
    using vm::SlotType;
    if (type.optional && !is_entity(type.base)) return vm::list_of(slot_type(with_optional(type, false)));
    if (type.base == Base::nothing) return SlotType::nothing;
    if (is_integer_like(type.base) || type.base == Base::template_of) return SlotType::integer;
    if (is_entity(type.base)) return SlotType::entity;
    if (type.base == Base::string || type.base == Base::words) return SlotType::string;
    if (type.base == Base::text) return SlotType::text;
    if (type.base == Base::list) return vm::list_of(slot_type(type.parts[0]));
    return SlotType::integer;
}

std::optional<vm::SlotType> slot_type(const vm::Program& program, const std::vector<RecordDef>& records,
                                      const Type& type) {
    return SlotTypes<const vm::Program>(program, records).find(type);
}

vm::SlotType intern_slot_type(vm::Program& program, const std::vector<RecordDef>& records, const Type& type) {
    return SlotTypes<vm::Program>(program, records).find(type).value_or(vm::SlotType::integer);
}

std::string shape_of(const std::vector<RecordDef>& records, const Type& type) {
    if (!is_composite(type.base) && (!type.optional || is_entity(type.base))) return {};
    const NameOf named = [&](const Type& one) {
        if (one.base != Base::record || one.detail >= records.size()) return std::string("int");
        std::string result = "{";
        for (const auto& field : records[one.detail].fields) {
            result += (result.size() > 1 ? "; " : "") + field.name + ": ";
            const auto inner = shape_of(records, field.type);
            result += inner.empty() ? std::string(vm::slot_type_names[static_cast<std::size_t>(
                                          slot_type(field.type))])
                                    : inner;
        }
        return result + "}";
    };
    return to_string(type, named);
}

std::string to_string(const Type& type, const NameOf& named) {
    std::string result;
    if (type.base == Base::list || type.base == Base::set || type.base == Base::map) {
        result = type.base == Base::list ? "list<" : type.base == Base::set ? "set<" : "map<";
        for (std::size_t i = 0; i < type.parts.size(); ++i)
            result += (i > 0 ? ", " : "") + to_string(type.parts[i], named);
        result += ">";
    } else if (type.base == Base::template_of) {
        result = "template<" + std::string(vocabulary().kinds[type.detail].name) + ">";
    } else if (type.base == Base::record) {
        result = named ? named(type) : "record";
    } else if (type.base == Base::enumeration) {
        const auto& rows = vocabulary().enumerations;
        result = type.detail < rows.size() ? std::string(rows[type.detail].name)
                 : named                   ? named(type)
                                           : "enum";
    } else {
        result = name_of(type.base);
    }
    if (type.optional) result += "?";
    return result;
}

std::optional<Type> parse_type(std::string_view spelling, const NamedType& named) {
    return TypeReader(spelling, named).all();
}

bool converts(const Type& from, const Type& to) {
    if (from.base == Base::variable || to.base == Base::variable) return true;
    if (from.optional && !to.optional) return false;
    if (is_entity(from.base) && is_entity(to.base)) {
        if (from.base == to.base || to.base == Base::entity) return true;
        return to.base == Base::creature && (from.base == Base::npc || from.base == Base::player);
    }
    if (from.base == Base::string && to.base == Base::words) return true;
    if (from.base != to.base || from.detail != to.detail || from.parts.size() != to.parts.size()) return false;
    // What differs in how it stands in memory is no part of what may stand for something else.
    for (std::size_t i = 0; i < from.parts.size(); ++i) {
        const auto& part = from.parts[i];
        const auto& wanted = to.parts[i];
        if (wanted.base == Base::variable || part.base == Base::variable) continue;
        if (part.optional != wanted.optional || !converts(part, wanted)) return false;
    }
    return true;
}

}  // namespace kiln::schema

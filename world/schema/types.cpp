#include "world/schema/types.h"

#include <array>
#include <cassert>

#include "world/schema/vocabulary.h"

namespace kiln::schema {

namespace {

struct BaseName {
    Base base;
    std::string_view name;
};

constexpr std::array base_names = {
    BaseName{Base::boolean, "bool"},    BaseName{Base::integer, "int"},
    BaseName{Base::percent, "percent"}, BaseName{Base::duration, "duration"},
    BaseName{Base::weight, "weight"},   BaseName{Base::money, "money"},
    BaseName{Base::dice, "dice"},       BaseName{Base::string, "string"},
    BaseName{Base::words, "words"},     BaseName{Base::text, "text"},
    BaseName{Base::entity, "entity"},   BaseName{Base::zone, "zone"},
    BaseName{Base::room, "room"},       BaseName{Base::exit, "exit"},
    BaseName{Base::item, "item"},       BaseName{Base::creature, "creature"},
    BaseName{Base::npc, "npc"},         BaseName{Base::player, "player"},
    BaseName{Base::effect, "effect"},   BaseName{Base::variable, "T"},
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

std::string_view inside(std::string_view spelling, std::string_view prefix) {
    return spelling.substr(prefix.size(), spelling.size() - prefix.size() - 1);
}

}  // namespace

vm::SlotType slot_type(Type type) {
    using vm::SlotType;
    if (type.base == Base::nothing) return SlotType::nothing;
    if (is_integer_like(type.base) || type.base == Base::template_of) return SlotType::integer;
    if (is_entity(type.base)) return SlotType::entity;
    if (type.base == Base::string || type.base == Base::words) return SlotType::string;
    if (type.base == Base::text) return SlotType::text;
    if (type.base == Base::list) {
        const auto element = slot_type(Type{.base = type.element, .detail = type.detail});
        return vm::list_of(element);
    }
    return SlotType::integer;
}

std::string to_string(Type type) {
    std::string result;
    if (type.base == Base::list) {
        result = "list<" + to_string(Type{.base = type.element, .detail = type.detail}) + ">";
    } else if (type.base == Base::template_of) {
        result = "template<" + std::string(vocabulary().kinds[type.detail].name) + ">";
    } else if (type.base == Base::enumeration) {
        const auto& rows = vocabulary().enumerations;
        result = type.detail < rows.size() ? std::string(rows[type.detail].name) : "enum";
    } else {
        result = name_of(type.base);
    }
    if (type.optional) result += "?";
    return result;
}

std::optional<Type> parse_type(std::string_view spelling) {
    while (!spelling.empty() && spelling.front() == ' ') spelling.remove_prefix(1);
    while (!spelling.empty() && spelling.back() == ' ') spelling.remove_suffix(1);
    const bool optional = !spelling.empty() && spelling.back() == '?';
    if (optional) spelling.remove_suffix(1);
    std::optional<Type> type;
    if (spelling.starts_with("list<") && spelling.ends_with(">")) {
        const auto element = parse_type(inside(spelling, "list<"));
        if (element && element->base != Base::list && element->base != Base::template_of) {
            type = Type{Base::list, false, element->base, element->detail};
        }
    } else if (spelling.starts_with("template<") && spelling.ends_with(">")) {
        type = template_type(inside(spelling, "template<"));
    } else if (const auto base = base_named(spelling)) {
        type = Type{.base = *base};
    } else if (const auto number = vocabulary().enumeration(spelling)) {
        type = Type{.base = Base::enumeration, .detail = *number};
    }
    if (type && optional) type->optional = true;
    return type;
}

bool converts(Type from, Type to) {
    if (from.base == Base::variable || to.base == Base::variable) return true;
    if (from.optional && !to.optional) return false;
    if (is_entity(from.base) && is_entity(to.base)) {
        if (from.base == to.base || to.base == Base::entity) return true;
        return to.base == Base::creature && (from.base == Base::npc || from.base == Base::player);
    }
    if (from.base == Base::list && to.base == Base::list) {
        return to.element == Base::variable || to.element == from.element ||
               converts(Type{.base = from.element, .detail = from.detail},
                        Type{.base = to.element, .detail = to.detail});
    }
    from.optional = to.optional;
    if (from.base == Base::string && to.base == Base::words) return true;
    return from == to;
}

}  // namespace kiln::schema

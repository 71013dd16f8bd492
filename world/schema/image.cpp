#include "world/schema/image.h"

namespace kiln::schema {

namespace {

const PropertyValue* named(const std::vector<PropertyValue>& values, std::string_view wanted) {
    const auto& rows = vocabulary().properties;
    for (const auto& value : values) {
        if (value.property < rows.size() && rows[value.property].name == wanted) return &value;
    }
    return nullptr;
}

}  // namespace

const PropertyValue* Definition::property(std::string_view wanted) const { return named(properties, wanted); }
const PropertyValue* BlockDef::property(std::string_view wanted) const { return named(properties, wanted); }

}  // namespace kiln::schema

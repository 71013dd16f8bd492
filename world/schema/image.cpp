#include "world/schema/image.h"

namespace kiln::schema {

const PropertyValue* Definition::property(std::string_view wanted) const {
    const auto& rows = vocabulary().properties;
    for (const auto& value : properties) {
        if (value.property < rows.size() && rows[value.property].name == wanted) return &value;
    }
    return nullptr;
}

}  // namespace kiln::schema

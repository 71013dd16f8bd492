#include "world/text/json.h"

namespace kiln::world {

std::string json_string(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        if (byte == '"' || byte == '\\') {
            result += '\\';
            result += byte;
        } else if (byte == '\n') {
            result += "\\n";
        } else if (code < 0x20) {
            result += "\\u00";
            result += digits[code >> 4];
            result += digits[code & 15];
        } else {
            result += byte;
        }
    }
    return result + "\"";
}

JsonObject& JsonObject::add(std::string_view key, std::string_view words) {
    return add_raw(key, json_string(words));
}

JsonObject& JsonObject::add(std::string_view key, std::int64_t number) {
    return add_raw(key, std::to_string(number));
}

JsonObject& JsonObject::add_raw(std::string_view key, std::string_view json) {
    if (!body_.empty()) body_ += ',';
    body_ += json_string(key) + ":" + std::string(json);
    return *this;
}

JsonArray& JsonArray::add_raw(std::string_view json) {
    if (!body_.empty()) body_ += ',';
    body_ += json;
    return *this;
}

}  // namespace kiln::world

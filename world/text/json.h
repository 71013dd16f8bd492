#pragma once
// Canonical JSON for the data of outputs: keys in the order they are added (callers add them sorted), no
// white space.

#include <cstdint>
#include <string>
#include <string_view>

namespace kiln::world {

std::string json_string(std::string_view bytes);   // with quotes and escapes

class JsonObject {
   public:
    JsonObject& add(std::string_view key, std::string_view words);
    JsonObject& add(std::string_view key, const char* words) { return add(key, std::string_view(words)); }
    JsonObject& add(std::string_view key, std::int64_t number);
    JsonObject& add_raw(std::string_view key, std::string_view json);
    std::string done() const { return "{" + body_ + "}"; }

   private:
    std::string body_;
};

class JsonArray {
   public:
    JsonArray& add_raw(std::string_view json);
    std::string done() const { return "[" + body_ + "]"; }

   private:
    std::string body_;
};

}  // namespace kiln::world

#pragma once
// Just enough JSON to look at what the compiler prints.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::compiler {

struct Json {
    enum class Kind { null, boolean, number, string, array, object } kind = Kind::null;
    std::string words;                   // string; number and boolean as written
    std::vector<Json> items;
    std::map<std::string, Json> members;

    bool has(const std::string& name) const { return members.contains(name); }
    const Json& operator[](const std::string& name) const {
        const auto found = members.find(name);
        if (found == members.end()) throw std::runtime_error("there is no " + name);
        return found->second;
    }
    const Json& operator[](std::size_t i) const { return items.at(i); }
    long number() const { return std::stol(words); }
};

class JsonReader {
   public:
    explicit JsonReader(std::string_view text) : text_(text) {}

    // Throws if the text is not one value.
    Json read() {
        auto made = value();
        space();
        if (at_ != text_.size()) fail();
        return made;
    }

   private:
    [[noreturn]] void fail() const { throw std::runtime_error("no JSON at " + std::to_string(at_)); }
    void space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    char next() {
        space();
        if (at_ >= text_.size()) fail();
        return text_[at_];
    }
    bool take(char c) {
        if (next() != c) return false;
        ++at_;
        return true;
    }
    void need(char c) {
        if (!take(c)) fail();
    }

    Json value() {
        Json made;
        const char c = next();
        if (c == '{') return object();
        if (c == '[') return array();
        if (c == '"') {
            made.kind = Json::Kind::string;
            made.words = string();
            return made;
        }
        const auto end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
        made.words = text_.substr(at_, end - at_);
        at_ = end;
        const bool word = made.words == "true" || made.words == "false";
        made.kind = word ? Json::Kind::boolean : made.words == "null" ? Json::Kind::null : Json::Kind::number;
        if (made.kind == Json::Kind::number && std::to_string(std::stol(made.words)) != made.words) fail();
        return made;
    }

    Json object() {
        Json made;
        made.kind = Json::Kind::object;
        need('{');
        if (take('}')) return made;
        do {
            if (next() != '"') fail();
            const auto name = string();
            need(':');
            if (!made.members.emplace(name, value()).second) fail();
        } while (take(','));
        need('}');
        return made;
    }

    Json array() {
        Json made;
        made.kind = Json::Kind::array;
        need('[');
        if (take(']')) return made;
        do made.items.push_back(value());
        while (take(','));
        need(']');
        return made;
    }

    std::string string() {
        std::string out;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (static_cast<unsigned char>(text_[at_]) < 0x20) fail();
            if (text_[at_] != '\\') {
                out += text_[at_];
                continue;
            }
            const char c = text_.at(++at_);
            if (c == 'n') out += '\n';
            else if (c == '"' || c == '\\') out += c;
            else if (c == 'u') {
                out += static_cast<char>(std::stoi(std::string(text_.substr(at_ + 1, 4)), nullptr, 16));
                at_ += 4;
            } else fail();
        }
        need('"');
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace kiln::compiler

#include "world/schema/signature.h"

#include <cstdio>
#include <cstdlib>

namespace kiln::schema {

namespace {

// A row of our own tables is wrong: nobody but a developer can cause it, so it stops the program at once.
[[noreturn]] void bad_row(std::string_view text, std::string_view why) {
    std::fprintf(stderr, "schema table: \"%.*s\": %.*s\n", static_cast<int>(text.size()), text.data(),
                 static_cast<int>(why.size()), why.data());
    std::abort();
}

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c >= 'A' && c <= 'Z');
}

class Reader {
   public:
    explicit Reader(std::string_view text) : text_(text), rest_(text) {}

    std::vector<Parameter> read() {
        std::vector<Parameter> parameters;
        skip();
        while (!rest_.empty()) {
            const bool omissible = take('[');
            auto parameter = read_one();
            parameter.omissible = omissible;
            if (omissible && !take(']')) bad_row(text_, "a ] is missing");
            parameters.push_back(std::move(parameter));
            take(',');
            skip();
        }
        return parameters;
    }

   private:
    Parameter read_one() {
        Parameter parameter;
        parameter.name = word();
        if (!take(':')) {
            parameter.preposition = parameter.name;
            parameter.name = word();
            if (!take(':')) bad_row(text_, "a : is missing");
        }
        const auto type = parse_type(type_spelling());
        if (!type) bad_row(text_, "unknown type");
        parameter.type = *type;
        return parameter;
    }
    void skip() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string word() {
        skip();
        std::string result;
        while (!rest_.empty() && is_name(rest_.front())) {
            result += rest_.front();
            rest_.remove_prefix(1);
        }
        if (result.empty()) bad_row(text_, "a name is missing");
        return result;
    }
    std::string type_spelling() {
        skip();
        std::string result;
        int depth = 0;
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '<') ++depth;
            if (c == '>') --depth;
            if (!is_name(c) && c != '<' && c != '>' && c != '?' && depth == 0) break;
            result += c;
            rest_.remove_prefix(1);
            if (depth == 0 && c == '?') break;
        }
        return result;
    }

    std::string_view text_, rest_;
};

}  // namespace

std::vector<Parameter> parse_parameters(std::string_view text) { return Reader(text).read(); }

}  // namespace kiln::schema

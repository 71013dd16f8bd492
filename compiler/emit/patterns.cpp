#include <algorithm>

#include "compiler/emit/emit.h"

namespace kiln::compiler {

using schema::Pattern;
using schema::PatternPart;
using schema::Reach;

namespace {

// "push lever <n:int> [with <tool:item carried>]": words, slots, one level of what may be left out.
class Reader {
   public:
    Reader(Compilation& c, const ast::File& file, Span span, std::string words, Patterns& out)
        : c_(c), file_(file), span_(span), words_(std::move(words)), out_(out) {}

    void read() {
        std::vector<Pattern> forms(1);
        bool inside = false;
        while (next() != '\0') {
            const char first = next();
            if (first == '[' || first == ']') {
                if ((first == '[') == inside) return fail("`[` and `]` do not match");
                inside = !inside;
                ++at_;
                add(forms,
                    {first == '[' ? PatternPart::Kind::optional_begin : PatternPart::Kind::optional_end,
                     {},
                     {},
                     0,
                     0});
            } else if (first == '<') {
                const auto slot = read_slot(inside);
                if (!slot) return;
                add(forms, *slot);
            } else {
                alternatives(forms, read_word());
            }
            if (forms.size() > 64) return fail("it has more than 64 alternatives");
        }
        if (inside) return fail("`[` is not closed");
        if (forms.front().parts.empty()) return fail("it is empty");
        for (auto& form : forms) out_.forms.push_back(std::move(form));
    }

   private:
    void fail(std::string why) { c_.report(Code::bad_pattern, span_, {std::move(why)}); }

    char next() {
        while (at_ < words_.size() && words_[at_] == ' ') ++at_;
        return at_ < words_.size() ? words_[at_] : '\0';
    }
    std::string read_word() {
        const auto begin = at_;
        while (at_ < words_.size() && std::string_view(" []<>").find(words_[at_]) == std::string_view::npos)
            ++at_;
        if (at_ == begin) ++at_;
        return words_.substr(begin, at_ - begin);
    }

    static void add(std::vector<Pattern>& forms, const PatternPart& part) {
        for (auto& form : forms) form.parts.push_back(part);
    }

    // `rope|cord` makes two patterns of each.
    static void alternatives(std::vector<Pattern>& forms, const std::string& words) {
        std::vector<Pattern> result;
        std::size_t begin = 0;
        while (begin <= words.size()) {
            const auto end = std::min(words.find('|', begin), words.size());
            PatternPart part;
            part.word = words.substr(begin, end - begin);
            std::transform(part.word.begin(), part.word.end(), part.word.begin(), [](char letter) {
                return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
            });
            for (auto form : forms) {
                form.parts.push_back(part);
                result.push_back(std::move(form));
            }
            begin = end + 1;
        }
        forms = std::move(result);
    }

    static std::optional<Reach> reach_of(std::string_view words) {
        if (words.empty() || words.starts_with("in reach") || words == "here") return Reach::anywhere_here;
        if (words == "carried") return Reach::carried;
        if (words == "worn" || words == "wielded") return Reach::worn;
        if (words == "in room") return Reach::room;
        if (words == "inside") return Reach::inside;
        return std::nullopt;
    }

    std::optional<PatternPart> read_slot(bool optional) {
        const auto end = words_.find('>', at_);
        if (end == std::string::npos) {
            fail("`<` is not closed");
            return std::nullopt;
        }
        const auto inside = words_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        const auto colon = inside.find(':');
        if (colon == std::string::npos || colon == 0) {
            fail("a slot is written <name:type>");
            return std::nullopt;
        }
        const auto name = inside.substr(0, colon);
        auto rest = inside.substr(colon + 1);
        rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
        const auto space = rest.find(' ');
        const auto type = type_of(rest.substr(0, space));
        const auto reach = reach_of(space == std::string::npos ? std::string_view()
                                                               : std::string_view(rest).substr(space + 1));
        if (!type) return std::nullopt;
        if (!reach) {
            fail("after the type stands `carried`, `worn`, `in room`, `in reach` or `inside`");
            return std::nullopt;
        }
        PatternPart part;
        part.kind = PatternPart::Kind::slot;
        part.word = name;
        part.type = *type;
        part.reach = static_cast<std::uint8_t>(*reach);
        part.parameter = parameter_of(name, *type, optional);
        return part;
    }

    std::optional<Type> type_of(const std::string& spelling) {
        const auto type = schema::parse_type(spelling);
        const bool fits =
            type && (type->base == Base::integer || type->base == Base::item || type->base == Base::npc ||
                     type->base == Base::player || type->base == Base::creature || type->base == Base::exit ||
                     type->base == Base::words || (type->base == Base::enumeration && type->detail == 0));
        if (fits) return type;
        fail("a slot cannot be of type `" + spelling +
             "`; it can be int, item, npc, player, creature, exit, direction or words");
        return std::nullopt;
    }

    std::uint8_t parameter_of(const std::string& name, Type type, bool optional) {
        if (optional && schema::is_entity(type.base)) type.optional = true;
        for (std::size_t i = 0; i < out_.slots.size(); ++i) {
            if (out_.slots[i].name != name) continue;
            out_.slots[i].type.optional = out_.slots[i].type.optional || type.optional;
            return static_cast<std::uint8_t>(i);
        }
        out_.slots.push_back({name, type, span_});
        return static_cast<std::uint8_t>(out_.slots.size() - 1);
    }

    Compilation& c_;
    [[maybe_unused]] const ast::File& file_;
    Span span_;
    std::string words_;
    Patterns& out_;
    std::size_t at_ = 0;
};

}  // namespace

Patterns read_patterns(Compilation& c, const ast::File& file, const ast::List<ast::Expression*>& labels) {
    Patterns result;
    for (const auto* label : labels) {
        const auto words = label->text != nullptr ? plain_text(*label->text) : std::optional<std::string>();
        if (words) Reader(c, file, label->span, *words, result).read();
        else c.report(Code::bad_pattern, label->span, {"it must be plain words between quotes"});
    }
    // A slot that some alternative does not have may be absent.
    for (std::size_t i = 0; i < result.slots.size(); ++i) {
        const bool always = std::all_of(result.forms.begin(), result.forms.end(), [&](const Pattern& form) {
            return std::any_of(form.parts.begin(), form.parts.end(), [&](const PatternPart& part) {
                return part.kind == PatternPart::Kind::slot && part.parameter == i;
            });
        });
        if (!always && schema::is_entity(result.slots[i].type.base)) result.slots[i].type.optional = true;
    }
    return result;
}

}  // namespace kiln::compiler

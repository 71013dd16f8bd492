#include "compiler/parse/words.h"

#include <unordered_map>

namespace kiln::compiler::parsing {
namespace {

using K = Keyword;

const std::unordered_map<std::string_view, Keyword>& table() {
    static const std::unordered_map<std::string_view, Keyword> words = [] {
        std::unordered_map<std::string_view, Keyword> map = {
#define KILN_KIND(name, table, inherits, meaning) {#name, K::kind},
#include "world/schema/kinds.def"
#undef KILN_KIND
        };
        map["catalog"] = K::kind;
        const std::pair<std::string_view, Keyword> others[] = {
            {"module", K::module},
            {"use", K::use},
            {"abstract", K::abstract},
            {"override", K::override_},
            {"retired", K::retired},
            {"formula", K::formula},
            {"const", K::const_},
            {"enum", K::enum_},
            {"record", K::record},
            {"fn", K::fn},
            {"test", K::test},
            {"if", K::if_},
            {"else", K::else_},
            {"for", K::for_},
            {"while", K::while_},
            {"let", K::let},
            {"match", K::match},
            {"case", K::case_},
            {"return", K::return_},
            {"as", K::as},
            {"on", K::on},
            {"before", K::before},
            {"after", K::after},
            {"every", K::every},
            {"run", K::run},
            {"state", K::state},
            {"temp", K::temp},
            {"actor", K::actor},
            {"choose", K::choose},
            {"spawn", K::spawn},
            {"simulate", K::simulate},
            {"expect", K::expect},
            {"echo", K::echo},
            {"does", K::does},
            {"not", K::not_},
            {"and", K::and_},
            {"or", K::or_},
            {"is", K::is},
            {"in", K::in},
            {"of", K::of},
            {"mod", K::mod},
            {"has", K::has},
            {"below", K::below},
            {"above", K::above},
            {"true", K::true_},
            {"false", K::false_},
            {"none", K::none_value},
            {"chance", K::chance},
            {"from", K::from},
            {"with", K::with},
            {"renamed", K::renamed},
            {"to", K::to},
            {"at", K::at},
            {"by", K::by},
            {"into", K::into},
            {"about", K::about},
            {"until", K::until},
            {"timeout", K::timeout},
            {"when", K::when},
            {"toward", K::toward},
            {"towards", K::toward},
            {"unless", K::unless},
            {"per", K::per},
            {"phase", K::phase},
            {"zone", K::zone},
            {"no", K::no},
            {"max", K::max},
            {"respawn", K::respawn},
            {"sees", K::sees},
            {"between", K::between},
            {"once", K::once},
            {"always", K::always},
            {"unique", K::unique},
            {"distinct", K::distinct},
            {"quietly", K::quietly},
            {"half", K::half},
        };
        for (const auto& [word, keyword] : others) map[word] = keyword;
        return map;
    }();
    return words;
}

}  // namespace

Keyword keyword_of(std::string_view word) {
    const auto found = table().find(word);
    return found == table().end() ? Keyword::none : found->second;
}

bool is_kind(Keyword word) { return word == K::kind || word == K::zone || word == K::test; }

bool is_declaration_word(Keyword word) {
    switch (word) {
        case K::module:
        case K::use:
        case K::abstract:
        case K::override_:
        case K::retired:
        case K::formula:
        case K::const_:
        case K::enum_:
        case K::record:
        case K::fn: return true;
        default: return is_kind(word);
    }
}

bool is_handler_word(Keyword word) {
    return word == K::on || word == K::before || word == K::after || word == K::every;
}

bool is_infix(Keyword word) { return word >= K::and_ && word <= K::above; }

bool leads_operand(Keyword word) {
    switch (word) {
        case K::in:
        case K::for_:
        case K::from:
        case K::with:
        case K::to:
        case K::at:
        case K::by:
        case K::into:
        case K::about:
        case K::until:
        case K::toward: return true;
        default: return false;
    }
}

bool stands_alone(Keyword word) { return word >= K::once && word <= K::half; }

bool never_names(Keyword word) {
    switch (word) {
        case K::as:
        case K::for_:
        case K::else_:
        case K::while_:
        case K::every:
        case K::does:
        case K::chance: return true;
        default:
            return is_infix(word) ||
                   (word >= K::from && word <= K::half && word != K::phase && word != K::zone);
    }
}

}  // namespace kiln::compiler::parsing

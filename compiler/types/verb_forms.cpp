#include "compiler/types/verb_forms.h"

#include <array>
#include <utility>

namespace kiln::compiler {

std::optional<std::string> second_person(std::string_view third) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> irregular = {{
        {"is", "are"}, {"was", "were"}, {"has", "have"}, {"does", "do"}, {"goes", "go"}, {"isn't", "aren't"},
        {"wasn't", "weren't"}, {"hasn't", "haven't"}, {"doesn't", "don't"}, {"dies", "die"}, {"lies", "lie"},
        {"ties", "tie"}, {"unties", "untie"}, {"vies", "vie"}, {"aches", "ache"}, {"undoes", "undo"},
    }};
    for (const auto& [written, said] : irregular) {
        if (written == third) return std::string(said);
    }
    if (third.size() < 3 || !third.ends_with('s') || third.ends_with("ss")) return std::nullopt;
    const auto without = [&](std::size_t letters) {
        return std::string(third.substr(0, third.size() - letters));
    };
    if (third.ends_with("ies")) return without(3) + "y";
    for (const std::string_view ending : {"ches", "shes", "sses", "xes", "zzes"}) {
        if (third.ends_with(ending)) return without(2);
    }
    return without(1);
}

}  // namespace kiln::compiler

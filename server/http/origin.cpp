#include "server/http/origin.h"

#include <algorithm>

namespace kiln::server {
namespace {

std::string lowered(std::string_view text) {
    std::string low(text);
    std::ranges::transform(low, low.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return low;
}

// Host and port, the usual port of the scheme left out. Nothing else may stand in them.
std::string authority_of(std::string_view text, std::string_view usual_port) {
    std::string authority = lowered(text);
    if (authority.ends_with(usual_port)) {
        authority.resize(authority.size() - usual_port.size());
    }
    const bool is_clean =
        authority.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]_") == std::string::npos;
    return is_clean ? authority : std::string();
}

struct SchemeRow {
    std::string_view prefix, usual_port;
};
constexpr SchemeRow schemes[] = {{"http://", ":80"}, {"https://", ":443"}};

}  // namespace

std::string normal_origin(std::string_view origin) {
    const std::string low = lowered(origin);
    for (const SchemeRow& scheme : schemes) {
        if (low.starts_with(scheme.prefix)) {
            const std::string authority =
                authority_of(std::string_view(low).substr(scheme.prefix.size()), scheme.usual_port);
            return authority.empty() ? authority : std::string(scheme.prefix) + authority;
        }
    }
    return "";
}

bool is_origin_allowed(std::string_view origin, std::string_view host, std::span<const std::string> allowed) {
    if (origin.empty()) {
        return true;
    }
    const std::string normal = normal_origin(origin);
    if (normal.empty()) {
        return false;                    // "null" among them: a page that hides where it comes from
    }
    const bool is_own = std::ranges::any_of(schemes, [&](const SchemeRow& scheme) {
        const std::string authority = authority_of(host, scheme.usual_port);
        return !authority.empty() && normal == std::string(scheme.prefix) + authority;
    });
    const auto is_same = [&](const std::string& one) { return normal == normal_origin(one); };
    return is_own || std::ranges::any_of(allowed, is_same);
}

}  // namespace kiln::server

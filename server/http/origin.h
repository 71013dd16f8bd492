#pragma once
// Which pages may open a WebSocket here. A browser says with `Origin` whose page it is; other programs say
// nothing and are let in, because they bring no foreign user with them.

#include <span>
#include <string>
#include <string_view>

namespace kiln::server {

// "https://play.example.org:8443" in the one form that is compared; empty if it is no origin.
std::string normal_origin(std::string_view origin);

// No origin, the server's own (its host and port are those of the request), or one of the list.
bool is_origin_allowed(std::string_view origin, std::string_view host, std::span<const std::string> allowed);

}  // namespace kiln::server

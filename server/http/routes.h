#pragma once
// The HTTP side as plain functions: a request in, a response out. Knows no sockets.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/metrics.h"

namespace kiln::server {

struct HttpRequest {
    std::string method, target;          // as sent
    std::string if_none_match;
    bool is_upgrade = false;
};
struct HttpResponse {
    unsigned status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

// The files of the page, read once at the start; nothing else of the disk can be asked for.
struct WebFile {
    std::string type, bytes, tag;
};
class WebFiles {
   public:
    // Regular files of known types directly in the folder and one folder below. An empty folder name: no
    // page.
    static WebFiles read(const std::string& folder);
    const WebFile* find(std::string_view path) const;
    bool empty() const { return files_.empty(); }

   private:
    std::map<std::string, WebFile, std::less<>> files_;
};

struct Site {
    const Metrics& metrics;
    WebFiles files;
    std::string world_title;
    std::uint32_t tick_ms = 100;
};

struct Route {
    std::string_view method, path, description;
    HttpResponse (*answer)(const Site&, const HttpRequest&);   // null: the WebSocket
};
std::span<const Route> route_table();

// Every request that is not a WebSocket handshake to a WebSocket route.
HttpResponse answer(const Site& site, const HttpRequest& request);
bool is_socket_path(std::string_view target);

}  // namespace kiln::server

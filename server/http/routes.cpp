#include "server/http/routes.h"

#include <chrono>
#include <vector>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace kiln::server {
namespace {

namespace json = boost::json;

HttpResponse json_response(unsigned status, const json::value& value) {
    return {status, "application/json", json::serialize(value) + "\n", {{"Cache-Control", "no-store"}}};
}

HttpResponse health(const Site& site, const HttpRequest&) {
    using namespace std::chrono;
    const std::int64_t now = duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    const std::int64_t last = site.metrics.last_tick_at_ms.load();
    std::string_view status = "ok";
    if (site.metrics.stopping) {
        status = "stopping";
    } else if (site.metrics.standing_still != 0) {
        status = "the disk is full and the world stands still";
    } else if (last == 0 || now - last > 5000 + 2 * static_cast<std::int64_t>(site.tick_ms)) {
        status = "the world stands still";
    }
    return json_response(
        status == "ok" ? 200 : 503,
        json::object{{"status", status}, {"world", site.world_title}, {"tick", site.metrics.tick.load()}});
}

HttpResponse metrics(const Site& site, const HttpRequest&) {
    return {200,
            "text/plain; version=0.0.4; charset=utf-8",
            print_metrics(site.metrics),
            {{"Cache-Control", "no-store"}}};
}

HttpResponse describe(const Site&, const HttpRequest&) {
    json::object paths;
    for (const Route& route : route_table()) {
        const json::object answers{{"200", json::object{{"description", "OK"}}}};
        const json::object socket{{"101", json::object{{"description", "WebSocket; see docs/protocol.md"}}}};
        paths[route.path] =
            json::object{{"get", json::object{{"summary", route.description},
                                              {"responses", route.answer == nullptr ? socket : answers}}}};
    }
    return json_response(200, json::object{{"openapi", "3.1.0"},
                                           {"info", json::object{{"title", "Kiln"}, {"version", "1"}}},
                                           {"paths", std::move(paths)}});
}

HttpResponse page(const Site& site, const HttpRequest& request) {
    std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    const WebFile* file = site.files.find(path == "/" ? "/index.html" : path);
    if (file == nullptr) {
        return {404, "text/plain; charset=utf-8", "There is no such page here.\n", {}};
    }
    HttpResponse response{200, file->type, {}, {}};
    response.headers = {{"ETag", file->tag}, {"Cache-Control", "no-cache"}};
    if (request.if_none_match == file->tag) {
        response.status = 304;
    } else {
        response.body = file->bytes;
    }
    return response;
}

constexpr Route routes[] = {
    {"GET", "/", "The page to play in, and its files.", page},
    {"GET", "/ws", "The WebSocket of players.", nullptr},
    {"GET", "/healthz", "200 while the world ticks, 503 when it does not or the server stops.", health},
    {"GET", "/metrics", "Counters in Prometheus' text form.", metrics},
    {"GET", "/openapi.json", "This table, for programs.", describe},
};

// Every response says that nothing foreign may run in the page and nobody may guess at types.
void add_common_headers(HttpResponse& response) {
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "manifest-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'");
}

HttpResponse choose(const Site& site, const HttpRequest& request) {
    if (request.target.empty() || request.target[0] != '/') {
        return {400, "text/plain; charset=utf-8", "A target starts with a slash.\n", {}};
    }
    if (request.method != "GET" && request.method != "HEAD") {
        return {405,
                "text/plain; charset=utf-8",
                "Only GET and HEAD are answered here.\n",
                {{"Allow", "GET, HEAD"}}};
    }
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    for (const Route& route : route_table()) {
        if (route.path == path) {
            if (route.answer != nullptr) {
                return route.answer(site, request);
            }
            return {426, "text/plain; charset=utf-8", "This is a WebSocket.\n", {{"Upgrade", "websocket"}}};
        }
    }
    return page(site, request);
}

}  // namespace

std::span<const Route> route_table() { return routes; }

HttpResponse answer(const Site& site, const HttpRequest& request) {
    HttpResponse response = choose(site, request);
    add_common_headers(response);
    return response;
}

bool is_socket_path(std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    return path == "/ws" || path == "/";
}

}  // namespace kiln::server

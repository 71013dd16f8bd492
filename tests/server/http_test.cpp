#include <catch2/catch.hpp>
#include <fstream>

#include "tests/server/served_world.h"
#include "server/http/origin.h"
#include "server/http/routes.h"

using namespace kiln::server;

namespace {

struct SmallSite {
    test::TemporaryFolder folder;
    Metrics metrics;
    Site site{metrics, {}, "The Yard", 100};
    SmallSite() {
        std::ofstream(folder.path() / "index.html") << "<p>page</p>";
        std::ofstream(folder.path() / "secret.key") << "secret";
        std::filesystem::create_directories(folder.path() / "fonts" / "deep");
        std::ofstream(folder.path() / "fonts" / "a.woff2") << "font";
        std::ofstream(folder.path() / "fonts" / "deep" / "b.txt") << "deep";
        site.files = WebFiles::read(folder.path().string());
    }
    HttpResponse get(std::string target, std::string method = "GET") {
        return answer(site, {method, target, "", false});
    }
};

}  // namespace

TEST_CASE("the page is served with its type, its tag and a policy against foreign scripts") {
    SmallSite small;
    const HttpResponse page = small.get("/");
    REQUIRE(page.status == 200);
    REQUIRE(page.body == "<p>page</p>");
    REQUIRE(page.type == "text/html; charset=utf-8");
    std::string tag, policy;
    for (const auto& [name, value] : page.headers) {
        tag = name == "ETag" ? value : tag;
        policy = name == "Content-Security-Policy" ? value : policy;
    }
    REQUIRE(policy.find("default-src 'none'") != std::string::npos);
    REQUIRE(answer(small.site, {"GET", "/", tag, false}).status == 304);
    REQUIRE(small.get("/fonts/a.woff2").status == 200);
}

TEST_CASE("nothing outside the page can be asked for") {
    SmallSite small;
    for (const char* target :
         {"/secret.key", "/../secret.key", "/%2e%2e/secret.key", "//index.html", "/fonts",
          "/fonts/deep/b.txt", "/index.html/", "/index.html%00", "/..", "/./index.html"}) {
        INFO(target);
        REQUIRE(small.get(target).status == 404);
    }
    REQUIRE(small.get("").status == 400);
    REQUIRE(small.get("http://elsewhere/").status == 400);
}

TEST_CASE("other methods than GET and HEAD are refused") {
    SmallSite small;
    REQUIRE(small.get("/", "POST").status == 405);
    REQUIRE(small.get("/healthz", "DELETE").status == 405);
    REQUIRE(small.get("/", "HEAD").status == 200);
    REQUIRE(small.get("/ws").status == 426);
}

TEST_CASE("health tells a world that stands still from one that ticks") {
    SmallSite small;
    REQUIRE(small.get("/healthz").status == 503);
    small.metrics.last_tick_at_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                        std::chrono::steady_clock::now().time_since_epoch()).count();
    REQUIRE(small.get("/healthz").status == 200);
    small.metrics.stopping = true;
    REQUIRE(small.get("/healthz").status == 503);
}

TEST_CASE("metrics count in Prometheus' form, histograms cumulatively") {
    SmallSite small;
    small.metrics.commands = 7;
    small.metrics.tick_duration.observe(90);
    small.metrics.tick_duration.observe(2'000'000);
    const std::string text = small.get("/metrics").body;
    REQUIRE(text.find("\nkiln_commands_total 7\n") != std::string::npos);
    REQUIRE(text.find("kiln_tick_duration_seconds_bucket{le=\"0.0001\"} 1\n") != std::string::npos);
    REQUIRE(text.find("kiln_tick_duration_seconds_bucket{le=\"+Inf\"} 2\n") != std::string::npos);
    REQUIRE(text.find("kiln_tick_duration_seconds_count 2\n") != std::string::npos);
}

TEST_CASE("a page may connect if it is our own or in the list, and programs without an origin may") {
    const std::vector<std::string> list{"https://play.example.org", "http://Other.example:8080"};
    const auto is_allowed = [&](std::string_view origin, std::string_view host) {
        return is_origin_allowed(origin, host, list);
    };
    for (const auto& [origin, host] : std::initializer_list<std::pair<const char*, const char*>>{
             {"", "localhost:8080"},
             {"http://localhost:8080", "localhost:8080"},
             {"http://LOCALHOST:8080", "localhost:8080"},
             {"http://world.example", "world.example"},
             {"http://world.example:80", "world.example"},
             {"https://world.example", "world.example"},
             {"https://world.example", "world.example:443"},
             {"http://[::1]:8080", "[::1]:8080"},
             {"https://play.example.org", "10.0.0.7:8080"},
             {"https://play.example.org:443", "10.0.0.7:8080"},
             {"http://other.example:8080", "10.0.0.7:8080"}}) {
        INFO(origin << " at " << host);
        REQUIRE(is_allowed(origin, host));
    }
    for (const auto& [origin, host] : std::initializer_list<std::pair<const char*, const char*>>{
             {"null", "localhost:8080"},
             {"http://localhost:8081", "localhost:8080"},
             {"http://evil.example", "localhost:8080"},
             {"http://localhost:8080.evil.example", "localhost:8080"},
             {"http://localhost:8080@evil.example", "localhost:8080"},
             {"http://evil.example/localhost:8080", "localhost:8080"},
             {"http://play.example.org", "10.0.0.7:8080"},
             {"https://sub.play.example.org", "10.0.0.7:8080"},
             {"https://play.example.org.evil.example", "10.0.0.7:8080"},
             {"ftp://localhost:8080", "localhost:8080"},
             {"http://", ""},
             {"localhost:8080", "localhost:8080"}}) {
        INFO(origin << " at " << host);
        REQUIRE(!is_allowed(origin, host));
    }
}

TEST_CASE("the description of the routes names every route") {
    SmallSite small;
    const std::string text = small.get("/openapi.json").body;
    for (const Route& route : route_table()) {
        REQUIRE(text.find("\"" + std::string(route.path) + "\"") != std::string::npos);
    }
}

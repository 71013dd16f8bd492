#include "tests/tidy/rules.h"

#include <catch2/catch.hpp>

using kiln::tidy::File;

namespace {

// What the checker says about these files, READMEs aside.
std::string said(std::vector<File> files) {
    std::vector<File> with_readmes = files;
    for (const File& file : files) {
        with_readmes.push_back({file.path.substr(0, file.path.rfind('/')) + "/README.md", "Promises.\n"});
    }
    return kiln::tidy::print(kiln::tidy::check(with_readmes));
}

}  // namespace

TEST_CASE("a floor may include the floors below it and nothing above") {
    const File value{"vm/bytecode/value.h", ""}, store{"world/store/store.h", ""},
        image{"world/schema/image.h", ""};
    CHECK(said({value, {"world/store/a.cpp", "#include \"vm/bytecode/value.h\"\n"}}) == "");
    CHECK(said({store, {"vm/machine/a.cpp", "\n#include \"world/store/store.h\"\n"}}) ==
          "vm/machine/a.cpp:2: vm/machine/ may not include world/store/store.h\n");
    CHECK(said({image, {"compiler/emit/a.cpp", "#include \"world/schema/image.h\"\n"}}) == "");
    CHECK(said({store, {"compiler/emit/a.cpp", "#include \"world/store/store.h\"\n"}}) ==
          "compiler/emit/a.cpp:1: compiler/ may not include world/store/store.h\n");
    CHECK(said({store, {"server/a.cpp", "#include \"world/store/store.h\"\n"}}) ==
          "server/a.cpp:1: server/ may not include world/store/store.h\n");
    CHECK(said({store, {"world/schema/a.cpp", "#include \"world/store/store.h\"\n"}}) ==
          "world/schema/a.cpp:1: world/schema/ may not include world/store/store.h\n");
}

TEST_CASE("a limit is named by a test, and not only in a comment or a text") {
    const File limits{"world/limits.h",
                      "constexpr int depth = 10;   // width = 3\nconstexpr int length = 2 * depth;\n"};
    CHECK(said({limits, {"tests/a.cpp", "CHECK(limits::depth == 1);\n// length\nCHECK(\"length\");\n"}}) ==
          "world/limits.h:2: length is a limit that no test names\n");
    CHECK(said({limits, {"tests/a.cpp", "depth; length;\n"}}) == "");
    const File config{"server/config.h",
                      "struct RateLimits {\n    double rate = 1, burst = 2;\n    seconds wait{5};\n};\n"
                      "struct Settings {\n    int port = 80;\n};\n"};
    CHECK(said({config, {"tests/a.cpp", "limits.rate;\n"}}) ==
          "server/config.h:2: burst is a limit that no test names\n"
          "server/config.h:3: wait is a limit that no test names\n");
}

TEST_CASE("an include names a file from the root of the repository") {
    const std::string text =
        said({{"vm/machine/machine.h", ""}, {"vm/machine/a.cpp", "#include \"machine.h\"\n"}});
    CHECK(text.find("there is no machine.h") != std::string::npos);
}

TEST_CASE("libraries stay in the folders that are theirs") {
    CHECK(said({{"compiler/parse/a.cpp", "#include <antlr4-runtime.h>\n"}}) == "");
    CHECK(said({{"compiler/emit/a.cpp", "#include <antlr4-runtime.h>\n"}}) ==
          "compiler/emit/a.cpp:1: antlr4-runtime.h stays in compiler/parse/\n");
    CHECK(said({{"world/snapshot/a.cpp", "#include <cereal/cereal.hpp>\n"}}) == "");
    CHECK(said({{"world/tick/a.cpp", "#include <cereal/cereal.hpp>\n"}}) != "");
    CHECK(said({{"server/http/a.cpp", "#include <boost/beast/http.hpp>\n"}}) == "");
    CHECK(said({{"server/session/a.cpp", "#include <boost/beast/http.hpp>\n"}}) != "");
    CHECK(said({{"server/session/a.cpp", "#include <boost/json.hpp>\n"}}) == "");
    CHECK(said({{"world/a.cpp", "#include <boost/json.hpp>\n"}}) != "");
    CHECK(said({{"server/journal/a.cpp", "#include <sqlite3.h>\n"}}) ==
          "server/journal/a.cpp:1: sqlite3.h stays in server/store/\n");
}

TEST_CASE("what makes two runs differ is refused in vm and world only") {
    for (const char* code :
         {"std::unordered_map<int, int> m;", "auto t = std::chrono::steady_clock::now();", "std::thread t;",
          "int x = rand();", "const char* p = getenv(\"A\");", "std::random_device d;"}) {
        INFO(code);
        CHECK(said({{"vm/machine/a.cpp", code}}) != "");
        CHECK(said({{"world/tick/a.cpp", code}}) != "");
        CHECK(said({{"server/a.cpp", code}}) == "");
    }
    CHECK(said({{"world/tick/a.cpp", "double x = 0;\n"}}) ==
          "world/tick/a.cpp:1: double rounds: two runs would differ\n");
    CHECK(said({{"vm/machine/a.cpp", "double x = 0;\n"}}) == "");
}

TEST_CASE("comments and texts are not code") {
    CHECK(said({{"world/tick/a.cpp",
                 "// A double portion.\nint x;  /* float */ const char* t = \"double\";\n"}}) == "");
    CHECK(said({{"world/tick/a.cpp", "/* a\n double\n */ int x;\n"}}) == "");
    CHECK(said({{"world/tick/a.cpp", "int doubled = 10'000; float y;\n"}}) != "");
    bool in_comment = false;
    CHECK(kiln::tidy::code_of("a = '\\''; b = \"x\\\"y\"; // c", in_comment) == "a = \"\"; b = \"\"; ");
}

TEST_CASE("files, headers and lines have their sizes") {
    const auto lines = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += "\n";
        return text;
    };
    CHECK(said({{"vm/machine/a.cpp", lines(800)}}) == "");
    CHECK(said({{"vm/machine/a.cpp", lines(801)}}) == "vm/machine/a.cpp:801: a file has at most 800 lines\n");
    CHECK(said({{"vm/machine/a.h", lines(301)}}) == "vm/machine/a.h:301: a header has at most 300 lines\n");
    CHECK(said({{"vm/machine/a.def", lines(2000)}}) == "");
    CHECK(said({{"cli/a.cpp", "// " + std::string(117, 'x')}}) == "");
    CHECK(said({{"cli/a.cpp", "// " + std::string(118, 'x')}}) ==
          "cli/a.cpp:1: a line has at most 120 columns\n");
}

TEST_CASE("no tabs, no promises, no carriage returns, anywhere") {
    CHECK(said({{"web/style.css", "a {\n\tb: c\n}\n"}}) == "web/style.css:2: a tab; indent with spaces\n");
    const std::string promise = std::string("TO") + "DO";
    CHECK(said({{"content/a.mud", "// " + promise + " more\n"}}) != "");
    CHECK(said({{"content/a.mud", "// mas" + promise + "nt\n"}}) == "");
    CHECK(said({{"docs/a.md", "line\r\n"}}) == "docs/a.md:1: a line ends with a carriage return\n");
}

TEST_CASE("a folder with sources has a README") {
    const auto findings = kiln::tidy::check({{"world/tick/a.cpp", ""}});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].path == "world/tick/README.md");
}

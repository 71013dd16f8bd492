#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "compiler/manual/manual.h"

TEST_CASE("the reference pages are those that the tables print") {
    for (const auto& page : kiln::compiler::manual_pages()) {
        std::ifstream file("docs/language/" + page.file, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        INFO("docs/language/" << page.file << " is out of date: run `kiln doc docs/language`");
        CHECK(text.str() == page.text);
    }
}

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

TEST_CASE("every decision of the grammar is made on one token") {
    std::ifstream in(KILN_GENERATED_PARSER);
    REQUIRE(in);
    std::stringstream out;
    out << in.rdbuf();
    REQUIRE(out.str().size() > 10'000);
    CHECK(out.str().find("adaptivePredict") == std::string::npos);
}

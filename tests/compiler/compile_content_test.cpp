#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/compiler/compile_support.h"
#include "vm/bytecode/verifier.h"
#include "world/schema/image_file.h"

namespace kiln::compiler {

std::vector<Source> read_folder(const std::string& folder) {
    std::vector<Source> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".mud") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        sources.push_back({entry.path().generic_string(), {std::istreambuf_iterator<char>(file), {}}});
    }
    return sources;
}

TEST_CASE("the content of the house compiles") {
    const auto result = compile(read_folder("content"), {true, true});
    INFO(render(result, Format::human));
    REQUIRE_FALSE(result.has_errors);
    REQUIRE(result.image.has_value());
    CHECK(result.image->definitions.size() > 40);
    CHECK_FALSE(result.image->tests.empty());
    CHECK_FALSE(vm::verify(result.image->program).has_value());
}

TEST_CASE("an image compiled from the content is read back whole") {
    const auto result = compile(read_folder("content"), {true, true});
    REQUIRE(result.image.has_value());
    const auto bytes = schema::write_image(*result.image);
    const auto again = schema::read_image(bytes);
    INFO((again ? std::string() : again.error()));
    REQUIRE(again.has_value());
    CHECK(schema::write_image(*again) == bytes);
}

TEST_CASE("the order of the sources does not matter") {
    auto sources = read_folder("content");
    const auto first = compile(sources, {true, true});
    REQUIRE(first.image.has_value());
    const auto bytes = schema::write_image(*first.image);
    std::reverse(sources.begin(), sources.end());
    for (int turn = 0; turn < 3; ++turn) {
        std::rotate(sources.begin(), sources.begin() + 1, sources.end());
        const auto other = compile(sources, {true, true});
        REQUIRE(other.image.has_value());
        CHECK(schema::write_image(*other.image) == bytes);
    }
}

}  // namespace kiln::compiler

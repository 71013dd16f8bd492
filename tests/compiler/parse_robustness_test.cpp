#include <catch2/catch.hpp>

#include <fstream>
#include <random>
#include <sstream>

#include "compiler/parse/parse.h"

using namespace kiln::compiler;

namespace {

std::string read_source(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

std::size_t errors_in(const std::string& text) {
    Reporter reporter;
    const auto file = parse(0, text, reporter);
    for (const auto& diagnostic : reporter.all()) REQUIRE(diagnostic.span.end <= text.size());
    dump(file);
    return reporter.all().size();
}

// Words, numbers, texts and symbols, roughly as the lexer sees them.
std::vector<std::pair<std::size_t, std::size_t>> pieces_of(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (std::size_t i = 0; i < text.size();) {
        auto end = i + 1;
        if (word(text[i])) {
            while (end < text.size() && word(text[end])) ++end;
        } else if (text.compare(i, 3, "\"\"\"") == 0) {
            end = i + 3;
        } else if (text[i] == '"') {
            while (end < text.size() && text[end] != '"' && text[end] != '\n') ++end;
            if (end < text.size() && text[end] == '"') ++end;
        } else if (text.compare(i, 2, "//") == 0) {
            while (end < text.size() && text[end] != '\n') ++end;
            i = end;
            continue;
        }
        if (text[i] != ' ' && text[i] != '\n') out.emplace_back(i, end);
        i = end;
    }
    return out;
}

}  // namespace

TEST_CASE("one deleted token is rarely more than two errors") {
    const auto* name = GENERATE("mill", "rules", "story");
    const auto text = read_source(std::string("tests/compiler/parse/") + name + ".mud");
    std::size_t mutants = 0, few = 0, most = 0;
    for (const auto& [begin, end] : pieces_of(text)) {
        const auto errors = errors_in(text.substr(0, begin) + text.substr(end));
        ++mutants;
        few += errors <= 2;
        most = std::max(most, errors);
    }
    INFO(name << ": " << few << " of " << mutants << ", at most " << most);
    REQUIRE(mutants > 300);
    CHECK(few * 100 >= mutants * 98);
    CHECK(most <= 4);
}

TEST_CASE("one deleted token does not break other declarations") {
    const auto text = read_source("tests/compiler/parse/rules.mud");
    Reporter ignored;
    const auto before = parse(0, text, ignored).declarations.size();
    std::size_t mutants = 0, whole = 0;
    for (const auto& [begin, end] : pieces_of(text)) {
        Reporter reporter;
        const auto file = parse(0, text.substr(0, begin) + text.substr(end), reporter);
        std::size_t sound = 0;
        for (const auto* declaration : file.declarations) sound += !declaration->broken;
        ++mutants;
        whole += sound + 1 >= before;
    }
    CHECK(whole * 100 >= mutants * 98);
}

TEST_CASE("no bytes whatever make the parser fall") {
    std::mt19937 random(20260101);
    const std::vector<std::string> words = {"room",     "npc",      "x",
                                            "y",        "on",       "enter",
                                            "if",       "else",     "for",
                                            "in",       "let",      "match",
                                            "case",     "choose",   "as",
                                            "is",       "not",      "and",
                                            "of",       "chance",   "spawn",
                                            "state",    "player",   "run",
                                            "every",    "test",     "does",
                                            "return",   "override", "enum",
                                            "formula",  "const",    "fn",
                                            "module",   "use",      "{",
                                            "}",        "(",        ")",
                                            "[",        "]",        ",",
                                            ":",        ";",        "->",
                                            "=>",       "=",        "+=",
                                            "+",        "-",        "*",
                                            ".",        "..",       "<",
                                            ">",        "?",        "#t",
                                            "\n",       "\n",       "\n  ",
                                            "\n",       " ",        " ",
                                            "1",        "2d6",      "30s",
                                            "5%",       "06:00",    "\"a [who] b\"",
                                            "\"[if x]", "\"",       "\"\"\"",
                                            "[end]\"",  "// c\n",   "/*",
                                            "*/",       "\t",       "\xc3\xa9",
                                            "\\",       "@"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const auto length = random() % 40;
        for (std::size_t i = 0; i < length; ++i) {
            if (round % 4 == 0)
                text += static_cast<char>(random() % 128);
            else
                text += words[random() % words.size()] + (random() % 3 == 0 ? "" : " ");
        }
        CAPTURE(text);
        errors_in(text);
    }
}

TEST_CASE("every beginning of a file is parsed without falling") {
    const auto text = read_source("tests/compiler/parse/story.mud");
    for (std::size_t length = 0; length < text.size(); length += 3) errors_in(text.substr(0, length));
}

TEST_CASE("hostile files take no more time than their size deserves") {
    const auto many = [](const std::string& piece, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += piece;
        return out;
    };
    CHECK(errors_in("room a { title: \"" + many("[item]", 50'000) + "\" }") == 0);
    CHECK(errors_in("room a { title: \"" + many("[a", 200'000) + "\" }") == 1);
    CHECK(errors_in("room a { title: \"" + many("[if x]", 20'000) + "\" }") == 1);
    CHECK(errors_in("room a {\n" + many("  x: )\n", 50'000) + "}") == 1);
    CHECK(errors_in(many("{", 10'000)) == 1);
    CHECK(errors_in(many("room a { x: 1\n", 20'000)) == 200);
    CHECK(errors_in("room a { x: " + many("b is not ", 100'000) + "c }") == 1);
}

#include "compiler/compile.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "compiler/emit/emit.h"
#include "compiler/emit/link.h"
#include "compiler/optimize/optimize.h"
#include "compiler/parse/parse.h"
#include "vm/bytecode/verifier.h"

namespace kiln::compiler {

namespace {

void read_sources(World& world, Compilation& c, std::vector<Source> sources) {
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
        return a.name != b.name ? a.name < b.name : a.text < b.text;
    });
    world.sources = std::move(sources);
    for (std::size_t i = 0; i < world.sources.size(); ++i) {
        const auto& text = world.sources[i].text;
        auto& starts = world.line_starts.emplace_back();
        starts.push_back(0);
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\n') starts.push_back(static_cast<std::uint32_t>(at + 1));
        }
        world.files.push_back(parse(static_cast<std::uint32_t>(i), text, c.reporter));
        const auto& file = world.files.back();
        world.lost.insert(file.lost.begin(), file.lost.end());
        world.module_is_lost = world.module_is_lost || file.module_is_lost;
    }
}

// Everything that can be said about names, without looking into the code that uses them.
void name_everything(World& world, Compilation& c) {
    declare_all(world, c);
    declare_signatures(world, c);
    link_all(world, c);
    declare_states(world, c);
    analyse_functions(world, c);
    declare_exits(world, c);
}

// One declaration, checked and written. Its parent is there already.
Unit check(const World& world, const std::vector<Unit>& units, const Symbol& symbol) {
    Compilation c(world, units, symbol.unit);
    const auto kind = symbol.kind;
    const bool is_loose = kind == Kind::none && symbol.name.empty();
    const bool has_instances =
        has_definition(kind) &&
        schema::vocabulary().kinds[static_cast<std::size_t>(kind)].table != schema::Table::none;
    if (symbol.index != no_index) emit_definition(c, symbol);
    if (symbol.function != no_index) emit_function(c, symbol);
    if (kind == Kind::const_) check_constant(c, symbol);
    if (has_instances || is_loose) emit_handlers(c, symbol);
    if ((kind == Kind::command_ || kind == Kind::ability_) && !symbol.broken) emit_command(c, symbol);
    if (kind == Kind::test_ && !symbol.broken && world.options.with_tests) emit_test(c, symbol);
    return c.finish();
}

void check_after_parent(const World& world, std::vector<Unit>& units, std::vector<bool>& done,
                        const Symbol& symbol) {
    if (done[symbol.unit]) return;
    done[symbol.unit] = true;
    if (symbol.parent != nullptr) check_after_parent(world, units, done, *symbol.parent);
    units[symbol.unit] = check(world, units, symbol);
}

std::vector<Unit> check_all(const World& world) {
    std::vector<Unit> units(world.symbols.size());
    std::vector<bool> done(units.size(), false);
    for (const auto& symbol : world.symbols) check_after_parent(world, units, done, symbol);
    return units;
}

void gather(const World& world, const Unit& names, const std::vector<Unit>& units, Reporter& reporter) {
    auto missing = names.missing;
    const auto hear = [&](const Unit& unit) {
        for (const auto& diagnostic : unit.diagnostics) reporter.add(diagnostic);
        reporter.drop(unit.dropped);
    };
    hear(names);
    for (const auto& unit : units) {
        hear(unit);
        missing.insert(missing.end(), unit.missing.begin(), unit.missing.end());
    }
    report_missing(world, missing, reporter);
}

// What the compiler itself got wrong; authors cannot cause it.
[[noreturn]] void broken_promise(const vm::VerifyError& error, const vm::Program& program) {
    const auto name = error.function < program.functions.size() ? program.functions[error.function].name
                                                                : std::string("the program");
    std::fprintf(stderr, "compiler: %s at %u: %s\n", name.c_str(), error.pc, error.message.c_str());
    std::abort();
}

}  // namespace

CompileResult compile(std::vector<Source> sources, const CompileOptions& options) {
    World world;
    world.options = options;
    std::vector<Unit> units;
    Compilation naming(world, units, Compilation::of_names);
    read_sources(world, naming, std::move(sources));
    name_everything(world, naming);
    const auto names = naming.finish();
    units = check_all(world);

    Reporter reporter(2000);
    gather(world, names, units, reporter);
    check_together(world, units, reporter);
    const auto rules = find_rules(world, reporter);

    CompileResult result;
    result.diagnostics = reporter.sorted();
    result.has_errors = reporter.has_errors();
    result.dropped = reporter.dropped();
    if (!result.has_errors) {
        result.image = link(world, units, rules);
        if (options.optimize) optimize(result.image->program);
        if (const auto error = vm::verify(result.image->program))
            broken_promise(*error, result.image->program);
    }
    result.sources = std::move(world.sources);
    return result;
}

}  // namespace kiln::compiler

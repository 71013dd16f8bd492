#include <iostream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "world/schema/image_file.h"

namespace kiln::cli {

int build_command(Arguments arguments) {
    constexpr FlagRow flags[] = {
        {"-o", "FILE", "where the image goes (default: world.kilnimage)"},
        {"--with-tests", "", "keep the tests in the image"},
    };
    const Taken taken = take(arguments, {"kiln build [FLAGS] FOLDER_OR_FILE...", 1, 1000, flags});
    if (!taken.words) {
        return taken.exit_code;
    }
    auto sources = read_sources(taken.words->plain);
    if (!sources) {
        return complain(sources.error(), exit_failed);
    }
    const auto result = compiler::compile(std::move(*sources), {.with_tests = taken.words->has("--with-tests")});
    print_diagnostics(result);
    if (!result.image) {
        return exit_failed;
    }
    const std::string bytes = schema::write_image(*result.image);
    const std::string path(taken.words->value("-o", "world.kilnimage"));
    if (auto written = write_file(path, bytes); !written) {
        return complain(written.error(), exit_failed);
    }
    std::cout << path << ": image " << schema::image_hash(bytes) << ", " << bytes.size() << " bytes\n";
    return exit_ok;
}

}  // namespace kiln::cli

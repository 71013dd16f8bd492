// `kiln version`: which program this is, and which files and worlds it understands.

#include <cstdio>

#include "cli/commands.h"
#include "world/schema/image.h"
#include "world/world.h"

namespace kiln::cli {

int version_command(const Options&) {
    std::printf("kiln %s (images %u, semantics %u)\n", KILN_VERSION, schema::image_format_version,
                world::semantics_version);
    return exit_ok;
}

}  // namespace kiln::cli

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "compiler/parse/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    kiln::compiler::Reporter reporter;
    const auto file = kiln::compiler::parse(0, text, reporter);
    for (const auto& diagnostic : reporter.all()) {
        if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
        if (diagnostic.message.empty()) std::abort();
    }
    return file.index == 0 ? 0 : 1;
}

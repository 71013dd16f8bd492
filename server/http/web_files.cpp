#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "server/http/routes.h"
#include "world/schema/checksum.h"

namespace kiln::server {
namespace {

struct TypeRow {
    std::string_view extension, type;
};
constexpr TypeRow types[] = {
    {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
    {".png", "image/png"},                 {".ico", "image/x-icon"},
    {".json", "application/json"},         {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},              {".txt", "text/plain; charset=utf-8"},
};

std::string_view type_of(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    const auto* row = std::ranges::find(types, extension, &TypeRow::extension);
    return row == std::end(types) ? std::string_view() : row->type;
}

}  // namespace

WebFiles WebFiles::read(const std::string& folder) {
    WebFiles web;
    if (folder.empty()) {
        return web;
    }
    std::error_code error;
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, error);
         !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
        if (entry.depth() >= 1) {
            entry.disable_recursion_pending();
        }
        const std::string_view type = type_of(entry->path());
        if (!entry->is_regular_file() || type.empty()) {
            continue;
        }
        std::ifstream file(entry->path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        WebFile kept{std::string(type), bytes.str(), {}};
        kept.tag = "\"" + std::to_string(schema::crc32c(kept.bytes)) + "-" +
                   std::to_string(kept.bytes.size()) + "\"";
        web.files_["/" + std::filesystem::relative(entry->path(), folder).generic_string()] = std::move(kept);
    }
    return web;
}

const WebFile* WebFiles::find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

}  // namespace kiln::server

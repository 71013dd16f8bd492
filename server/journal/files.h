#pragma once
// The few file operations that durability needs, with errors as sentences.

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace kiln::server {

std::expected<std::string, std::string> read_file(const std::filesystem::path& path);
// Written beside, synchronised, renamed into place, folder synchronised: afterwards the whole file is there
// or the old one.
std::expected<void, std::string> replace_file(const std::filesystem::path& path, std::string_view bytes);

// A file that grows at its end.
class AppendFile {
   public:
    // Opens an existing file and cuts it to `length`.
    static std::expected<AppendFile, std::string> open(const std::filesystem::path& path, std::size_t length);
    AppendFile(AppendFile&& other) noexcept;
    AppendFile& operator=(AppendFile&& other) noexcept;
    ~AppendFile();

    std::expected<void, std::string> append(std::string_view bytes);
    std::expected<void, std::string> sync();

   private:
    AppendFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
    int descriptor_ = -1;
    std::string name_;
};

// Holds a folder against a second process for as long as it lives.
class FolderLock {
   public:
    static std::expected<FolderLock, std::string> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

   private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace kiln::server

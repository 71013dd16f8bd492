#pragma once
// The disk, as far as durability needs it, behind an interface, so that a test can fill it up or break it.
// Problems are sentences; a full disk is told apart, because it may have room again.

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kiln::server {

struct DiskProblem {
    std::string message;
    bool is_full = false;
};
template <typename T>
using OnDisk = std::expected<T, DiskProblem>;

// A file that is written from front to back, in place.
class GrowingFile {
   public:
    virtual ~GrowingFile() = default;
    // Makes sure that writing up to `length` finds room. What is not yet written reads as zeros.
    virtual OnDisk<void> reserve(std::size_t length) = 0;
    // May be tried again after a failure: nothing counts before sync().
    virtual OnDisk<void> write(std::size_t at, std::string_view bytes) = 0;
    // No second try: after a failure the kernel may have dropped the pages; a retry would succeed falsely.
    virtual OnDisk<void> sync() = 0;
    virtual OnDisk<void> cut(std::size_t length) = 0;
};

class Disk {
   public:
    virtual ~Disk() = default;
    virtual OnDisk<std::string> read(const std::filesystem::path& path) = 0;
    // Written beside, synchronised, renamed into place, folder synchronised: afterwards the whole file is
    // there or the old one.
    virtual OnDisk<void> replace(const std::filesystem::path& path, std::string_view bytes) = 0;
    // An existing file, cut to `length`.
    virtual OnDisk<std::unique_ptr<GrowingFile>> open(const std::filesystem::path& path,
                                                      std::size_t length) = 0;
};

// The machine's own.
Disk& real_disk();

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

#include "server/disk/disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kiln::server {
namespace {

std::unexpected<DiskProblem> trouble(std::string_view what, const std::string& name) {
    const int number = errno;
    return std::unexpected(
        DiskProblem{"cannot " + std::string(what) + " " + name + ": " + std::strerror(number),
                    number == ENOSPC || number == EDQUOT || number == EFBIG});
}

// Closes on every way out.
struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) {
            ::close(number);
        }
    }
};

OnDisk<void> write_all(int descriptor, std::size_t at, std::string_view bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return trouble("write", name);
        }
        at += static_cast<std::size_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

OnDisk<void> sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (descriptor.number < 0 || ::fsync(descriptor.number) != 0) {
        return trouble("synchronise", folder.string());
    }
    return {};
}

class RealFile final : public GrowingFile {
   public:
    RealFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
    ~RealFile() override { ::close(descriptor_); }
    RealFile(const RealFile&) = delete;

    OnDisk<void> reserve(std::size_t length) override {
        if (::fallocate(descriptor_, 0, 0, static_cast<off_t>(length)) == 0) {
            return {};
        }
        // Where the file system cannot reserve, a full disk shows at the write.
        return errno == EOPNOTSUPP || errno == ENOSYS ? OnDisk<void>() : trouble("reserve room in", name_);
    }
    OnDisk<void> write(std::size_t at, std::string_view bytes) override {
        return write_all(descriptor_, at, bytes, name_);
    }
    OnDisk<void> sync() override {
        return ::fdatasync(descriptor_) == 0 ? OnDisk<void>() : trouble("synchronise", name_);
    }
    OnDisk<void> cut(std::size_t length) override {
        const bool is_cut =
            ::ftruncate(descriptor_, static_cast<off_t>(length)) == 0 && ::fsync(descriptor_) == 0;
        return is_cut ? OnDisk<void>() : trouble("cut", name_);
    }

   private:
    int descriptor_;
    std::string name_;
};

class RealDisk final : public Disk {
   public:
    OnDisk<std::string> read(const std::filesystem::path& path) override {
        const Descriptor descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
        if (descriptor.number < 0) {
            return trouble("open", path.string());
        }
        std::string bytes;
        char buffer[65536];
        for (;;) {
            const ssize_t count = ::read(descriptor.number, buffer, sizeof buffer);
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                return trouble("read", path.string());
            }
            if (count == 0) {
                return bytes;
            }
            bytes.append(buffer, static_cast<std::size_t>(count));
        }
    }

    OnDisk<void> replace(const std::filesystem::path& path, std::string_view bytes) override {
        const std::string temporary = path.string() + ".new";
        auto written = write_new(temporary, bytes);
        if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
            written = trouble("rename", temporary);
        }
        if (!written) {
            ::unlink(temporary.c_str());     // on a full disk the half-written file would keep others out
            return written;
        }
        return sync_folder(path.parent_path());
    }

    OnDisk<std::unique_ptr<GrowingFile>> open(const std::filesystem::path& path,
                                              std::size_t length) override {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor < 0) {
            return trouble("open", path.string());
        }
        auto file = std::make_unique<RealFile>(descriptor, path.string());
        if (auto cut = file->cut(length); !cut) {
            return std::unexpected(cut.error());
        }
        return file;
    }

   private:
    static OnDisk<void> write_new(const std::string& name, std::string_view bytes) {
        const Descriptor descriptor{::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        if (descriptor.number < 0) {
            return trouble("create", name);
        }
        if (auto written = write_all(descriptor.number, 0, bytes, name); !written) {
            return written;
        }
        return ::fsync(descriptor.number) == 0 ? OnDisk<void>() : trouble("synchronise", name);
    }
};

}  // namespace

Disk& real_disk() {
    static RealDisk disk;
    return disk;
}

std::expected<FolderLock, std::string> FolderLock::take(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string name = (folder / "lock").string();
    const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return std::unexpected(trouble("open", name).error().message);
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return std::unexpected("another process is using " + folder.string());
    }
    return FolderLock(descriptor);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace kiln::server

#include "server/journal/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kiln::server {
namespace {

std::unexpected<std::string> trouble(std::string_view what, const std::string& name) {
    return std::unexpected("cannot " + std::string(what) + " " + name + ": " + std::strerror(errno));
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

std::expected<void, std::string> write_all(int descriptor, std::string_view bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return trouble("write", name);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::expected<void, std::string> sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (descriptor.number < 0 || ::fsync(descriptor.number) != 0) {
        return trouble("synchronise", folder.string());
    }
    return {};
}

}  // namespace

std::expected<std::string, std::string> read_file(const std::filesystem::path& path) {
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

std::expected<void, std::string> replace_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::string temporary = path.string() + ".new";
    {
        const Descriptor descriptor{
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        if (descriptor.number < 0) {
            return trouble("create", temporary);
        }
        if (auto written = write_all(descriptor.number, bytes, temporary); !written) {
            return written;
        }
        if (::fsync(descriptor.number) != 0) {
            return trouble("synchronise", temporary);
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        return trouble("rename", temporary);
    }
    return sync_folder(path.parent_path());
}

std::expected<AppendFile, std::string> AppendFile::open(const std::filesystem::path& path,
                                                        std::size_t length) {
    AppendFile file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC), path.string());
    if (file.descriptor_ < 0) {
        return trouble("open", file.name_);
    }
    if (::ftruncate(file.descriptor_, static_cast<off_t>(length)) != 0 || ::fsync(file.descriptor_) != 0) {
        return trouble("cut", file.name_);
    }
    return file;
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(name_, other.name_);
    return *this;
}

AppendFile::~AppendFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::expected<void, std::string> AppendFile::append(std::string_view bytes) {
    return write_all(descriptor_, bytes, name_);
}

std::expected<void, std::string> AppendFile::sync() {
    // No second try: after a failure the kernel may have dropped the pages and a retry would succeed falsely.
    if (::fdatasync(descriptor_) != 0) {
        return trouble("synchronise", name_);
    }
    return {};
}

std::expected<FolderLock, std::string> FolderLock::take(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string name = (folder / "lock").string();
    const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return trouble("open", name);
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

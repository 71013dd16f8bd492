#pragma once
// A disk that can be full or broken, in front of the real one.

#include <atomic>

#include "server/disk/disk.h"

namespace kiln::server::test {

class SmallDisk : public Disk {
   public:
    std::atomic<bool> has_room{true};            // else nothing new fits: no reserving, no file, half a write
    std::atomic<bool> writes_fit{true};          // false: writing fails also where room was reserved
    std::atomic<bool> syncs{true};               // false: the disk is broken

    OnDisk<std::string> read(const std::filesystem::path& path) override { return real_disk().read(path); }
    OnDisk<void> replace(const std::filesystem::path& path, std::string_view bytes) override {
        return has_room ? real_disk().replace(path, bytes) : full();
    }
    OnDisk<std::unique_ptr<GrowingFile>> open(const std::filesystem::path& path, std::size_t length) override {
        auto file = real_disk().open(path, length);
        if (!file) {
            return file;
        }
        return std::make_unique<File>(*this, std::move(*file));
    }

   private:
    static std::unexpected<DiskProblem> full() {
        return std::unexpected(DiskProblem{"cannot write: No space left on device", true});
    }

    class File : public GrowingFile {
       public:
        File(SmallDisk& disk, std::unique_ptr<GrowingFile> file) : disk_(disk), file_(std::move(file)) {}
        OnDisk<void> reserve(std::size_t length) override {
            if (!disk_.has_room) {
                return full();
            }
            reserved_ = length;
            return file_->reserve(length);
        }
        OnDisk<void> write(std::size_t at, std::string_view bytes) override {
            const bool fits = disk_.writes_fit && (disk_.has_room || at + bytes.size() <= reserved_);
            if (fits) {
                return file_->write(at, bytes);
            }
            [[maybe_unused]] const auto half = file_->write(at, bytes.substr(0, bytes.size() / 2));
            return full();
        }
        OnDisk<void> sync() override {
            return disk_.syncs ? file_->sync()
                               : std::unexpected(DiskProblem{"cannot synchronise: Input/output error"});
        }
        OnDisk<void> cut(std::size_t length) override { return file_->cut(length); }

       private:
        SmallDisk& disk_;
        std::unique_ptr<GrowingFile> file_;
        std::size_t reserved_ = 0;
    };
};

}  // namespace kiln::server::test

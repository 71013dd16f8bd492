#pragma once
// What belongs to the server and not to the world: who may come back as which character. One SQLite
// connection, used by one thread; every change is on disk when the call returns. Tokens themselves are never
// stored, only their hashes.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/disk/disk.h"

struct sqlite3;

namespace kiln::server {

struct TokenOwner {
    std::uint64_t character = 0;
    std::string name;
    std::int64_t expires = 0;            // seconds since 1970
};

class Store {
   public:
    static OnDisk<std::unique_ptr<Store>> open(const std::filesystem::path& file);
    ~Store();
    Store(const Store&) = delete;

    // What stands between these two is one write to the disk; undo() instead of commit() takes it back.
    OnDisk<void> begin();
    OnDisk<void> commit();
    void undo();

    OnDisk<void> keep_token(std::string_view token, const TokenOwner& owner,
                                                std::int64_t now);
    // Nothing if unknown or expired.
    OnDisk<std::optional<TokenOwner>> find_token(std::string_view token,
                                                                     std::int64_t now);
    OnDisk<void> extend_token(std::string_view token, std::int64_t expires);
    OnDisk<void> forget_character(std::uint64_t character);

    OnDisk<std::optional<std::string>> get(std::string_view key);
    OnDisk<void> set(std::string_view key, std::string_view value);

    // Reserves `count` session numbers, at least `lowest`; answers the first. They are never given again.
    OnDisk<std::uint64_t> reserve_sessions(std::uint64_t count, std::uint64_t lowest);

   private:
    OnDisk<void> run(const char* sql);
    explicit Store(sqlite3* database) : database_(database) {}
    sqlite3* database_;
};

std::string make_token();                // 32 random bytes, base64url
std::string make_world_id();             // 16 hex digits

}  // namespace kiln::server

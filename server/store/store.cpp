#include "server/store/store.h"

#include <sodium.h>
#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "server/config.h"

namespace kiln::server {
namespace {

using Failure = std::unexpected<DiskProblem>;

Failure refusal(std::string message) { return Failure(DiskProblem{std::move(message)}); }

Failure failure(sqlite3* database, std::string_view what) {
    const int code = sqlite3_errcode(database);
    const int number = sqlite3_system_errno(database);
    const bool is_full =
        code == SQLITE_FULL || ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) &&
                                (number == ENOSPC || number == EDQUOT || number == EFBIG));
    return Failure(
        DiskProblem{"the store cannot " + std::string(what) + ": " + sqlite3_errmsg(database), is_full});
}

// A prepared statement that is finalised on every way out.
class Statement {
   public:
    Statement(sqlite3* database, const char* sql) {
        if (sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) != SQLITE_OK) {
            statement_ = nullptr;
        }
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;

    Statement& bind(std::string_view text) {
        sqlite3_bind_text(statement_, ++bound_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Statement& bind(std::int64_t number) {
        sqlite3_bind_int64(statement_, ++bound_, number);
        return *this;
    }
    int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
    std::string text(int column) const {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return bytes == nullptr
                   ? std::string()
                   : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

   private:
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
};

std::string hash_of(std::string_view token) {
    std::array<unsigned char, 32> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size(), nullptr, 0);
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

constexpr const char* schema = R"(
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF;
    CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, character INTEGER NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

}  // namespace

OnDisk<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file) {
    if (sodium_init() < 0) {
        return refusal("the source of random numbers does not work");
    }
    sqlite3* database = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int opened = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
    std::unique_ptr<Store> store(new Store(database));
    if (opened != SQLITE_OK) {
        return refusal("cannot open " + file.string() + ": " + sqlite3_errmsg(database));
    }
    if (sqlite3_exec(database, schema, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return refusal(file.string() + " cannot be used: " + sqlite3_errmsg(database));
    }
    auto format = store->get("format");
    if (!format) {
        return Failure(format.error());
    }
    if (!*format) {
        if (auto kept = store->set("format", "1"); !kept) {
            return Failure(kept.error());
        }
    } else if (**format != "1") {
        return refusal(file.string() + " has format " + **format + "; this program knows 1");
    }
    return store;
}

Store::~Store() { sqlite3_close(database_); }

OnDisk<void> Store::begin() { return run("BEGIN"); }
OnDisk<void> Store::commit() { return run("COMMIT"); }

void Store::undo() { sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr); }

OnDisk<void> Store::run(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return failure(database_, sql);
    }
    return {};
}

OnDisk<void> Store::keep_token(std::string_view token, const TokenOwner& owner,
                                                   std::int64_t now) {
    Statement statement(database_, "INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?)");
    statement.bind(hash_of(token))
        .bind(static_cast<std::int64_t>(owner.character))
        .bind(owner.name)
        .bind(now)
        .bind(owner.expires);
    if (statement.step() != SQLITE_DONE) {
        return failure(database_, "keep a token");
    }
    return {};
}

OnDisk<std::optional<TokenOwner>> Store::find_token(std::string_view token,
                                                                        std::int64_t now) {
    Statement statement(database_,
                        "SELECT character, name, expires FROM tokens WHERE hash = ? AND expires > ?");
    const int found = statement.bind(hash_of(token)).bind(now).step();
    if (found == SQLITE_DONE) {
        return std::nullopt;
    }
    if (found != SQLITE_ROW) {
        return failure(database_, "look for a token");
    }
    return TokenOwner{static_cast<std::uint64_t>(statement.number(0)), statement.text(1),
                      statement.number(2)};
}

OnDisk<void> Store::extend_token(std::string_view token, std::int64_t expires) {
    Statement statement(database_, "UPDATE tokens SET expires = ? WHERE hash = ?");
    if (statement.bind(expires).bind(hash_of(token)).step() != SQLITE_DONE) {
        return failure(database_, "extend a token");
    }
    return {};
}

OnDisk<void> Store::forget_character(std::uint64_t character) {
    Statement statement(database_, "DELETE FROM tokens WHERE character = ?");
    if (statement.bind(static_cast<std::int64_t>(character)).step() != SQLITE_DONE) {
        return failure(database_, "forget a token");
    }
    return {};
}

OnDisk<std::optional<std::string>> Store::get(std::string_view key) {
    Statement statement(database_, "SELECT value FROM meta WHERE key = ?");
    const int found = statement.bind(key).step();
    if (found == SQLITE_DONE) {
        return std::nullopt;
    }
    if (found != SQLITE_ROW) {
        return failure(database_, "read");
    }
    return statement.text(0);
}

OnDisk<void> Store::set(std::string_view key, std::string_view value) {
    Statement statement(database_, "INSERT OR REPLACE INTO meta VALUES (?, ?)");
    if (statement.bind(key).bind(value).step() != SQLITE_DONE) {
        return failure(database_, "write");
    }
    return {};
}

OnDisk<std::uint64_t> Store::reserve_sessions(std::uint64_t count, std::uint64_t lowest) {
    const auto stored = get("next_session");
    if (!stored) {
        return Failure(stored.error());
    }
    std::uint64_t first = 1;
    if (*stored) {
        std::from_chars((*stored)->data(), (*stored)->data() + (*stored)->size(), first);
    }
    first = std::max(first, lowest);
    if (auto kept = set("next_session", std::to_string(first + count)); !kept) {
        return Failure(kept.error());
    }
    return first;
}

std::string make_token() {
    std::array<unsigned char, token_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

std::string make_world_id() {
    std::array<unsigned char, 8> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 17> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return hex.data();
}

}  // namespace kiln::server

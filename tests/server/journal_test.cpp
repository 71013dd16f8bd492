#include <catch2/catch.hpp>

#include "tests/server/served_world.h"
#include "tests/server/small_disk.h"
#include "server/config.h"
#include "server/journal/folder.h"
#include "server/journal/journal.h"
#include "server/store/store.h"

using namespace kiln::server;
using kiln::server::test::SmallDisk;
using kiln::server::test::TemporaryFolder;
using kiln::world::Input;

namespace {

Record record(std::uint64_t tick) {
    Input typed;
    typed.session = 7;
    typed.number = tick;
    typed.text = "say " + std::to_string(tick);
    Input gone;
    gone.kind = Input::Kind::detach;
    gone.session = tick;
    return {tick, tick * 31, {typed, gone}};
}

Snapshot snapshot(std::uint64_t tick, std::uint64_t chain = 0) {
    return {"0123456789abcdef", tick, tick * 31, chain, "state"};
}

Disk& disk() { return real_disk(); }

std::string bytes_of(const std::filesystem::path& path) { return *disk().read(path); }

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
    REQUIRE(disk().replace(path, bytes));
}

// A folder with a snapshot at tick 0 and records of ticks 2, 4, ... 20.
Journal write_ten(const std::filesystem::path& folder) {
    auto journal = Journal::create(disk(), folder, snapshot(0));
    REQUIRE(journal);
    for (std::uint64_t tick = 2; tick <= 20; tick += 2) {
        REQUIRE(journal->append(record(tick)));
        REQUIRE(journal->sync());
    }
    return std::move(*journal);
}

}  // namespace

TEST_CASE("an empty folder holds no world") {
    const TemporaryFolder folder;
    const auto recovered = recover(disk(), folder.path());
    REQUIRE(recovered);
    REQUIRE(!*recovered);
}

TEST_CASE("what was appended is read back, and the journal goes on after it") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    auto first = recover(disk(), folder.path());
    REQUIRE((first && *first));
    REQUIRE((*first)->records.size() == 10);
    REQUIRE((*first)->records[3] == record(8));
    REQUIRE((*first)->warnings.empty());
    {
        auto journal = Journal::resume(disk(), folder.path(), **first);
        REQUIRE(journal);
        REQUIRE(journal->append(record(21)));
        REQUIRE(journal->sync());
    }
    const auto second = recover(disk(), folder.path());
    REQUIRE((*second)->records.size() == 11);
    REQUIRE((*second)->records.back() == record(21));
}

TEST_CASE("a journal cut at any byte loses only the records that are not whole") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    const auto path = segment_path(folder.path(), 0);
    const std::string whole = bytes_of(path);
    const auto full = read_segment(whole);
    REQUIRE(full);
    const std::size_t record_bytes = (whole.size() - segment_header_bytes) / 10;
    for (std::size_t length = segment_header_bytes; length < whole.size(); length += 7) {
        const auto cut = read_segment(std::string_view(whole).substr(0, length));
        REQUIRE(cut);
        REQUIRE(cut->end != Segment::End::damaged);
        REQUIRE(cut->records.size() >= (length - segment_header_bytes) / (record_bytes + 8));
        for (std::size_t i = 0; i < cut->records.size(); ++i) {
            REQUIRE(cut->records[i] == full->records[i]);
        }
        REQUIRE((cut->end == Segment::End::clean) == (cut->valid_bytes == length));
    }
}

TEST_CASE("a torn tail is cut off with a warning and the journal goes on") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    const auto path = segment_path(folder.path(), 0);
    write_bytes(path, bytes_of(path).substr(0, bytes_of(path).size() - 5));
    const auto torn = recover(disk(), folder.path());
    REQUIRE((torn && *torn));
    REQUIRE((*torn)->records.size() == 9);
    REQUIRE((*torn)->warnings.size() == 1);
    {
        auto journal = Journal::resume(disk(), folder.path(), **torn);
        REQUIRE(journal->append(record(20)));
        REQUIRE(journal->sync());
    }
    const auto healed = recover(disk(), folder.path());
    REQUIRE((healed && *healed));
    REQUIRE((*healed)->records.size() == 10);
    REQUIRE((*healed)->warnings.empty());
}

TEST_CASE("every flipped bit in a journal is noticed") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    const std::string whole = bytes_of(segment_path(folder.path(), 0));
    const auto full = read_segment(whole);
    std::size_t silent = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = whole;
            bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
            const auto segment = read_segment(bad);
            const bool is_noticed = !segment || segment->end != Segment::End::clean;
            // Bytes of the header that nothing reads would be harmless, but its checksum covers them all.
            silent += is_noticed ? 0 : 1;
            if (segment) {
                for (std::size_t i = 0; i < segment->records.size(); ++i) {
                    REQUIRE(segment->records[i] == full->records[i]);
                }
            }
        }
    }
    REQUIRE(silent == 0);
}

namespace {

// Ten records with an eleventh that is cut, zeroed or changed; `spoil` gets the file and where the eleventh begins.
struct Spoilt {
    TemporaryFolder folder;
    std::filesystem::path path;
    std::string whole;
    std::size_t begin = 0;
    Spoilt() {
        Journal journal = write_ten(folder.path());
        path = segment_path(folder.path(), 0);
        begin = bytes_of(path).size();
        REQUIRE(journal.append(record(21)));
        REQUIRE(journal.sync());
        whole = bytes_of(path);
    }
    // How many records come back, or -1 if the folder is refused as damaged.
    int records_with(const std::string& bytes) const {
        write_bytes(path, bytes);
        const auto recovered = recover(disk(), folder.path());
        if (recovered) {
            return static_cast<int>((*recovered)->records.size());
        }
        REQUIRE(recovered.error().damaged_segment == path);
        REQUIRE(recovered.error().good_bytes == begin);
        REQUIRE(recovered.error().message.find("kiln repair") != std::string::npos);
        return -1;
    }
};

}  // namespace

TEST_CASE("a last record cut at any byte was never acknowledged and is dropped") {
    const Spoilt spoilt;
    for (std::size_t length = spoilt.begin; length < spoilt.whole.size(); ++length) {
        INFO(length - spoilt.begin);
        REQUIRE(spoilt.records_with(spoilt.whole.substr(0, length)) == 10);
        // The same with room that was reserved behind it.
        REQUIRE(spoilt.records_with(spoilt.whole.substr(0, length) + std::string(3000, '\0')) ==
                (length + 4 > spoilt.whole.size() ? -1 : 10));
    }
    REQUIRE(spoilt.records_with(spoilt.whole) == 11);
    REQUIRE(spoilt.records_with(spoilt.whole + std::string(3000, '\0')) == 11);
}

TEST_CASE("a whole last record with a changed byte may have been acknowledged and is refused") {
    const Spoilt spoilt;
    for (const std::size_t reserved : {std::size_t{0}, std::size_t{3000}}) {
        for (std::size_t at = spoilt.begin; at < spoilt.whole.size(); ++at) {
            std::string bad = spoilt.whole + std::string(reserved, '\0');
            const char good = bad[at];
            for (const char changed : {static_cast<char>(good ^ 1), static_cast<char>(good ^ 0x80), char(~good), '\0',
                                       '\xff'}) {
                if (changed == good) {
                    continue;
                }
                bad[at] = changed;
                INFO(at - spoilt.begin << " is " << static_cast<int>(changed));
                REQUIRE(spoilt.records_with(bad) == -1);
            }
        }
    }
}

TEST_CASE("repair cuts a damaged journal off at the damage and keeps what was there") {
    const Spoilt spoilt;
    std::string bad = spoilt.whole;
    bad[spoilt.begin + 30] ^= 4;
    REQUIRE(spoilt.records_with(bad) == -1);
    const auto damage = recover(disk(), spoilt.folder.path());
    REQUIRE(damage.error().last_good_tick == 20);
    const auto done = repair(disk(), spoilt.folder.path(), damage.error());
    REQUIRE(done);
    REQUIRE(done->size() == 1);
    REQUIRE(bytes_of(spoilt.path.string() + ".damaged") == bad);
    const auto recovered = recover(disk(), spoilt.folder.path());
    REQUIRE((recovered && (*recovered)->records.size() == 10));
    auto journal = Journal::resume(disk(), spoilt.folder.path(), **recovered);
    REQUIRE(journal->append(record(30)));
    REQUIRE(journal->sync());
    REQUIRE((*recover(disk(), spoilt.folder.path()))->records.back() == record(30));
}

TEST_CASE("segments behind the damage are taken out by repair, too") {
    const TemporaryFolder folder;
    {
        Journal journal = write_ten(folder.path());
        REQUIRE(journal.begin_segment(20, 620));
        REQUIRE(journal.append(record(22)));
        REQUIRE(journal.sync());
    }
    const auto first = segment_path(folder.path(), 0), second = segment_path(folder.path(), 20);
    std::string bytes = bytes_of(first);
    bytes[segment_header_bytes + 40] ^= 1;
    write_bytes(first, bytes);
    const auto damage = recover(disk(), folder.path());
    REQUIRE(!damage);
    REQUIRE(damage.error().lost_records == 9);
    REQUIRE(repair(disk(), folder.path(), damage.error())->size() == 2);
    REQUIRE(!std::filesystem::exists(second));
    REQUIRE(std::filesystem::exists(second.string() + ".damaged"));
    const auto recovered = recover(disk(), folder.path());
    REQUIRE((recovered && (*recovered)->records.empty()));
}

TEST_CASE("damage in the middle of a journal is refused with advice, not skipped") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    const auto path = segment_path(folder.path(), 0);
    std::string bytes = bytes_of(path);
    bytes[bytes.size() / 2] ^= 1;
    write_bytes(path, bytes);
    const auto refused = recover(disk(), folder.path());
    REQUIRE(!refused);
    REQUIRE(refused.error().message.find("damaged") != std::string::npos);
    REQUIRE(refused.error().message.find("valid records follow") != std::string::npos);
    REQUIRE(refused.error().message.find("backup") != std::string::npos);
}

TEST_CASE("a full disk is told before a tick is run, and a record that did not fit can be written later") {
    const TemporaryFolder folder;
    SmallDisk small;
    auto journal = Journal::create(small, folder.path(), snapshot(0));
    REQUIRE(journal);
    small.has_room = false;
    const auto room = journal->make_room(100, 4096);
    REQUIRE(!room);
    REQUIRE(room.error().is_full);
    const auto refused = journal->append(record(2));
    REQUIRE(!refused);
    REQUIRE(refused.error().is_full);
    // Half of it is in the file by now; nothing has been acknowledged.
    REQUIRE((*recover(disk(), folder.path()))->records.empty());
    small.has_room = true;
    REQUIRE(journal->make_room(100, 4096));
    REQUIRE(std::filesystem::file_size(segment_path(folder.path(), 0)) >= 4196);
    REQUIRE(journal->append(record(2)));
    REQUIRE(journal->sync());
    REQUIRE((*recover(disk(), folder.path()))->records == std::vector<Record>{record(2)});
    // What is not used of the room is given back with the next segment.
    REQUIRE(journal->begin_segment(2, 62));
    REQUIRE(std::filesystem::file_size(segment_path(folder.path(), 0)) < 1000);
}

TEST_CASE("a record taken out of the middle is noticed by the chain") {
    const TemporaryFolder folder;
    { const Journal journal = write_ten(folder.path()); }
    const auto path = segment_path(folder.path(), 0);
    std::string bytes = bytes_of(path);
    const std::size_t first = segment_header_bytes + write_record(record(2), 0).size();
    bytes.erase(first, write_record(record(4), 0).size());
    write_bytes(path, bytes);
    REQUIRE(!recover(disk(), folder.path()));
}

TEST_CASE("snapshots begin segments, and the two newest are kept with what they need") {
    const TemporaryFolder folder;
    Journal journal = write_ten(folder.path());
    for (const std::uint64_t tick : {20U, 30U, 40U}) {
        if (tick > 20) {
            REQUIRE(journal.append(record(tick)));
            REQUIRE(journal.sync());
        }
        REQUIRE(journal.begin_segment(tick, tick * 31));
        REQUIRE(store_snapshot(disk(), folder.path(), snapshot(tick, journal.chain())));
    }
    REQUIRE(list_snapshots(folder.path()).size() == 2);
    REQUIRE(list_segments(folder.path()).size() == 2);
    REQUIRE(journal.append(record(41)));
    REQUIRE(journal.sync());
    const auto newest = recover(disk(), folder.path());
    REQUIRE((newest && *newest));
    REQUIRE((*newest)->snapshot.tick == 40);
    REQUIRE((*newest)->records == std::vector<Record>{record(41)});
    const auto oldest = recover(disk(), folder.path(), true);
    REQUIRE((oldest && *oldest));
    REQUIRE((*oldest)->snapshot.tick == 30);
    REQUIRE((*oldest)->records == std::vector<Record>{record(40), record(41)});
}

TEST_CASE("a damaged newest snapshot is passed over for the older one and the whole journal") {
    const TemporaryFolder folder;
    Journal journal = write_ten(folder.path());
    REQUIRE(journal.begin_segment(20, 620));
    REQUIRE(store_snapshot(disk(), folder.path(), snapshot(20, journal.chain())));
    REQUIRE(journal.append(record(22)));
    REQUIRE(journal.sync());
    std::string bytes = bytes_of(snapshot_path(folder.path(), 20));
    bytes[bytes.size() - 6] ^= 4;
    write_bytes(snapshot_path(folder.path(), 20), bytes);
    const auto recovered = recover(disk(), folder.path());
    REQUIRE((recovered && *recovered));
    REQUIRE((*recovered)->snapshot.tick == 0);
    REQUIRE((*recovered)->records.size() == 11);
    REQUIRE((*recovered)->warnings.size() == 1);
}

TEST_CASE("a segment that has vanished is noticed") {
    const TemporaryFolder folder;
    Journal journal = write_ten(folder.path());
    REQUIRE(journal.begin_segment(20, 620));
    REQUIRE(journal.append(record(22)));
    REQUIRE(journal.sync());
    std::filesystem::remove(segment_path(folder.path(), 0));
    REQUIRE(!recover(disk(), folder.path()));
}

TEST_CASE("an empty segment begun for a snapshot that was never finished does no harm") {
    const TemporaryFolder folder;
    {
        auto journal = Journal::create(disk(), folder.path(), snapshot(0));
        REQUIRE(journal->begin_segment(10, 310));
    }
    auto recovered = recover(disk(), folder.path());
    REQUIRE((recovered && *recovered));
    {
        auto journal = Journal::resume(disk(), folder.path(), **recovered);
        REQUIRE(journal->append(record(3)));
        REQUIRE(journal->sync());
    }
    recovered = recover(disk(), folder.path());
    REQUIRE((recovered && *recovered));
    REQUIRE((*recovered)->records.size() == 1);
}

TEST_CASE("every flipped or missing byte in a snapshot file is refused") {
    const std::string whole = write_snapshot(snapshot(5));
    REQUIRE(read_snapshot(whole)->state == "state");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string bad = whole;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        REQUIRE(!read_snapshot(bad));
        REQUIRE(!read_snapshot(std::string_view(whole).substr(0, at)));
    }
}

TEST_CASE("a folder in use is not opened a second time") {
    const TemporaryFolder folder;
    const auto lock = FolderLock::take(folder.path());
    REQUIRE(lock);
    REQUIRE(!FolderLock::take(folder.path()));
}

TEST_CASE("tokens are found until they expire and are nowhere in the file") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "store.sqlite";
    const std::string token = make_token();
    REQUIRE(token.size() == 43);
    REQUIRE(token != make_token());
    {
        auto store = Store::open(file);
        REQUIRE(store);
        REQUIRE((*store)->keep_token(token, {12, "Ann", 1000}, 1));
        REQUIRE((*(*store)->find_token(token, 999))->character == 12);
        REQUIRE(!*(*store)->find_token(token, 1000));
        REQUIRE(!*(*store)->find_token(make_token(), 1));
        REQUIRE((*store)->extend_token(token, 2000));
        REQUIRE(*(*store)->find_token(token, 1000));
        REQUIRE((*store)->forget_character(12));
        REQUIRE(!*(*store)->find_token(token, 1));
        REQUIRE((*store)->keep_token(token, {12, "Ann", 1000}, 1));
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        REQUIRE(bytes_of(entry.path()).find(token) == std::string::npos);
    }
}

TEST_CASE("session numbers are never given twice, also after the store is opened again") {
    const TemporaryFolder folder;
    for (std::uint64_t round = 0; round < 3; ++round) {
        auto store = Store::open(folder.path() / "store.sqlite");
        REQUIRE(*(*store)->reserve_sessions(100, 0) == 1 + round * 100);
    }
    auto store = Store::open(folder.path() / "store.sqlite");
    REQUIRE(*(*store)->reserve_sessions(100, 5000) == 5000);
}

TEST_CASE("a store file that is none is refused") {
    const TemporaryFolder folder;
    write_bytes(folder.path() / "store.sqlite", std::string(4096, 'x'));
    REQUIRE(!Store::open(folder.path() / "store.sqlite"));
}

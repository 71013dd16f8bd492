#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "world/store/indexes.h"

using namespace kiln::world;

namespace {

// What must be the same again after undoing: the dump, the hash, and everything the indexes answer.
struct Picture {
    std::uint64_t hash = 0;
    std::vector<std::pair<std::string, std::vector<std::pair<std::uint32_t, Slot>>>> slots;
    std::vector<std::vector<std::pair<std::uint32_t, std::string>>> bytes;
    std::vector<std::vector<std::uint32_t>> generations;
    std::vector<std::vector<bool>> alive;
    std::vector<std::string> names;
    std::vector<std::vector<Handle>> indexes;
    bool operator==(const Picture&) const = default;
};

std::vector<Handle> copy(std::span<const Handle> handles) { return {handles.begin(), handles.end()}; }

Picture picture(const Store& store) {
    Picture result;
    const auto dump = store.dump();
    result.hash = store.hash();
    for (const auto& column : dump.columns) {
        result.slots.emplace_back(column.info.name, column.slots);
        result.bytes.push_back(column.bytes);
    }
    result.generations = dump.generations;
    result.alive = dump.alive;
    result.names = dump.names;
    for (const auto table : {Table::room, Table::item, Table::creature, Table::session, Table::fiber}) {
        store.for_each(table, [&](Handle handle) {
            for (const auto span :
                 {store.contents(handle), store.occupants(handle), store.exits_of(handle),
                  store.effects_on(handle), store.sessions_of(handle), store.timers_of(handle),
                  store.fibers_of(handle), store.queued_of(handle), store.outputs_of(handle),
                  store.memories_of(handle), store.memories_towards(handle)}) {
                result.indexes.push_back(copy(span));
            }
        });
    }
    result.indexes.push_back({store.next_timer()});
    for (std::uint64_t id = 1; id < 8; ++id)
        result.indexes.push_back({store.by_id(id), store.session_by_number(id)});
    for (std::int64_t name = 1; name < 5; ++name) result.indexes.push_back(copy(store.instances(name)));
    return result;
}

class RandomWriter {
   public:
    RandomWriter(Store& store, std::uint32_t seed) : store_(store), random_(seed) {}

    void step() {
        switch (below(8)) {
            case 0:
            case 1: store_.create(table()); break;
            case 2: store_.destroy(any()); break;
            case 3: store_.name_id("name" + std::to_string(below(12))); break;
            case 4:
                store_.write_bytes(Field::creature_name, any(),
                                   std::string(below(5), static_cast<char>('a' + below(3))));
                break;
            case 5: store_.write_bytes(Field::output_record, any(), std::string(below(9), 'r')); break;
            default: write(); break;
        }
    }

   private:
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
    Table table() {
        constexpr Table tables[] = {Table::room,   Table::item,   Table::creature, Table::effect,
                                    Table::timer,  Table::fiber,  Table::exit,     Table::session,
                                    Table::output, Table::queued, Table::memory};
        return tables[below(std::size(tables))];
    }
    Handle any() {
        const auto kind = table();
        const auto rows = store_.row_count(kind);
        return rows == 0 ? Handle{} : store_.at(kind, below(rows));
    }
    void write() {
        const auto column = below(static_cast<std::uint32_t>(Field::count));
        const auto& info = store_.columns()[column];
        if (info.table == Table::world) return;
        const auto rows = store_.row_count(info.table);
        if (rows == 0) return;
        const auto value =
            info.type == kiln::vm::SlotType::entity ? any().to_slot() : static_cast<Slot>(below(6));
        store_.write(column, store_.at(info.table, below(rows)), value);
    }

    Store& store_;
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("a flat map finds what a map finds, whatever is added and erased") {
    struct Low {
        std::uint64_t operator()(std::int64_t key) const { return static_cast<std::uint64_t>(key % 7); }
    };
    FlatMap<std::int64_t, std::int64_t, Low> flat, other;
    std::map<std::int64_t, std::int64_t> map;
    std::uint64_t random = 1;
    for (int step = 0; step < 20'000; ++step) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const auto key = static_cast<std::int64_t>(random >> 33) % 97;
        if ((random >> 20) % 3 == 0) {
            flat.erase(key);
            map.erase(key);
        } else {
            flat[key] = step;
            map[key] = step;
        }
        REQUIRE(flat.size() == map.size());
        for (std::int64_t asked = key - 3; asked <= key + 3; ++asked) {
            const auto found = map.find(asked);
            const auto* value = flat.find(asked);
            REQUIRE((value != nullptr) == (found != map.end()));
            if (value) REQUIRE(*value == found->second);
        }
    }
    for (auto entry = map.rbegin(); entry != map.rend(); ++entry) other[entry->first] = entry->second;
    CHECK(flat == other);
    other[map.begin()->first] += 1;
    CHECK_FALSE(flat == other);
}

TEST_CASE("of rows with the same key the first has it, in any order of coming and going") {
    struct Spread {
        std::uint64_t operator()(std::int64_t key) const { return static_cast<std::uint64_t>(key); }
    };
    const auto row = [](std::uint32_t index) { return Handle::make(5, index, 1); };
    UniqueIndex<std::int64_t, Spread> index;
    for (const std::uint32_t i : {3u, 1u, 2u}) index.add(7, row(i));
    CHECK(index.find(7) == row(1));
    index.remove(7, row(2));
    index.remove(7, row(1));
    CHECK(index.find(7) == row(3));
    index.remove(7, row(3));
    CHECK(index.find(7).is_nobody());
}

TEST_CASE("rolling back brings back values, rows, names, hash and indexes") {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        Store store;
        RandomWriter writer(store, seed);
        for (int i = 0; i < 150; ++i) writer.step();
        store.commit();
        if (seed % 2 == 0) store.release_destroyed();
        const auto before = picture(store);
        REQUIRE(store.hash() == store.full_hash());
        for (int i = 0; i < 60; ++i) writer.step();
        const auto mark = store.mark();
        const auto between = picture(store);
        for (int i = 0; i < 60; ++i) writer.step();
        store.roll_back(mark);
        REQUIRE(picture(store) == between);
        store.roll_back(0);
        REQUIRE(picture(store) == before);
        REQUIRE(store.hash() == store.full_hash());
    }
}

TEST_CASE("a loaded store is the dumped one") {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        Store store;
        RandomWriter writer(store, seed);
        for (int i = 0; i < 300; ++i) writer.step();
        store.commit();
        store.release_destroyed();
        Store other;
        REQUIRE_FALSE(other.load(store.dump()));
        REQUIRE(picture(other) == picture(store));
        REQUIRE(other.hash() == other.full_hash());
        for (int i = 0; i < 20; ++i) REQUIRE(other.create(Table::item) == store.create(Table::item));
    }
}

TEST_CASE("a handle does not read the next tenant of its row") {
    Store store;
    const auto first = store.create(Table::item);
    store.write(Field::item_value, first, 5);
    store.destroy(first);
    CHECK_FALSE(store.is_alive(first));
    CHECK(store.read(Field::item_value, first) == 0);
    CHECK(store.create(Table::item).index() != first.index());
    store.commit();
    store.release_destroyed();
    const auto next = store.create(Table::item);
    CHECK(next.index() == first.index());
    CHECK(next.generation == first.generation + 1);
    CHECK(store.read(Field::item_value, next) == 0);
    store.write(Field::item_value, first, 9);
    CHECK(store.read(Field::item_value, next) == 0);
}

TEST_CASE("contents stand in order of arrival, whatever is written first") {
    Store store;
    const auto room = store.create(Table::room);
    std::vector<Handle> items;
    for (int i = 0; i < 5; ++i) items.push_back(store.create(Table::item));
    for (int i = 0; i < 5; ++i) {
        store.write(Field::item_place, items[static_cast<std::size_t>(i)], room);
        store.write(Field::item_arrival, items[static_cast<std::size_t>(i)], 10 - i);
    }
    const auto there = store.contents(room);
    REQUIRE(there.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK(there[i] == items[4 - i]);
    store.destroy(items[2]);
    CHECK(store.contents(room).size() == 4);
}

TEST_CASE("damaged dumps are refused") {
    Store store;
    store.write(Field::item_value, store.create(Table::item), 5);
    store.name_id("one");
    store.commit();
    const auto good = store.dump();
    auto bad = good;
    bad.names.push_back("one");
    CHECK(Store().load(bad));
    bad = good;
    bad.alive[static_cast<std::size_t>(Table::item)][0] = false;
    CHECK(Store().load(bad));
    bad = good;
    bad.columns[static_cast<std::size_t>(Field::item_value)].slots[0].first = 7;
    CHECK(Store().load(bad));
    bad = good;
    bad.columns[static_cast<std::size_t>(Field::item_value)].slots[0].second = 0;
    CHECK(Store().load(bad));
    bad = good;
    bad.columns.push_back(good.columns[3]);
    CHECK(Store().load(bad));
    CHECK_FALSE(Store().load(good));
}

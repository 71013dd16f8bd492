#pragma once
// Who is where, what is due, which row has a key: derived from columns, kept by every write and by undo,
// never saved. Private to this folder.

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include "world/schema/vocabulary.h"
#include "world/store/flat_map.h"
#include "world/store/store.h"

namespace kiln::world {

// A group collects the rows that have the same key, ordered by another field and then by row. Key 0 is in no
// group.
enum class Group : std::uint8_t {
    contents, occupants, exits, effects,
    zones, rooms, items, creatures, effects_made,              // instances of a definition, by table
    memories_of, memories_towards, sessions_of, timers_of, fibers_of, queued_of, outputs_of, count,
};

// How indexes read the row that changes; answered by the store.
class RowReader {
   public:
    virtual Slot read(Field field, std::uint32_t row) const = 0;

   protected:
    ~RowReader() = default;
};

// Rows by a key that ought to be theirs alone: if a damaged file has one twice, the first row has it.
template <typename Key, typename Hash>
class UniqueIndex {
   public:
    void add(const Key& key, Handle handle) {
        auto& first = first_[key];
        if (first.is_nobody() || handle == first) {
            first = handle;
            return;
        }
        others_.insert({key, std::max(first, handle)});
        first = std::min(first, handle);
    }
    void remove(const Key& key, Handle handle) {
        auto* first = first_.find(key);
        if (!first || others_.erase({key, handle}) > 0 || *first != handle) return;
        const auto next = others_.lower_bound({key, Handle{}});
        if (next == others_.end() || !(next->first == key)) {
            first_.erase(key);
            return;
        }
        *first = next->second;
        others_.erase(next);
    }
    Handle find(const Key& key) const {
        const auto* first = first_.find(key);
        return first ? *first : Handle{};
    }
    bool operator==(const UniqueIndex&) const = default;

   private:
    FlatMap<Key, Handle, Hash> first_;
    std::set<std::pair<Key, Handle>> others_;
};

class Indexes {
   public:
    // Indexes that depend on a field, as numbers for link and unlink.
    static std::vector<std::uint8_t> depending_on(Field field);

    // Before and after a field changes (or a whole row, with all numbers): takes the row out of an index and
    // puts it in.
    void unlink(std::uint8_t index, Handle handle, const RowReader& reader);
    void link(std::uint8_t index, Handle handle, const RowReader& reader);

    std::span<const Handle> group(Group group, Slot key) const;
    Handle memory(Slot owner, Slot key, Slot subject) const;
    Handle session_by_number(Slot number) const;
    Handle by_id(Slot id) const;
    Handle next_timer() const;
    bool operator==(const Indexes&) const = default;

   private:
    struct SlotHash {
        std::uint64_t operator()(Slot key) const;
    };
    struct MemoryKey {
        Slot owner = 0, key = 0, subject = 0;
        bool operator==(const MemoryKey&) const = default;
        auto operator<=>(const MemoryKey&) const = default;
    };
    struct MemoryHash {
        std::uint64_t operator()(const MemoryKey& key) const;
    };
    static MemoryKey memory_key(std::uint32_t row, const RowReader& reader);

    std::array<FlatMap<Slot, std::vector<Handle>, SlotHash>, static_cast<std::size_t>(Group::count)> groups_;
    UniqueIndex<MemoryKey, MemoryHash> memories_;
    UniqueIndex<Slot, SlotHash> session_numbers_, ids_;
    std::set<std::tuple<Slot, Slot, Handle>> timers_;        // due, sequence
};

}  // namespace kiln::world

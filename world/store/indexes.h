#pragma once
// Who is where, what is due, which row has a key: derived from columns, kept by every write and by undo,
// never saved. Private to this folder.

#include <array>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include "world/schema/vocabulary.h"
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
    std::array<std::map<Slot, std::vector<Handle>>, static_cast<std::size_t>(Group::count)> groups_;
    // Keys that ought to be unique: if a damaged file has one twice, the first row has it.
    std::set<std::tuple<Slot, Slot, Slot, Handle>> memories_;  // owner, key, subject
    std::set<std::pair<Slot, Handle>> session_numbers_, ids_;
    std::set<std::tuple<Slot, Slot, Handle>> timers_;        // due, sequence
};

}  // namespace kiln::world

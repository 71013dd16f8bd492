#pragma once
// Who reads what: beside actions.h, for the rooms that stand on it.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "world/actions/actions.h"
#include "world/text/sentences.h"

namespace kiln::world {

// One thing that happens before many readers. Its words are made once for all who are not spoken of in them,
// and once for each who is. What a player does in a crowd reaches bystanders only so many times a tick.
class Telling {
   public:
    using Words = std::function<std::vector<StyledRun>(Handle reader)>;   // nobody: not spoken of
    // `who` does it in `room`; nobody if the world does.
    Telling(Engine& engine, std::string_view topic, Handle who, Handle room, Words words);
    void to(Handle reader);

   private:
    bool speaks_of(Handle reader) const;
    Engine& engine_;
    Words words_;
    std::string topic_;
    Handle who_;
    SharedBody common_;
    std::vector<Handle> spoken_of_;
    bool is_heard_ = true;                       // by bystanders
};

void show(Engine& engine, Handle to, std::string_view topic, std::vector<StyledRun> runs);
// A sentence for one reader.
void tell_sentence(Engine& engine, Handle to, std::string_view topic, std::string_view words,
                   std::span<const Name> names);
// A sentence for everybody in a room but `except`; sleepers only read what names them.
void room_sentence(Engine& engine, Handle room, Handle except, std::string_view words,
                   std::span<const Name> names, std::string_view topic = "action");
// Runs that are the same for everybody in a room but `except`.
void room_runs(Engine& engine, Handle room, Handle except, std::string_view topic,
               const std::vector<StyledRun>& runs, Handle who = {});

ActionResult done();
ActionResult refused(std::string_view words);
ActionResult refused(Engine& engine, Handle who, std::string_view words, std::span<const Name> names);
// What a prevented action answers: nothing more if a handler has told the actor, else `otherwise`.
ActionResult prevented(const Veto& veto, std::string_view otherwise);

}  // namespace kiln::world

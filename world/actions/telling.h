#pragma once
// Who reads what: beside actions.h, for the rooms that stand on it.

#include <span>
#include <string_view>

#include "world/actions/actions.h"
#include "world/text/sentences.h"

namespace kiln::world {

void show(Engine& engine, Handle to, std::string_view topic, std::vector<StyledRun> runs);
// A sentence for one reader.
void tell_sentence(Engine& engine, Handle to, std::string_view topic, std::string_view words,
                   std::span<const Name> names);
// A sentence for everybody in a room but `except`; sleepers only read what names them.
void room_sentence(Engine& engine, Handle room, Handle except, std::string_view words,
                   std::span<const Name> names, std::string_view topic = "action");
// Runs that are the same for everybody in a room but `except`.
void room_runs(Engine& engine, Handle room, Handle except, std::string_view topic,
               const std::vector<StyledRun>& runs);

ActionResult done();
ActionResult refused(std::string_view words);
ActionResult refused(Engine& engine, Handle who, std::string_view words, std::span<const Name> names);
// What a prevented action answers: nothing more if a handler has told the actor, else `otherwise`.
ActionResult prevented(const Veto& veto, std::string_view otherwise);

}  // namespace kiln::world

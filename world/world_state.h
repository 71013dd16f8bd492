#pragma once
// What World hides. Private to world.cpp and probe.cpp.

#include "world/engine.h"
#include "world/probe.h"

namespace kiln::world {

std::unique_ptr<World::Probe> make_probe(Engine& engine);

struct World::State {
    explicit State(const WorldOptions& options) : engine(options), probe(make_probe(engine)) {}
    Engine engine;
    std::unique_ptr<Probe> probe;
};

}  // namespace kiln::world

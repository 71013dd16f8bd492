#include "world/probe.h"

#include <algorithm>

#include "world/actions/actions.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"
#include "world/tick/tick.h"
#include "world/triggers/triggers.h"
#include "world/world_state.h"

namespace kiln::world {

namespace {

class EngineProbe final : public World::Probe {
   public:
    explicit EngineProbe(Engine& engine) : engine_(engine) {}

    TestPlayer add_player(std::string_view name, std::uint32_t room,
                          std::span<const schema::PropertyValue> properties) override {
        TestPlayer player;
        run_slice(engine_, {}, nullptr, [&] {
            player.session = free_session();
            player.creature = engine_.make_player(name, engine_.room_of(room));
            engine_.store.write(Field::creature_home, player.creature, engine_.start_room());
            new_session(engine_, player.session, player.creature);
            set_level(player.creature, properties);
            for (const auto& property : properties) {
                const auto& row = schema::vocabulary().properties[property.property];
                if (row.field) engine_.store.write(*row.field, player.creature, property.integer);
            }
        });
        settle();
        return player;
    }

    CallResult call(std::uint32_t function, std::span<const Slot> arguments,
                    std::string_view locals) override {
        CallResult result;
        const auto faults = engine_.parts().result.faults.size();
        if (function >= engine_.image().program.functions.size()) {
            result.fault = FaultReport{.fault = "bad_argument", .message = "there is no such function"};
            return result;
        }
        const auto name = engine_.image().program.functions[function].name;
        run_slice(engine_, {{}, {}, engine_.store.name_id(name)}, engine_.parts().current, [&] {
            const auto& program = engine_.image().program;
            std::vector<Slot> all(arguments.begin(), arguments.end());
            const auto& about = program.functions[function];
            if (about.parameters.size() > all.size()) all.push_back(value_of(about.parameters.back(), locals));
            const auto ran = run_function(engine_, function, all, RunAs::handler);
            result.value = ran.value;
            if (ran.end == Ran::returned && vm::is_composite(about.result)) {
                engine_.arena().append_blob(result.locals.emplace(), program, about.result, ran.value,
                                            ~std::uint32_t{0});
            }
            if (ran.end == Ran::faulted) engine_.parts().undo = true;
        });
        if (const auto& told = engine_.parts().result.faults; told.size() > faults)
            result.fault = told[faults];
        settle();
        return result;
    }

    void roll_loot(std::uint32_t loot, std::int64_t killer_level, std::int64_t runs,
                   const std::function<void(std::int64_t, std::uint32_t, std::int64_t)>& on_drop) override {
        for (std::int64_t run = 0; run < runs; ++run) {
            run_slice(engine_, {{}, {}, engine_.store.name_id("simulate")}, engine_.parts().current, [&] {
                engine_.parts().top()->cause.activation = run + 1;
                const auto killer = engine_.make_player("nobody", {});
                engine_.store.write(Field::creature_level, killer, killer_level);
                kiln::world::roll_loot(engine_, loot, killer, [&](std::uint32_t item, std::int64_t count) {
                    on_drop(run, item, count);
                });
                engine_.parts().undo = true;
            });
        }
        engine_.parts().result.slices -= static_cast<std::uint64_t>(std::max<std::int64_t>(runs, 0));
    }

    std::size_t scalar_count() const override { return engine_.store.scalar_count(); }
    void flip_scalar(std::size_t index) override { engine_.store.flip_scalar(index); }
    void abort_next_slice_after(std::uint64_t instructions) override {
        engine_.parts().abort_after = instructions;
    }
    std::uint64_t instructions_of_last_slice() const override { return engine_.parts().last_instructions; }
    std::uint64_t rollbacks() const override { return engine_.parts().rollbacks; }
    std::uint64_t wrong_rollbacks() const override { return engine_.parts().rollbacks_wrong; }

   private:
    // Test sessions have numbers that no server gives out.
    std::uint64_t free_session() const {
        std::uint64_t number = 1ull << 48;
        while (!engine_.store.session_by_number(number).is_nobody()) ++number;
        return number;
    }
    // A level brings the hit points it would have brought.
    void set_level(Handle creature, std::span<const schema::PropertyValue> properties) {
        for (const auto& property : properties) {
            if (schema::vocabulary().properties[property.property].name != "level") continue;
            engine_.store.write(Field::creature_level, creature, property.integer);
            const Slot arguments[] = {creature.to_slot(), property.integer};
            const auto hp = std::max<std::int64_t>(engine_.rule(Rule::level_max_hp, arguments), 1);
            engine_.store.write(Field::creature_max_hp, creature, hp);
            engine_.store.write(Field::creature_hp, creature, hp);
        }
    }
    Slot value_of(vm::SlotType type, std::string_view bytes) {
        const auto& limits = engine_.parts().options().limits;
        const auto alive = [this](Slot entity) { return engine_.store.is_alive(Handle::from_slot(entity)); };
        return engine_.arena()
            .from_blob(engine_.image().program, type, bytes,
                       {~std::uint32_t{0}, limits.list_length, limits.string_bytes}, alive)
            .value_or(0);
    }
    void settle() {
        run_events(engine_);
        keep_outputs(engine_);
        engine_.store.release_destroyed();
    }

    Engine& engine_;
};

}  // namespace

std::unique_ptr<World::Probe> make_probe(Engine& engine) { return std::make_unique<EngineProbe>(engine); }

}  // namespace kiln::world

// Everything that draws.
#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

constexpr std::int64_t most_dice = 1'000;

vm::NativeResult is_lucky(Engine& engine, Slot hundredths) {
    return answer(static_cast<Slot>(engine.draw(10'000)) < hundredths);
}

}  // namespace

KILN_BODY(chance) { return is_lucky(engine, integer_at(call, 0)); }
KILN_BODY(roll_percent) { return is_lucky(engine, integer_at(call, 0)); }

KILN_BODY(roll) {
    const vm::Dice dice = vm::Dice::from_slot(integer_at(call, 0));
    if (dice.count > most_dice) return faulted(vm::Fault::bad_argument);
    KILN_CHECK(charge(call, dice.count));
    Slot sum = dice.bonus;
    for (int i = 0; i < dice.count && dice.sides > 0; ++i) {
        sum += 1 + static_cast<Slot>(engine.draw(static_cast<std::uint64_t>(dice.sides)));
    }
    return answer(sum);
}

KILN_BODY(random) {
    const Slot low = integer_at(call, 0);
    const Slot high = integer_at(call, 1);
    if (low > high) return faulted(vm::Fault::bad_argument);
    // Through unsigned numbers, because the width may not fit a signed one; of the whole range, half will do.
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t drawn = engine.draw(width == ~0ull ? width : width + 1);
    return answer(static_cast<Slot>(static_cast<std::uint64_t>(low) + drawn));
}

KILN_BODY(shuffled) {
    const auto elements = call.arena.list(integer_at(call, 0));
    KILN_CHECK(charge(call, static_cast<std::int64_t>(elements.size())));
    std::vector<Slot> order(elements.begin(), elements.end());
    for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[engine.draw(left)]);
    const auto list = call.arena.add_list(order);
    return list ? answer(*list) : faulted(vm::Fault::out_of_memory);
}

KILN_BODY(choose) {
    if (integer_at(call, 0) <= 0) return faulted(vm::Fault::bad_argument);
    return answer(static_cast<Slot>(engine.draw(static_cast<std::uint64_t>(integer_at(call, 0)))));
}

KILN_BODY(random_exit) {
    std::vector<Handle> ways;
    for (const Handle exit : engine.store.exits_of(entity_at(call, 0))) {
        if (exit_is_visible(engine, exit) && !exit_is_closed(engine, exit)) ways.push_back(exit);
    }
    return ways.empty() ? answer(Handle{}) : answer(ways[engine.draw(ways.size())]);
}

}  // namespace kiln::world

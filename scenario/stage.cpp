#include "scenario/stage.h"

namespace kiln::scenario {

namespace {

constexpr std::size_t max_transcript_bytes = 64 * 1024;

}  // namespace

Stage::Stage(std::shared_ptr<const world::PreparedImage> image, std::uint64_t seed) : image_(image) {
    auto made = world::World::create(std::move(image), world::WorldOptions{.seed = seed});
    if (made)
        world_ = std::move(*made);
    else
        problem_ = made.error().message;
}

bool Stage::add_player(const schema::TestStep& step) {
    const auto made =
        world_->probe().add_player(step.words, static_cast<std::uint32_t>(step.number), step.properties);
    if (made.creature.is_nobody()) {
        problem_ = "the player " + step.words + " could not be made";
        return false;
    }
    players_.push_back({step.words, made.creature, made.session, 0, {}});
    return true;
}

// The world counts ticks; authors think in minutes and seconds.
std::string Stage::time() const {
    const auto ms = world_->tick_number() * world_->tick_ms();
    const auto tenths = std::to_string(ms % 1000 / 100);
    auto seconds = std::to_string(ms / 1000 % 60);
    if (seconds.size() < 2) seconds = "0" + seconds;
    return std::to_string(ms / 60'000) + ":" + seconds + "." + tenths;
}

void Stage::act() {
    if (was_looked_at_) {
        for (auto& player : players_) player.seen.clear();
    }
    was_looked_at_ = false;
}

void Stage::keep(const world::TickResult& result) {
    for (const auto& output : result.outputs) {
        if (output->kind != world::Output::Kind::text) continue;
        for (auto& player : players_) {
            if (player.session != output.session) continue;
            const auto words = world::plain_text(output);
            player.seen += words + "\n";
            if (transcript_.size() < max_transcript_bytes)
                transcript_ += time() + "  " + player.name + " < " + words + "\n";
        }
    }
    faults_.insert(faults_.end(), result.faults.begin(), result.faults.end());
}

void Stage::tick(std::span<const world::Input> inputs) { keep(world_->tick(inputs)); }

void Stage::type(std::uint8_t number, const std::string& line) {
    act();
    auto& player = players_[number];
    transcript_ += time() + "  " + player.name + " > " + line + "\n";
    world::Input input;
    input.kind = world::Input::Kind::command;
    input.session = player.session;
    input.number = ++player.commands;
    input.text = line;
    tick({&input, 1});
}

void Stage::advance(std::int64_t milliseconds) {
    act();
    const auto ticks = (milliseconds + world_->tick_ms() - 1) / world_->tick_ms();
    for (std::int64_t i = 0; i < ticks; ++i) tick({});
}

bool Stage::restart() {
    auto restored = world::World::restore(world_->save(), image_);
    if (!restored) {
        problem_ = "the world did not come back after the restart: " + restored.error().message;
        return false;
    }
    if ((*restored)->hash() != world_->hash()) {
        problem_ = "the world came back different after the restart";
        return false;
    }
    world_ = std::move(*restored);
    transcript_ += time() + "  (restart)\n";
    return true;
}

std::int64_t Stage::call(std::uint32_t function) {
    std::vector<vm::Slot> arguments;
    for (const auto& player : players_) arguments.push_back(player.creature.to_slot());
    // Test functions take every player of the test; those who come later are nobody yet. Behind them may
    // stand what earlier steps have named.
    const auto& about = world_->image().program.functions[function];
    auto count = about.parameters.size();
    if (count > 0 && vm::is_composite(about.parameters.back())) --count;
    arguments.resize(count, vm::Handle{}.to_slot());
    auto result = world_->probe().call(function, arguments, locals_);
    if (result.fault) faults_.push_back(*result.fault);
    if (result.locals) locals_ = std::move(*result.locals);
    return result.value;
}

std::int64_t Stage::ask(std::uint32_t function) {
    looked();
    return call(function);
}

void Stage::perform(std::uint32_t function) {
    act();
    call(function);
    tick({});
}

void Stage::roll_loot(const schema::LootTrial& trial,
                      const std::function<void(std::int64_t, std::uint32_t, std::int64_t)>& on_drop) {
    world_->probe().roll_loot(trial.loot, trial.killer_level, trial.runs, on_drop);
}

const std::string& Stage::seen_by(std::uint8_t player) const {
    return player < players_.size() ? players_[player].seen : nothing_;
}

const std::string& Stage::name_of(std::uint8_t player) const {
    return player < players_.size() ? players_[player].name : nothing_;
}

}  // namespace kiln::scenario

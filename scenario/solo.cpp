#include "scenario/solo.h"

#include "world/probe.h"
#include "world/schema/image_file.h"

namespace kiln::scenario {

using world::Input;

std::expected<Solo, std::string> Solo::begin(const schema::Image& image, const SoloOptions& options,
                                             News& first) {
    auto made = world::World::create(schema::write_image(image), {.seed = options.seed});
    if (!made) return std::unexpected(made.error().message);
    Solo solo;
    solo.world_ = std::move(*made);
    if (options.room) {
        const auto name = options.name.empty() ? std::string("Guest") : options.name;
        const auto player = solo.world_->probe().add_player(name, *options.room, {});
        if (player.session == 0) return std::unexpected("nobody can stand in that room");
        solo.session_ = player.session;
        first = solo.type("look");
        return solo;
    }
    solo.session_ = 1;
    const Input attach{.kind = Input::Kind::attach, .session = solo.session_, .text = options.name};
    auto result = solo.world_->tick({&attach, 1});
    if (result.attached.empty() || result.attached.front().character == 0)
        return std::unexpected(result.attached.empty() ? "nobody was let in"
                                                       : result.attached.front().reason);
    first.outputs = std::move(result.outputs);
    first.faults = std::move(result.faults);
    return solo;
}

News Solo::type(std::string_view line) {
    Input input{.kind = Input::Kind::command, .session = session_, .number = ++lines_};
    input.text = line;
    return tick({std::move(input)});
}

News Solo::pass() { return tick({}); }

News Solo::reload(const schema::Image& image) {
    return tick({{.kind = Input::Kind::image, .text = schema::write_image(image)}});
}

// What was seen is acknowledged with the next tick that has anything to say, so that the world keeps little.
News Solo::tick(std::vector<Input> inputs) {
    if (seen_ > told_) {
        inputs.push_back({.kind = Input::Kind::acknowledge, .session = session_, .number = seen_});
        told_ = seen_;
    }
    auto result = world_->tick(inputs);
    News news;
    for (auto& output : result.outputs) {
        if (output.session != session_) continue;
        seen_ = output.number;
        news.has_ended = news.has_ended || output->kind == world::Output::Kind::closed;
        news.outputs.push_back(std::move(output));
    }
    news.faults = std::move(result.faults);
    news.reload_problem = std::move(result.reload_problem);
    return news;
}

}  // namespace kiln::scenario

// A full disk. Nothing may happen that cannot be written, so the world stands still: its ticks do not run,
// what would change it is refused, and who only looks is answered. When there is room again it goes on where
// it was.

#include <algorithm>
#include <utility>

#include "server/game_loop/game_loop.h"
#include "server/log.h"

namespace kiln::server {
namespace {

constexpr std::string_view still_words =
    "The disk of this world is full, so it stands still: you can look around, but nothing can be done until "
    "its keepers have made room.";

// More than any input takes in a record beside its text, and more than the rest of a record takes.
constexpr std::size_t input_bytes = 64, rest_of_record_bytes = 64 * 1024;

}  // namespace

// Room for the tick to come, before it is run. A tick that could not be written comes first.
OnDisk<void> GameLoop::make_room(const std::vector<Arrival>& arrivals) {
    if (unwritten_) {
        if (auto written = make_durable(*unwritten_); !written) {
            return written;
        }
        Turn turn = std::move(*unwritten_);
        unwritten_.reset();
        turn.watch = {};                 // the waiting was not the tick's
        let_go(turn);
    }
    std::size_t bytes = rest_of_record_bytes + sessions_.size() * input_bytes;
    for (const std::vector<Arrival>* list : {&std::as_const(held_), &arrivals}) {
        for (const Arrival& arrival : *list) {
            bytes += input_bytes + arrival.text.size() + arrival.hello.name.size();
        }
    }
    return survive_full(journal_.make_room(bytes, config_.journal_reserve_bytes));
}

void GameLoop::stand_still(std::vector<Arrival> arrivals, const DiskProblem& why) {
    std::vector<Delivery> answers;
    if (!is_standing_still_) {
        is_standing_still_ = true;
        metrics_.standing_still = 1;
        log_event(LogLevel::error, "disk_full", {{"tick", world_->tick_number()}, {"why", why.message}});
        answers.push_back({0, Notice{std::string(still_words)}});
    }
    for (Arrival& arrival : arrivals) {
        hold(std::move(arrival), answers);
    }
    if (!answers.empty()) {
        outbox_({std::move(answers), {}});
    }
}

void GameLoop::hold(Arrival arrival, std::vector<Delivery>& answers) {
    switch (arrival.kind) {
        case Arrival::Kind::line: answer_looking(arrival, answers); break;
        case Arrival::Kind::seen: break;     // clients say it again with the next output
        case Arrival::Kind::login:
            answers.push_back({arrival.connection, Notice{std::string(still_words)}});
            held_.push_back(std::move(arrival));
            break;
        case Arrival::Kind::gone:
            // Who has come and gone meanwhile has not been here.
            if (std::erase_if(held_, [&](const Arrival& held) {
                    return held.kind == Arrival::Kind::login && held.connection == arrival.connection;
                }) == 0) {
                held_.push_back(std::move(arrival));
            }
            break;
        case Arrival::Kind::image:
            std::erase_if(held_, [](const Arrival& held) { return held.kind == Arrival::Kind::image; });
            held_.push_back(std::move(arrival));
            break;
    }
}

void GameLoop::answer_looking(const Arrival& line, std::vector<Delivery>& answers) {
    const LiveSession* session = sessions_.of_connection(line.connection);
    if (session == nullptr) {
        return;
    }
    if (line.number <= session->last_input) {
        answers.push_back({line.connection, Durable{line.number}});
        return;
    }
    // While a tick waits to be written, the world is ahead of what anybody may see.
    const auto shown = unwritten_ ? std::nullopt : world_->peek(session->number, line.text);
    bool is_answered = false;
    for (const world::Output& output : shown.value_or(std::vector<world::Output>())) {
        if (output->kind == world::Output::Kind::text) {
            answers.push_back({line.connection, Aside{line.number, output->topic, output->runs}});
            is_answered = true;
        }
    }
    if (!is_answered) {
        answers.push_back(
            {line.connection, Error{code::read_only, "the world stands still; this cannot be done now",
                                    line.number}});
    }
}

void GameLoop::go_on(std::vector<Arrival>& arrivals) {
    if (std::exchange(is_standing_still_, false)) {
        metrics_.standing_still = 0;
        log_event(LogLevel::info, "disk_has_room", {{"tick", world_->tick_number()}});
        outbox_({{{0, Notice{"There is room again: the world goes on."}}}, {}});
    }
    held_.insert(held_.end(), std::move_iterator(arrivals.begin()), std::move_iterator(arrivals.end()));
    arrivals = std::exchange(held_, {});
}

void GameLoop::note_store(bool is_full, std::string_view why) {
    if (is_full != std::exchange(is_store_full_, is_full)) {
        log_event(is_full ? LogLevel::error : LogLevel::info, is_full ? "store_full" : "store_has_room",
                  {{"why", why}});
    }
}

}  // namespace kiln::server

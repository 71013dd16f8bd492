// From arrivals to inputs: what the world is told in the next tick.

#include <algorithm>
#include <chrono>

#include "server/game_loop/game_loop.h"
#include "server/log.h"

namespace kiln::server {
namespace {

// Fewer outputs than this are reported to the world with the next command or after a while.
constexpr std::uint64_t seen_batch = 50;
constexpr std::uint64_t seen_delay_ms = 5000;
constexpr std::int64_t wall_second_period = 60;

std::int64_t wall_second() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

world::Input input_of(world::Input::Kind kind, std::uint64_t session, std::uint64_t number = 0) {
    world::Input input;
    input.kind = kind;
    input.session = session;
    input.number = number;
    return input;
}

}  // namespace

void GameLoop::take_arrivals(Turn& turn, std::vector<Arrival>& arrivals) {
    if (next_session_ == 0) {
        // First tick: the sockets of before are gone, their bodies are told so.
        for (const world::SessionView& session : world_->sessions()) {
            next_session_ = std::max(next_session_, session.session);
            if (session.is_attached) {
                turn.inputs.push_back(input_of(world::Input::Kind::detach, session.session));
            }
        }
        ++next_session_;
        reserved_until_ = 0;
    }
    add_wall_second(turn);
    for (Arrival& arrival : arrivals) {
        switch (arrival.kind) {
            case Arrival::Kind::login: take_login(turn, arrival); break;
            case Arrival::Kind::line: take_line(turn, arrival); break;
            case Arrival::Kind::gone: take_gone(turn, arrival); break;
            case Arrival::Kind::seen:
                if (LiveSession* session = sessions_.of_connection(arrival.connection)) {
                    session->seen = std::max(session->seen, arrival.number);
                }
                break;
            case Arrival::Kind::image:
                turn.inputs.push_back(input_of(world::Input::Kind::image, 0));
                turn.inputs.back().text = std::move(arrival.text);
                turn.has_image = true;
                break;
        }
    }
    take_seen(turn);
}

void GameLoop::take_login(Turn& turn, Arrival& arrival) {
    const Hello& hello = arrival.hello;
    Login login{arrival.connection, 0, hello.last_seen, hello.token, false};
    world::Input input = input_of(world::Input::Kind::attach, 0);
    input.text = hello.name;
    if (!hello.token.empty()) {
        const auto owner = store_.find_token(hello.token, wall_second());
        if (!owner) {
            die(owner.error().message);
        }
        if (!*owner) {
            turn.departures.deliveries.push_back({arrival.connection,
                                       Error{code::bad_token, "this token is unknown or has expired"},
                                       Delivery::Then::greet_again});
            return;
        }
        login.has_character = true;
        input.character = (*owner)->character;
        input.text = (*owner)->name;
    }
    if (login.has_character && may_resume(turn, hello.session, input.character)) {
        login.session = hello.session;
        if (const LiveSession* old = sessions_.of_number(hello.session)) {
            turn.departures.deliveries.push_back({old->connection,
                                       Closed{code::taken_over, "this session goes on elsewhere"},
                                       Delivery::Then::close});
            sessions_.remove(hello.session);
        }
    } else {
        const auto number = survive_full(new_session_number());
        note_store(!number, number ? "" : number.error().message);
        if (!number) {
            held_.push_back(std::move(arrival));
            return;
        }
        login.session = *number;
        login.last_seen = 0;
    }
    input.session = login.session;
    sessions_.add(login.session, arrival.connection, input.character);
    turn.inputs.push_back(std::move(input));
    turn.logins.push_back(std::move(login));
}

bool GameLoop::may_resume(Turn& turn, std::uint64_t session, std::uint64_t character) {
    if (session == 0) {
        return false;
    }
    if (!turn.has_known_sessions) {
        turn.known_sessions = world_->sessions();
        turn.has_known_sessions = true;
    }
    return std::ranges::any_of(turn.known_sessions, [&](const world::SessionView& view) {
        return view.session == session && view.character == character;
    });
}

OnDisk<std::uint64_t> GameLoop::new_session_number() {
    if (next_session_ >= reserved_until_) {
        const auto first = store_.reserve_sessions(session_block, next_session_);
        if (!first) {
            return first;
        }
        next_session_ = *first;
        reserved_until_ = *first + session_block;
    }
    return next_session_++;
}

void GameLoop::take_line(Turn& turn, Arrival& arrival) {
    LiveSession* session = sessions_.of_connection(arrival.connection);
    if (session == nullptr) {
        return;
    }
    if (arrival.number <= session->last_input) {
        // Sent again after a lost connection: it has been run, and that is what the client wants to know.
        turn.departures.deliveries.push_back({arrival.connection, Durable{arrival.number}});
        return;
    }
    turn.lines.emplace_back(session->number, arrival.number);
    world::Input input = input_of(world::Input::Kind::command, session->number, arrival.number);
    input.text = std::move(arrival.text);
    turn.inputs.push_back(std::move(input));
    if (session->seen > session->seen_told) {
        session->seen_told_at = 0;       // the tick is written anyway
    }
}

void GameLoop::take_gone(Turn& turn, const Arrival& arrival) {
    if (const LiveSession* session = sessions_.of_connection(arrival.connection)) {
        turn.inputs.push_back(input_of(world::Input::Kind::detach, session->number));
        sessions_.remove(session->number);
    }
}

// Acknowledgements are gathered, so that reading costs no disk write of its own.
void GameLoop::take_seen(Turn& turn) {
    const std::uint64_t now = world_->tick_number() + 1;
    for (auto& [number, session] : sessions_.all()) {
        const std::uint64_t news = session.seen - session.seen_told;
        const bool is_due =
            now * world_->tick_ms() >= session.seen_told_at * world_->tick_ms() + seen_delay_ms;
        if (news >= seen_batch || (news > 0 && is_due)) {
            turn.inputs.push_back(input_of(world::Input::Kind::acknowledge, number, session.seen));
            session.seen_told = session.seen;
            session.seen_told_at = now;
        }
    }
}

void GameLoop::add_wall_second(Turn& turn) {
    const std::int64_t now = wall_second();
    if (now >= last_wall_second_ + wall_second_period) {
        last_wall_second_ = now;
        turn.inputs.push_back(input_of(world::Input::Kind::wall_second, 0, static_cast<std::uint64_t>(now)));
    }
}

}  // namespace kiln::server

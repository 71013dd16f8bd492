// From a durable tick to messages: who is welcomed, what is acknowledged, what is shown.

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/game_loop/game_loop.h"
#include "server/log.h"
#include "server/protocol/codec.h"

namespace kiln::server {
namespace {

std::int64_t unix_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}
constexpr std::int64_t day = 86'400;

}  // namespace

void GameLoop::welcome_all(Turn& turn) {
    welcomed_up_to_.clear();
    for (const world::Attached& attached : turn.result.attached) {
        const auto login = std::ranges::find(turn.logins, attached.session, &Login::session);
        if (login == turn.logins.end()) {
            continue;
        }
        const LiveSession* session = sessions_.of_number(login->session);
        if (attached.character == 0) {
            refuse(turn, *login, attached);
        } else if (session != nullptr && session->connection == login->connection) {
            guests_.push_back({*login, attached});
        }                                // else taken over or gone within this very tick
    }
    if (!guests_.empty()) {
        const auto kept = survive_full(keep_tokens(guests_));
        note_store(!kept, kept ? "" : kept.error().message);
        if (kept) {
            for (const Guest& guest : std::exchange(guests_, {})) {
                welcome(turn, guest);
            }
        }
    }
    if (turn.has_image) {
        const std::string& problem = turn.result.reload_problem;
        turn.departures.deliveries.push_back(
            {0, Notice{problem.empty() ? "The world has changed: new content is in."
                                       : "New content was refused: " + problem}});
    }
}

// One write to the disk for all who come in a tick. If there is no room they wait at the door.
OnDisk<void> GameLoop::keep_tokens(std::vector<Guest>& guests) {
    auto kept = store_.begin();
    const std::int64_t now = unix_now();
    const std::int64_t expires = now + token_days * day;
    for (Guest& guest : guests) {
        const world::Attached& attached = guest.attached;
        if (!guest.login.has_character && guest.login.token.empty()) {
            guest.login.token = make_token();
        }
        if (kept) {
            kept = guest.login.has_character
                       ? store_.extend_token(guest.login.token, expires)
                       : store_.keep_token(guest.login.token,
                                           {attached.character, attached.name, expires}, now);
        }
    }
    if (kept) {
        kept = store_.commit();
    }
    if (!kept) {
        store_.undo();
    }
    return kept;
}

void GameLoop::refuse(Turn& turn, const Login& login, const world::Attached& attached) {
    const std::string reason = attached.reason.empty() ? "the world does not let you in" : attached.reason;
    sessions_.remove(login.session);
    turn.departures.deliveries.push_back({login.connection,
                               Error{login.has_character ? code::bad_token : code::name_refused, reason},
                               Delivery::Then::greet_again});
    log_event(LogLevel::info, "login_refused", {{"connection", login.connection}, {"why", reason}});
}

void GameLoop::welcome(Turn& turn, const Guest& guest) {
    const auto& [login, attached] = guest;
    LiveSession* session = sessions_.of_number(login.session);
    if (session == nullptr || session->connection != login.connection) {
        return;                          // gone while it waited
    }
    session->is_welcome = true;
    session->character = attached.character;
    session->last_input = std::max(session->last_input, attached.last_input);
    const std::uint64_t first_missed = send_missed(turn, login);
    Welcome message;
    message.name = attached.name;
    message.character = std::to_string(attached.character);
    message.token = login.token;
    message.session = login.session;
    message.last_input = attached.last_input;
    message.next_output = first_missed != 0 ? first_missed : attached.next_output;
    message.world = config_.title;
    turn.departures.deliveries.push_back({login.connection, std::move(message)});
    log_event(LogLevel::info, "login", {{"connection", login.connection}, {"session", login.session},
                                        {"character", attached.character}, {"name", attached.name}});
}

// Sends what the client has not seen, with what this tick has added. Answers the first number, 0 if there is
// none.
std::uint64_t GameLoop::send_missed(Turn& turn, const Login& login) {
    std::uint64_t first = 0;
    for (const world::Output& output : world_->unacknowledged(login.session)) {
        if (output.number <= login.last_seen) {
            continue;
        }
        first = first == 0 ? output.number : first;
        welcomed_up_to_[login.session] = output.number;
        turn.departures.shown.push_back({login.connection, output});
    }
    return first;
}

void GameLoop::answer_lines(Turn& turn) {
    for (const auto& [number, line] : turn.result.accepted) {
        if (LiveSession* session = sessions_.of_number(number)) {
            session->last_input = std::max(session->last_input, line);
            turn.departures.deliveries.push_back({session->connection, Durable{line}});
        }
    }
    for (const auto& [number, line] : turn.lines) {
        const LiveSession* session = sessions_.of_number(number);
        if (session != nullptr && line > session->last_input) {
            turn.departures.deliveries.push_back(
                {session->connection, Error{code::refused, "the world did not take this command", line}});
        }
    }
}

void GameLoop::send_outputs(Turn& turn) {
    auto& outputs = turn.result.outputs;
    turn.departures.shown.reserve(turn.departures.shown.size() + outputs.size());
    for (std::size_t i = 0; i < outputs.size();) {
        const std::uint64_t number = outputs[i].session;
        const LiveSession* session = sessions_.of_number(number);
        const auto welcomed = welcomed_up_to_.find(number);
        const std::uint64_t sent = welcomed == welcomed_up_to_.end() ? 0 : welcomed->second;
        bool is_over = false;
        for (; i < outputs.size() && outputs[i].session == number; ++i) {
            if (session == nullptr || !session->is_welcome || outputs[i].number <= sent) {
                continue;
            }
            is_over = is_over || outputs[i]->kind == world::Output::Kind::closed;
            turn.departures.shown.push_back({session->connection, std::move(outputs[i])});
        }
        if (is_over) {
            sessions_.remove(number);
        }
    }
}

}  // namespace kiln::server

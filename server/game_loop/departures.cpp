// From a durable tick to messages: who is welcomed, what is acknowledged, what is shown.

#include <algorithm>
#include <chrono>

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
    if (!turn.logins.empty()) {
        // One disk write for all who come in this tick.
        keep_or_die(store_.begin());
    }
    for (const world::Attached& attached : turn.result.attached) {
        const auto login = std::ranges::find(turn.logins, attached.session, &Login::session);
        if (login == turn.logins.end()) {
            continue;
        }
        if (attached.character == 0) {
            refuse(turn, *login, attached);
        } else {
            welcome(turn, *login, attached);
        }
    }
    if (!turn.logins.empty()) {
        keep_or_die(store_.commit());
    }
    if (turn.has_image) {
        const std::string& problem = turn.result.reload_problem;
        turn.departures.deliveries.push_back({0, Notice{problem.empty() ? "The world has changed: new content is in."
                                                             : "New content was refused: " + problem}});
    }
}

void GameLoop::refuse(Turn& turn, const Login& login, const world::Attached& attached) {
    const std::string reason = attached.reason.empty() ? "the world does not let you in" : attached.reason;
    sessions_.remove(login.session);
    turn.departures.deliveries.push_back({login.connection,
                               Error{login.has_character ? code::bad_token : code::name_refused, reason},
                               Delivery::Then::greet_again});
    log_event(LogLevel::info, "login_refused", {{"connection", login.connection}, {"why", reason}});
}

void GameLoop::welcome(Turn& turn, const Login& login, const world::Attached& attached) {
    LiveSession* session = sessions_.of_number(login.session);
    if (session == nullptr || session->connection != login.connection) {
        return;                          // taken over or gone within this very tick
    }
    session->character = attached.character;
    session->last_input = std::max(session->last_input, attached.last_input);
    const std::int64_t now = unix_now();
    std::string token = login.token;
    const std::int64_t expires = now + token_days * day;
    keep_or_die(login.has_character
                    ? store_.extend_token(token, expires)
                    : store_.keep_token(token = make_token(), {attached.character, attached.name, expires}, now));
    const std::uint64_t first_missed = send_missed(turn, login);
    Welcome message;
    message.name = attached.name;
    message.character = std::to_string(attached.character);
    message.token = std::move(token);
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
            if (session == nullptr || outputs[i].number <= sent) {
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

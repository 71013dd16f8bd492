#include "server/session/gate.h"

#include <deque>
#include <unordered_map>
#include <utility>

#include "server/log.h"

namespace kiln::server {

void Gate::opened(ConnectionId connection, std::string_view address) {
    Peer peer{false,
              0,
              {rates_.messages_per_second, rates_.message_burst},
              {rates_.commands_per_second, rates_.command_burst},
              {rates_.bad_messages_per_second, rates_.bad_message_burst}};
    peers_.emplace(connection, peer);
    log_event(LogLevel::info, "connect", {{"connection", connection}, {"address", address}});
    if (!is_listening_) {
        end(connection, code::stopping);
        return;
    }
    network_->after(limits_.hello, [this, connection] {
        const auto found = peers_.find(connection);
        if (found != peers_.end() && !found->second.is_greeted) {
            end(connection, code::no_hello);
        }
    });
}

void Gate::closed(ConnectionId connection, std::string_view why) {
    peers_.erase(connection);
    log_event(LogLevel::info, "disconnect", {{"connection", connection}, {"why", why}});
    inbox_.put({Arrival::Kind::gone, connection, 0, {}, {}});
}

void Gate::received(ConnectionId connection, std::string_view text) {
    const auto found = peers_.find(connection);
    if (found == peers_.end() || !is_listening_) {
        return;
    }
    Peer& peer = found->second;
    if (!peer.messages.take(Clock::now())) {
        refuse_speed(connection, peer, 0);
        return;
    }
    const auto message = decode(text);
    if (!message) {
        refuse(connection, peer, message.error());
        return;
    }
    std::visit([&](const auto& decoded) { handle(connection, peer, decoded); }, *message);
}

void Gate::handle(ConnectionId connection, Peer& peer, const Hello& hello) {
    if (peer.is_greeted) {
        refuse(connection, peer, {code::already_greeted, "hello was said already"});
        return;
    }
    if (hello.version != protocol_version) {
        refuse(connection, peer,
               {code::wrong_version, "this server speaks version " + std::to_string(protocol_version)});
        return;
    }
    peer.is_greeted = true;
    inbox_.put({Arrival::Kind::login, connection, 0, {}, hello});
}

void Gate::handle(ConnectionId connection, Peer& peer, const Command& command) {
    if (!peer.is_greeted) {
        refuse(connection, peer, {code::hello_first, "say hello first", command.n});
        return;
    }
    if (!peer.commands.take(Clock::now())) {
        refuse_speed(connection, peer, command.n);
        return;
    }
    peer.refusals = 0;
    if (!inbox_.put({Arrival::Kind::line, connection, command.n, command.text, {}})) {
        send(connection, Error{code::busy, "too much is waiting; try again", command.n});
    }
}

void Gate::handle(ConnectionId connection, Peer& peer, const Seen& seen) {
    if (!peer.is_greeted) {
        refuse(connection, peer, {code::hello_first, "say hello first"});
        return;
    }
    inbox_.put({Arrival::Kind::seen, connection, seen.n, {}, {}});
}

void Gate::handle(ConnectionId connection, Peer&, const Ping& ping) { send(connection, Pong{ping.t}); }

void Gate::refuse(ConnectionId connection, Peer& peer, const BadMessage& bad) {
    ++metrics_.bad_messages;
    send(connection, Error{bad.code, bad.message, bad.n});
    if (!peer.bad.take(Clock::now())) {
        end(connection, code::flood);
    }
}

void Gate::refuse_speed(ConnectionId connection, Peer& peer, std::uint64_t n) {
    ++metrics_.rate_limited;
    if (++peer.refusals > rates_.refusals_before_close) {
        end(connection, code::flood);
        return;
    }
    const auto rate = std::to_string(static_cast<int>(rates_.commands_per_second));
    send(connection, Error{code::too_fast, "not so fast: " + rate + " commands a second", n});
}

void Gate::refused(ConnectionId connection, FrameProblem problem) {
    ++metrics_.bad_messages;
    switch (problem) {
        case FrameProblem::too_large: return end(connection, code::too_large);
        case FrameProblem::not_text: return end(connection, code::not_text);
        case FrameProblem::control_flood: return end(connection, code::flood);
    }
}

void Gate::overflowed(ConnectionId connection) { end(connection, code::too_slow); }

void Gate::failed(ConnectionId connection) { end(connection, code::trouble); }

void Gate::end(ConnectionId connection, std::string_view name) {
    const CodeRow& row = code_row(name);
    log_event(LogLevel::info, "close", {{"connection", connection}, {"code", name}});
    send(connection, Closed{row.name, std::string(row.meaning)});
    network_->close(connection, row.closes);
}

namespace {

// A frame may hold so much before another one is begun.
constexpr std::size_t full_frame_bytes = 64 * 1024;

// One tick's messages for each connection, joined: one frame costs one system call, and one wake of a client.
class Frames {
   public:
    Frames(Network& network, Metrics& metrics) : network_(network), metrics_(metrics) {}

    void add(ConnectionId connection, const ServerMessage& message) {
        begin_message(connection);
        frame_->text += encode(message);
    }

    void add(ConnectionId connection, const world::Output& output) {
        begin_message(connection);
        const EncodedBody& body = encoded(output.body);
        frame_->text += body.head;
        frame_->text += std::to_string(output.number);
        frame_->text += body.tail;
    }

    void send_all() {
        for (Frame& frame : frames_) {
            if (frame.messages == 1) {
                frame.text.erase(0, 1);
            } else {
                frame.text += ']';
            }
            network_.send(frame.connection, std::move(frame.text));
        }
    }

   private:
    struct Frame {
        ConnectionId connection = 0;
        std::string text;
        std::size_t messages = 0;
    };

    // `frame_` is the one to write to. Most messages go to the same connection as the one before.
    void begin_message(ConnectionId connection) {
        ++metrics_.messages_sent;
        if (frame_ == nullptr || frame_->connection != connection || frame_->text.size() >= full_frame_bytes) {
            const auto [place, is_new] = places_.try_emplace(connection, nullptr);
            if (is_new || place->second->text.size() >= full_frame_bytes) {
                place->second = &frames_.emplace_back(Frame{connection, {}, 0});
            }
            frame_ = place->second;
        }
        frame_->text += frame_->messages++ == 0 ? '[' : ',';
    }

    const EncodedBody& encoded(const std::shared_ptr<const world::Output::Body>& body) {
        const auto [place, is_new] = bodies_.try_emplace(body.get());
        if (is_new) {
            place->second = encode_body(*body);
        }
        return place->second;
    }

    Network& network_;
    Metrics& metrics_;
    std::deque<Frame> frames_;           // in the order in which they are sent
    Frame* frame_ = nullptr;
    std::unordered_map<ConnectionId, Frame*> places_;
    std::unordered_map<const world::Output::Body*, EncodedBody> bodies_;
};

}  // namespace

void Gate::deliver(const Departures& departures) {
    Frames frames(*network_, metrics_);
    std::vector<std::pair<ConnectionId, std::string_view>> closing;
    for (const Delivery& delivery : departures.deliveries) {
        if (delivery.connection == 0) {
            for (const auto& [connection, peer] : peers_) {
                if (peer.is_greeted) {
                    frames.add(connection, delivery.message);
                }
            }
            continue;
        }
        const auto found = peers_.find(delivery.connection);
        if (found == peers_.end()) {
            continue;
        }
        frames.add(delivery.connection, delivery.message);
        if (delivery.then == Delivery::Then::greet_again) {
            found->second.is_greeted = false;
        } else if (delivery.then == Delivery::Then::close) {
            const auto* closed = std::get_if<Closed>(&delivery.message);
            closing.emplace_back(delivery.connection, closed != nullptr ? closed->code : code::trouble);
        }
    }
    for (const auto& [connection, output] : departures.shown) {
        frames.add(connection, output);
        if (output->kind == world::Output::Kind::closed) {
            closing.emplace_back(connection, code::ended);
        }
    }
    // A connection that overflows is closed while its frame is sent: nothing here may hold on to a peer.
    frames.send_all();
    for (const auto& [connection, code] : closing) {
        network_->close(connection, code_row(code).closes);
    }
}

void Gate::say_goodbye() {
    for (const auto& [connection, peer] : std::map(peers_)) {
        end(connection, code::stopping);
    }
}

}  // namespace kiln::server

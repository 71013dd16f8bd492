// The conversation with the server: greeting, numbered commands, acknowledgements, coming back after a loss.
// Knows nothing of the page, so that it can be tried without one. docs/protocol.md describes the messages.

const protocolVersion = 1;
const backoffMs = [400, 1000, 2000, 4000, 8000, 15000];
const acknowledgeAfterMs = 1000;
const pingEveryMs = 20000;
const silenceMs = 45000;
const mostWaiting = 25;

// After these the server does not want this client back by itself.
const finalCodes = new Set(['ended', 'taken_over', 'flood']);
// After these the greeting has to be said again with other words, by a person.
const greetingCodes = new Set(['bad_token', 'name_refused', 'wrong_version']);

export class Connection {
  // `listener(kind, detail)` hears: status, welcome, message, accepted, rejected, refused, closed.
  // `memory` has get(key) and set(key, value|null): `token` outlives the tab, the rest lives as long as the tab.
  constructor({ url, memory, listener, makeSocket = (address) => new WebSocket(address) }) {
    this.url = url;
    this.memory = memory;
    this.listener = listener;
    this.makeSocket = makeSocket;
    this.socket = null;
    this.greeted = false;
    this.wanted = false;
    this.attempt = 0;
    this.name = '';
    this.session = memory.get('session') ?? 0;
    this.lastSeen = memory.get('last_seen') ?? 0;
    this.nextNumber = memory.get('next_number') ?? 1;
    this.waiting = memory.get('waiting') ?? [];     // commands that are not yet durable: {n, text}
    this.acknowledged = this.lastSeen;
    this.timers = {};
  }

  hasToken() { return Boolean(this.memory.get('token')); }

  forget() {
    this.memory.set('token', null);
    this.leaveSession();
  }

  // Joins: with the token of an earlier visit, or under a name, or as a guest.
  open(name = '') {
    this.name = name;
    this.wanted = true;
    this.attempt = 0;
    this.connect();
  }

  // Sends a line, now or as soon as the connection is back. False if too much is waiting already.
  send(text) {
    if (this.waiting.length >= mostWaiting) return null;
    const command = { n: this.nextNumber++, text };
    this.waiting.push(command);
    this.remember();
    if (this.greeted) this.write({ type: 'command', ...command });
    return command.n;
  }

  // The network changed or the page woke up: find out at once whether the connection still lives.
  wake() {
    if (!this.wanted) return;
    if (this.greeted) {
      this.write({ type: 'ping', t: Date.now() });
      this.expectWithin(5000);
    } else if (!this.socket) {
      this.attempt = 0;
      this.connect();
    }
  }

  // What a reload of the page needs to go on where it was.
  remember() {
    this.memory.set('session', this.session);
    this.memory.set('last_seen', this.lastSeen);
    this.memory.set('next_number', this.nextNumber);
    this.memory.set('waiting', this.waiting);
  }

  leaveSession() {
    this.session = 0;
    this.lastSeen = 0;
    this.acknowledged = 0;
    this.nextNumber = 1;
    this.waiting = [];
    this.remember();
  }

  connect() {
    clearTimeout(this.timers.retry);
    if (this.socket) return;
    this.listener('status', { state: this.attempt === 0 ? 'connecting' : 'reconnecting' });
    const socket = this.makeSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.greet();
    socket.onmessage = (event) => {
      if (this.socket === socket) this.receive(event.data);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
    this.expectWithin(15000);
  }

  greet() {
    const hello = { type: 'hello', version: protocolVersion };
    const token = this.memory.get('token');
    if (token) {
      hello.token = token;
      if (this.session) {
        hello.session = this.session;
        hello.last_seen = this.lastSeen;
      }
    } else if (this.name) {
      hello.name = this.name;
    }
    this.write(hello);
  }

  write(message) {
    if (this.socket && this.socket.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  receive(frame) {
    this.expectWithin(silenceMs);
    let messages;
    try {
      messages = JSON.parse(frame);
    } catch {
      return;
    }
    for (const message of Array.isArray(messages) ? messages : [messages]) this.take(message);
  }

  take(message) {
    switch (message.type) {
      case 'welcome': return this.welcomed(message);
      case 'ack': return this.durable(message.n);
      case 'error': return this.refused(message);
      case 'closed': return this.closed(message);
      case 'pong': return undefined;
      case 'aside': return this.aside(message);
      case 'notice': return this.listener('message', message);
      default: return this.output(message);
    }
  }

  welcomed(message) {
    const goesOn = message.session === this.session;
    this.memory.set('token', message.token);
    if (goesOn) {
      this.waiting = this.waiting.filter((command) => command.n > message.last_input);
      this.nextNumber = Math.max(this.nextNumber, message.last_input + 1);
    } else {
      // Whether commands of a session that is gone were run cannot be known, so they are not sent again.
      const dropped = this.waiting;
      this.session = message.session;
      this.lastSeen = Math.max(0, message.next_output - 1);
      this.acknowledged = this.lastSeen;
      this.nextNumber = message.last_input + 1;
      this.waiting = [];
      if (dropped.length > 0) this.listener('rejected', { commands: dropped });
    }
    this.greeted = true;
    this.attempt = 0;
    this.remember();
    this.listener('welcome', { ...message, goesOn });
    this.listener('status', { state: 'connected' });
    for (const command of this.waiting) this.write({ type: 'command', ...command });
    clearInterval(this.timers.ping);
    this.timers.ping = setInterval(() => this.write({ type: 'ping', t: Date.now() }), pingEveryMs);
  }

  // Each output is shown once, however often it is sent.
  output(message) {
    if (!Number.isInteger(message.n) || message.n <= this.lastSeen) return;
    this.lastSeen = message.n;
    this.acknowledgeSoon();
    this.listener('message', message);
  }

  acknowledgeSoon() {
    if (this.timers.acknowledge) return;
    this.timers.acknowledge = setTimeout(() => {
      this.timers.acknowledge = 0;
      if (!this.greeted || this.lastSeen <= this.acknowledged) return;
      this.acknowledged = this.lastSeen;
      this.write({ type: 'ack', n: this.lastSeen });
      this.remember();
    }, acknowledgeAfterMs);
  }

  durable(number) {
    this.waiting = this.waiting.filter((command) => command.n > number);
    this.remember();
    this.listener('accepted', { n: number });
  }

  // An answer of a world that stands still: the command is done with, but nothing was kept.
  aside(message) {
    this.waiting = this.waiting.filter((command) => command.n !== message.n);
    this.remember();
    this.listener('accepted', { n: message.n });
    this.listener('message', { ...message, type: 'text' });
  }

  refused(message) {
    if (message.n) {
      this.waiting = this.waiting.filter((command) => command.n !== message.n);
      this.remember();
      this.listener('accepted', { n: message.n });
    }
    if (!this.greeted && greetingCodes.has(message.code)) {
      const stale = message.code === 'bad_token';
      if (stale) this.forget();
      this.stop();
      this.listener('refused', message);
      return;
    }
    this.listener('message', message);
  }

  closed(message) {
    if (message.n && message.n > this.lastSeen) this.lastSeen = message.n;
    if (!finalCodes.has(message.code)) return;
    // A session that ended, or lives elsewhere, is not this tab's any more; the character still is.
    this.leaveSession();
    this.stop();
    this.listener('closed', message);
  }

  stop() {
    this.wanted = false;
    const socket = this.socket;
    this.drop();
    if (socket) socket.close();
  }

  drop() {
    this.socket = null;
    this.greeted = false;
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.timers = {};
  }

  lost() {
    this.drop();
    if (!this.wanted) return;
    const base = backoffMs[Math.min(this.attempt, backoffMs.length - 1)];
    this.attempt += 1;
    this.listener('status', { state: 'reconnecting' });
    // Spread out, so that a thousand players do not come back in the same moment.
    this.timers.retry = setTimeout(() => this.connect(), base * (0.5 + Math.random()));
  }

  expectWithin(milliseconds) {
    clearTimeout(this.timers.silence);
    this.timers.silence = setTimeout(() => {
      const socket = this.socket;
      if (!socket) return;
      this.lost();
      socket.close();
    }, milliseconds);
  }
}

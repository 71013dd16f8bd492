// One player who types a command a second: half movement and looking, a fifth things, a fifth fights, a tenth talk.

import { openSocket } from './socket.mjs';

const talk = ['say is anybody here?', 'smile', 'say it rains!', 'emote counts the cobbles.', 'nod'];

export class Bot {
  constructor(port, number) {
    Object.assign(this, { number, greeted: false, n: 1, seen: 0, exits: [], items: [], beasts: [], sentAt: new Map(),
      delays: [], lost: '', refused: 0, heard: 0, frames: 0, bytes: 0, moved: 0 });
    this.socket = openSocket('127.0.0.1', port, {
      onOpen: () => this.socket.send(JSON.stringify({ type: 'hello', version: 1 })),
      onMessage: (text) => {
        this.frames += 1;
        this.bytes += text.length;
        for (const message of [JSON.parse(text)].flat()) this.hear(message);
      },
      onClose: (reason) => { this.lost = reason || 'closed'; },
    });
  }

  hear(message) {
    this.heard += 1;
    if (message.type === 'welcome') {
      this.greeted = true;
      this.n = message.last_input + 1;
    } else if (message.type === 'ack') {
      for (const [n, at] of this.sentAt) {
        if (n > message.n) break;
        this.delays.push(performance.now() - at);
        this.sentAt.delete(n);
      }
    } else if (message.type === 'room') {
      this.enter(message.data);
    } else if (message.type === 'error') {
      this.refused += 1;
      this.sentAt.delete(message.n);
    }
    if (message.n && message.type !== 'ack' && message.type !== 'error') this.seen = message.n;
  }

  enter(room) {
    if (room.id !== this.room) this.moved += 1;
    this.room = room.id;
    const lastWord = ({ name }) => name.split(' ').at(-1);
    this.exits = room.exits.filter((exit) => !exit.door || exit.door === 'open').map((exit) => exit.dir);
    this.items = room.items.map(lastWord);
    this.beasts = room.creatures.filter(({ name }) => !name.startsWith('Wanderer')).map(lastWord);
  }

  choose() {
    const turn = Math.floor(Math.random() * 1000);
    const one = (list) => list[turn % list.length];
    const kind = Math.floor(Math.random() * 10);
    if (kind < 3 && this.exits.length > 0) return one(this.exits);
    if (kind < 5) return one(['look', 'exits', 'look me']);
    if (kind < 7) return one(['inventory', this.items.length > 0 ? `get ${one(this.items)}` : 'equipment', 'drop all', 'wear all']);
    if (kind < 9) return one([this.beasts.length > 0 ? `kill ${one(this.beasts)}` : 'score', 'flee', 'score']);
    return one(talk);
  }

  act() {
    if (!this.greeted || this.lost) return;
    this.sentAt.set(this.n, performance.now());
    this.socket.send(JSON.stringify({ type: 'command', n: this.n, text: this.choose() }));
    this.n += 1;
    if (this.n % 3 === 0 && this.seen) this.socket.send(JSON.stringify({ type: 'ack', n: this.seen }));
  }

  // Walks on without a look, to be somewhere else than everybody when it begins.
  wander() {
    if (this.greeted && !this.lost && this.exits.length > 0) {
      const way = this.exits[Math.floor(Math.random() * this.exits.length)];
      this.socket.send(JSON.stringify({ type: 'command', n: this.n, text: way }));
      if (this.seen) this.socket.send(JSON.stringify({ type: 'ack', n: this.seen }));
      this.n += 1;
    }
  }

  begin() {
    // Spread over the second, and never in step.
    const next = () => {
      this.act();
      this.timer = setTimeout(next, 900 + Math.random() * 200);
    };
    this.timer = setTimeout(next, Math.random() * 1000);
  }

  end() {
    clearTimeout(this.timer);
    this.socket.close();
  }
}

// Hundreds of players against a real server: each types about one command a second. Prints what they felt (time from a command
// to its being durable) and what it cost the server (tick times from /metrics, CPU time from /proc).

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSocket } from './socket.mjs';

const lines = ['look', 'inventory', 'say is anybody here?', 'score', 'smile', 'look me', 'exits'];
const ticksOfCpuPerSecond = 100;
const warmUpSeconds = 5;

function optionsOf(words) {
  const options = { bots: 500, seconds: 30 };
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i].replace(/^--/, '');
    const value = Number(words[i + 1]);
    if (!(name in options) || !Number.isInteger(value) || value < 1) {
      console.error('usage: bots.mjs KILN [--bots N] [--seconds N]');
      process.exit(2);
    }
    options[name] = value;
  }
  return options;
}

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

async function startServer(kiln, data) {
  const child = spawn(kiln, ['serve', 'content', '--address', '127.0.0.1', '--port', '0', '--data', data],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const port = await new Promise((resolve, reject) => {
    const hear = (piece) => {
      if (output.length < 100_000) output += piece;
      const found = output.match(/https?:\/\/[^\s/]+:(\d+)/);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`kiln serve ended with ${code}:\n${output}`)));
  });
  return { child, port };
}

class Bot {
  constructor(port, number) {
    Object.assign(this, { number, greeted: false, n: 1, seen: 0, exits: [], sentAt: new Map(), delays: [], lost: '' });
    this.refused = 0;
    this.socket = openSocket('127.0.0.1', port, {
      onOpen: () => this.socket.send(JSON.stringify({ type: 'hello', version: 1 })),
      onMessage: (text) => {
        for (const message of [JSON.parse(text)].flat()) this.hear(message);
      },
      onClose: (reason) => { this.lost = reason || 'closed'; },
    });
  }

  hear(message) {
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
      this.exits = (message.data.exits ?? []).filter((exit) => exit.door !== 'locked').map((exit) => exit.dir);
    } else if (message.type === 'error') {
      this.refused += 1;
      this.sentAt.delete(message.n);
    }
    if (message.n && message.type !== 'ack' && message.type !== 'error') this.seen = message.n;
  }

  act() {
    if (!this.greeted || this.lost) return;
    const turn = this.number + this.n;
    const walks = turn % 5 < 2 && this.exits.length > 0;
    const text = walks ? this.exits[turn % this.exits.length] : lines[turn % lines.length];
    this.sentAt.set(this.n, performance.now());
    this.socket.send(JSON.stringify({ type: 'command', n: this.n, text }));
    this.n += 1;
    if (this.n % 3 === 0 && this.seen) this.socket.send(JSON.stringify({ type: 'ack', n: this.seen }));
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

const fetchText = (port, path) => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port, path }, (response) => {
    let text = '';
    response.on('data', (piece) => { text += piece; });
    response.on('end', () => resolve(text));
  }).on('error', reject);
});

function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksOfCpuPerSecond;
}

function residentMegabytes(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

async function measure({ child, port }) {
  const text = await fetchText(port, '/metrics');
  const number = (name) => Number(text.match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1] ?? NaN);
  const buckets = [...text.matchAll(/^kiln_tick_duration_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm)]
    .map(([, bound, count]) => ({ bound: bound === '+Inf' ? Infinity : Number(bound), count: Number(count) }));
  return { buckets, cpu: cpuSeconds(child.pid), commands: number('kiln_commands_total'), overruns: number('kiln_tick_overruns_total'),
    sent: number('kiln_messages_sent_total'), faults: number('kiln_faults_total'), at: performance.now() };
}

// The upper bound of the bucket in which the part lies: never flattering.
function bucketQuantile(before, after, part) {
  const counts = after.buckets.map(({ bound, count }, i) => ({ bound, count: count - before.buckets[i].count }));
  const total = counts[counts.length - 1].count;
  return counts.find(({ count }) => count >= total * part).bound;
}

function quantile(values, part) {
  values.sort((a, b) => a - b);
  return values.length === 0 ? NaN : values[Math.min(values.length - 1, Math.floor(values.length * part))];
}

function report(before, after, bots, server) {
  const seconds = (after.at - before.at) / 1000;
  const commands = after.commands - before.commands;
  const delays = bots.flatMap((bot) => bot.delays);
  const figures = [
    ['bots', bots.filter((bot) => bot.greeted && !bot.lost).length, ''],
    ['commands', (commands / seconds).toFixed(0), '1/s'],
    ['messages sent', ((after.sent - before.sent) / seconds).toFixed(0), '1/s'],
    ['tick p50, at most', (bucketQuantile(before, after, 0.5) * 1000).toFixed(2), 'ms'],
    ['tick p99, at most', (bucketQuantile(before, after, 0.99) * 1000).toFixed(2), 'ms'],
    ['tick overruns', after.overruns - before.overruns, ''],
    ['command to durable p50', quantile(delays, 0.5).toFixed(1), 'ms'],
    ['command to durable p99', quantile(delays, 0.99).toFixed(1), 'ms'],
    ['server CPU', (((after.cpu - before.cpu) / seconds) * 100).toFixed(1), '% of a core'],
    ['server CPU per command', (((after.cpu - before.cpu) / commands) * 1e6).toFixed(0), 'us'],
    ['server memory', residentMegabytes(server.child.pid).toFixed(0), 'MB'],
    ['refused', bots.reduce((sum, bot) => sum + bot.refused, 0), ''],
    ['lost connections', bots.filter((bot) => bot.lost).length, ''],
    ['faults', after.faults - before.faults, ''],
  ];
  for (const [name, value, unit] of figures) console.log(`${name}: ${value}${unit ? ` ${unit}` : ''}`);
}

async function main() {
  const kiln = process.argv[2] ?? 'build/release/kiln';
  const options = optionsOf(process.argv.slice(3));
  const data = mkdtempSync(join(tmpdir(), 'kiln-bots-'));
  const server = await startServer(kiln, data);
  try {
    const bots = [];
    for (let i = 0; i < options.bots; i += 1) {
      bots.push(new Bot(server.port, i));
      if (i % 50 === 49) await pause(0.1);
    }
    for (const bot of bots) bot.begin();
    await pause(warmUpSeconds);
    for (const bot of bots) bot.delays = [];
    const before = await measure(server);
    await pause(options.seconds);
    const after = await measure(server);
    report(before, after, bots, server);
    const reasons = new Set(bots.map((bot) => bot.lost).filter(Boolean));
    if (reasons.size > 0) console.error(`lost: ${[...reasons].join('; ')}`);
    for (const bot of bots) bot.end();
  } finally {
    server.child.removeAllListeners('exit');
    server.child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
  process.exit(0);
}

main().catch((problem) => {
  console.error(problem.message);
  process.exit(1);
});

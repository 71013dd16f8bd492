// Hundreds of players against a real server: each types about one command a second. Prints what they felt (time from a
// command to its being durable) and what it cost the server (tick times from /metrics, by the clock and of the processor, CPU time from /proc), beside a
// bare echo of the same library that answers as many commands of the same clients with one frame each.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bot } from './bot.mjs';
import { cpuSeconds, measure, residentMegabytes, startProcess } from './server.mjs';
import { openSocket } from './socket.mjs';
import { makeWorld } from './world.mjs';

const warmUpSeconds = 5;
const spreadSteps = 80;

function fail(words) {
  console.error(words);
  process.exit(2);
}

function optionsOf(words) {
  const options = { bots: 500, seconds: 30, rooms: 0, data: '' };
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i].replace(/^--/, '');
    if (!(name in options) || words[i + 1] === undefined) {
      fail('usage: bots.mjs KILN ECHO [--bots N] [--seconds N] [--rooms N (0: the content that comes with Kiln)] [--data DIR]');
    }
    options[name] = name === 'data' ? words[i + 1] : Number(words[i + 1]);
    if (name !== 'data' && !Number.isInteger(options[name])) fail(`${words[i]} takes a number`);
  }
  return options;
}

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

// The upper bound of the bucket in which the part lies: never flattering.
function bucketQuantile(before, after, part) {
  const counts = after.map(({ bound, count }, i) => ({ bound, count: count - before[i].count }));
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
  const perCommand = ((after.cpu - before.cpu) / commands) * 1e6;
  const figures = [
    ['bots', bots.filter((bot) => bot.greeted && !bot.lost).length, ''],
    ['commands', (commands / seconds).toFixed(0), '1/s'],
    ['messages sent', ((after.messages - before.messages) / seconds).toFixed(0), '1/s'],
    ['frames sent', ((after.frames - before.frames) / seconds).toFixed(0), '1/s'],
    ['tick mean', (((after.tickSeconds - before.tickSeconds) / (after.ticks - before.ticks)) * 1000).toFixed(2), 'ms'],
    ['tick p50, at most', (bucketQuantile(before.buckets, after.buckets, 0.5) * 1000).toFixed(2), 'ms'],
    ['tick p99, at most', (bucketQuantile(before.buckets, after.buckets, 0.99) * 1000).toFixed(2), 'ms'],
    ['tick CPU mean', (((after.tickCpuSeconds - before.tickCpuSeconds) / (after.ticks - before.ticks)) * 1000).toFixed(2), 'ms'],
    ['tick CPU p99, at most', (bucketQuantile(before.cpuBuckets, after.cpuBuckets, 0.99) * 1000).toFixed(2), 'ms'],
    ['tick overruns', after.overruns - before.overruns, ''],
    ['command to durable p50', quantile(delays, 0.5).toFixed(1), 'ms'],
    ['command to durable p99', quantile(delays, 0.99).toFixed(1), 'ms'],
    ['server CPU', (((after.cpu - before.cpu) / seconds) * 100).toFixed(1), '% of a core'],
    ['server CPU per command', perCommand.toFixed(0), 'us'],
    ['server memory', residentMegabytes(server.child.pid).toFixed(0), 'MB'],
    ['refused', bots.reduce((sum, bot) => sum + bot.refused, 0), ''],
    ['lost connections', bots.filter((bot) => bot.lost).length, ''],
    ['faults', after.faults - before.faults, ''],
  ];
  for (const [name, value, unit] of figures) console.log(`${name}: ${value}${unit ? ` ${unit}` : ''}`);
  return perCommand;
}

// The same number of clients, a command a second each, answered with a frame of the usual size and nothing else.
async function measureEcho(program, options) {
  const server = await startProcess(program, []);
  const line = JSON.stringify({ type: 'command', n: 1000, text: 'look' }).padEnd(150, ' ');
  let answers = 0;
  const sockets = [];
  for (let i = 0; i < options.bots; i += 1) {
    const socket = openSocket('127.0.0.1', server.port, {
      onOpen: () => { socket.timer = setInterval(() => socket.send(line), 1000); },
      onMessage: () => { answers += 1; },
      onClose: () => {},
    });
    sockets.push(socket);
    if (i % 50 === 49) await pause(0.1);
  }
  await pause(1);
  const [before, answersBefore] = [cpuSeconds(server.child.pid), answers];
  await pause(Math.max(5, options.seconds / 3));
  const perAnswer = ((cpuSeconds(server.child.pid) - before) / (answers - answersBefore)) * 1e6;
  for (const socket of sockets) clearInterval(socket.timer);
  server.child.kill('SIGKILL');
  return perAnswer;
}

async function play(kiln, options, folder) {
  let content = 'content';
  if (options.rooms > 0) makeWorld(content = join(folder, 'content'), options.rooms);
  const data = options.data || join(folder, 'data');
  const server = await startProcess(kiln, ['serve', content, '--address', '127.0.0.1', '--port', '0', '--data', data]);
  try {
    const bots = [];
    for (let i = 0; i < options.bots; i += 1) {
      bots.push(new Bot(server.port, i));
      if (i % 50 === 49) await pause(0.1);
    }
    for (let step = 0; step < spreadSteps && options.rooms > 1; step += 1) {
      for (const bot of bots) bot.wander();
      await pause(0.3);
    }
    for (const bot of bots) bot.begin();
    await pause(warmUpSeconds);
    for (const bot of bots) bot.delays = [];
    const before = await measure(server);
    await pause(options.seconds);
    const after = await measure(server);
    const perCommand = report(before, after, bots, server);
    const reasons = new Set(bots.map((bot) => bot.lost).filter(Boolean));
    if (reasons.size > 0) console.error(`lost: ${[...reasons].join('; ')}`);
    for (const bot of bots) bot.end();
    return perCommand;
  } finally {
    server.child.kill(options.data ? 'SIGTERM' : 'SIGKILL');
  }
}

async function main() {
  const [kiln, echo, ...words] = process.argv.slice(2);
  const options = optionsOf(words);
  const folder = mkdtempSync(join(tmpdir(), 'kiln-bots-'));
  try {
    const perCommand = await play(kiln, options, folder);
    if (echo !== '-') {
      const perAnswer = await measureEcho(echo, options);
      console.log(`bare echo CPU per command: ${perAnswer.toFixed(0)} us`);
      console.log(`server against bare echo: ${(perCommand / perAnswer).toFixed(1)} x`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

main().catch((problem) => {
  console.error(problem.message);
  process.exit(1);
});

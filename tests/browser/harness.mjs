// What the browser test stands on: checks that are counted, a server of its own, a browser without habits.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const chromiumPlaces = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const counts = { passed: 0, failed: 0 };
const cleanups = [];

// Runs one named check; a failure is printed and counted, and the rest goes on.
export async function check(name, body) {
  try {
    await body();
    counts.passed += 1;
    console.log(`passed: ${name}`);
  } catch (problem) {
    counts.failed += 1;
    console.log(`failed: ${name}\n    ${String(problem.message ?? problem).split('\n').join('\n    ')}`);
  }
}

export function expect(condition, words) {
  if (!condition) throw new Error(words);
}

// Asks again and again until the answer is true; the last answer stands in the failure.
export async function eventually(question, words, withinMs = 15000) {
  const end = Date.now() + withinMs;
  let last;
  while (Date.now() < end) {
    last = await question().catch((problem) => problem.message);
    if (last === true) return;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`${words} (last answer: ${JSON.stringify(last)})`);
}

export function emptyFolder(purpose) {
  const folder = mkdtempSync(join(tmpdir(), `kiln-${purpose}-`));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Starts `kiln serve` and waits for the address it prints. Without a port it takes any free one.
export async function startServer(kiln, data, port = 0) {
  const child = spawn(kiln, ['serve', 'content', '--address', '127.0.0.1', '--port', String(port), '--data', data],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  cleanups.push(() => child.kill('SIGKILL'));
  let output = '';
  const address = await new Promise((resolve, reject) => {
    const hear = (piece) => {
      output += piece;
      const found = output.match(/https?:\/\/[^\s/]+:(\d+)/);
      if (found) resolve({ url: `http://127.0.0.1:${found[1]}/`, port: Number(found[1]) });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    ended.then((code) => reject(new Error(`kiln serve ended with ${code}:\n${output}`)));
    setTimeout(() => reject(new Error(`kiln serve printed no address within a minute:\n${output}`)), 60000).unref();
  });
  return { ...address, child, ended, output: () => output };
}

export async function startBrowser() {
  const executablePath = chromiumPlaces.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error('There is no chromium; CHROMIUM=/path/to/it says where it is.');
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  cleanups.push(() => browser.close());
  return browser;
}

// Ends everything and says how it went. The exit code tells the same.
export async function finish(problem) {
  if (problem) {
    counts.failed += 1;
    console.log(`failed: ${problem.stack ?? problem}`);
  }
  for (const cleanup of cleanups.reverse()) await Promise.resolve(cleanup()).catch(() => {});
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

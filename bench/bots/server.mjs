// A process to be measured: started, asked for its counters, looked at in /proc.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

const ticksOfCpuPerSecond = 100;

// Answers { child, port } when the process has said where it listens.
export async function startProcess(program, words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const port = await new Promise((resolve, reject) => {
    const hear = (piece) => {
      if (output.length < 100_000) output += piece;
      const found = output.match(/https?:\/\/[^\s/]+:(\d+)/);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}:\n${output}`)));
  });
  child.removeAllListeners('exit');
  return { child, port };
}

export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksOfCpuPerSecond;
}

export function residentMegabytes(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

const fetchText = (port, path) => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port, path }, (response) => {
    let text = '';
    response.on('data', (piece) => { text += piece; });
    response.on('end', () => resolve(text));
  }).on('error', reject);
});

// The counters of a Kiln server now.
export async function measure({ child, port }) {
  const text = await fetchText(port, '/metrics');
  const number = (name) => Number(text.match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1] ?? NaN);
  const buckets = (name) => [...text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)$`, 'gm'))]
    .map(([, bound, count]) => ({ bound: bound === '+Inf' ? Infinity : Number(bound), count: Number(count) }));
  return { buckets: buckets('kiln_tick_duration_seconds'), cpuBuckets: buckets('kiln_tick_cpu_seconds'), cpu: cpuSeconds(child.pid), commands: number('kiln_commands_total'),
    overruns: number('kiln_tick_overruns_total'), messages: number('kiln_messages_sent_total'),
    frames: number('kiln_frames_sent_total'), faults: number('kiln_faults_total'),
    tickSeconds: number('kiln_tick_duration_seconds_sum'), ticks: number('kiln_tick_duration_seconds_count'),
    tickCpuSeconds: number('kiln_tick_cpu_seconds_sum'),
    at: performance.now() };
}

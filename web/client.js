// The page: shows what the world says, sends what the player does. No framework, no build step.

import { Connection } from '/connection.js';

const mostParagraphs = 500;
const mostRemembered = 150;
// As the world lists them.
const directionOrder = ['north', 'east', 'south', 'west', 'northeast', 'southeast', 'southwest', 'northwest',
  'up', 'down', 'in', 'out'];

const element = (id) => document.getElementById(id);
const [log, newer, start, controls, line, ways, vitals] =
  ['log', 'newer', 'start', 'controls', 'line', 'ways', 'vitals'].map(element);

// ---- memory

// Storage may be forbidden or full; the page then simply forgets.
const memory = {
  store: (key) => (key === 'token' ? localStorage : sessionStorage),
  get(key) {
    try {
      return JSON.parse(this.store(key).getItem(`kiln.${key}`));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) this.store(key).removeItem(`kiln.${key}`);
      else this.store(key).setItem(`kiln.${key}`, JSON.stringify(value));
    } catch { /* nothing to do */ }
  },
};

// ---- the log

const remembered = [];            // what a reload shows again
const unconfirmed = new Map();    // command number -> its line in the log

const wordOf = (text) => String(text ?? '').replace(/[^a-z0-9_-]/gi, '').toLowerCase();

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
  newer.hidden = true;
}

// What arrives together is one piece and is read from its beginning: the log follows, but not past that.
const pieceMs = 600;
let piece = null;

function beginPiece(first, follows) {
  clearTimeout(piece?.timer);
  piece = { first, follows, timer: setTimeout(() => { piece = null; }, pieceMs) };
}

function append(node) {
  if (!piece) beginPiece(node, isAtEnd());
  log.append(node);
  while (log.childElementCount > mostParagraphs) log.firstElementChild.remove();
  if (piece.follows) log.scrollTop = piece.first.offsetTop - log.offsetTop - 12;
  newer.hidden = isAtEnd();
}

function runNode({ s, t }) {
  if (!s) return document.createTextNode(t);
  const span = document.createElement('span');
  span.className = `s-${wordOf(s)}`;
  span.textContent = t;
  return span;
}

// Runs, cut into paragraphs where their text has an empty line.
function paragraphsOf(runs) {
  const paragraphs = [[]];
  for (const { s, t } of runs) {
    String(t ?? '').split(/\n{2,}/).forEach((piece, i) => {
      if (i > 0) paragraphs.push([]);
      if (piece) paragraphs[paragraphs.length - 1].push({ s, t: piece });
    });
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}

function paragraph(topic, runs) {
  // The name of a place is a heading, so that one can walk the log from place to place.
  const isPlace = topic === 'room' && runs.length > 0 && runs[0].s === 'title';
  const holder = document.createElement('div');
  holder.className = `said t-${wordOf(topic)}`;
  if (isPlace) {
    const heading = document.createElement('h2');
    heading.textContent = runs[0].t.trim();
    holder.append(heading);
    const first = runs[1] ? { ...runs[1], t: runs[1].t.replace(/^\s+/, '') } : null;
    runs = first ? [first, ...runs.slice(2)] : [];
  }
  for (const part of paragraphsOf(runs)) {
    const text = document.createElement('p');
    text.append(...part.map(runNode));
    holder.append(text);
  }
  return holder;
}

function show(topic, runs) {
  if (!Array.isArray(runs) || runs.length === 0) return;
  remembered.push({ topic, runs });
  if (remembered.length > mostRemembered) remembered.shift();
  append(paragraph(topic, runs));
}

const showPlain = (topic, text) => { if (text) show(topic, [{ t: text }]); };

function showOwn(text, number) {
  remembered.push({ own: text });
  if (remembered.length > mostRemembered) remembered.shift();
  const node = ownNode(text);
  if (number) {
    node.classList.add('unconfirmed');
    unconfirmed.set(number, node);
  }
  beginPiece(node, true);
  append(node);
}

function ownNode(text) {
  const node = document.createElement('p');
  node.className = 'own';
  node.textContent = text;
  return node;
}

function confirmUpTo(number) {
  for (const [n, node] of unconfirmed) {
    if (n > number) continue;
    node.classList.remove('unconfirmed');
    unconfirmed.delete(n);
  }
}

function restoreLog() {
  // What was read before is not news: it is put back before anybody listens.
  log.setAttribute('aria-live', 'off');
  for (const entry of memory.get('log') ?? []) {
    remembered.push(entry);
    log.append(entry.own === undefined ? paragraph(entry.topic, entry.runs) : ownNode(entry.own));
  }
  scrollToEnd();
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 200);
}

function rememberAll() {
  memory.set('log', remembered);
  connection.remember();
}

// ---- ways out, things that change

const directionOf = (exit) => exit.dir ?? '';

function wayButton(exit) {
  const direction = directionOf(exit);
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.line = direction;
  button.textContent = direction;
  if (exit.name) button.title = `to ${exit.name}`;
  if (exit.door === 'closed' || exit.door === 'locked') {
    const note = document.createElement('small');
    note.textContent = ` ${exit.door}`;
    button.append(note);
    button.title = exit.door_name ?? '';
  }
  return button;
}

function showRoom(data) {
  element('place').textContent = data.name ?? '';
  const exits = (data.exits ?? []).filter((exit) => directionOf(exit));
  exits.sort((a, b) => directionOrder.indexOf(directionOf(a)) - directionOrder.indexOf(directionOf(b)));
  // The button a keyboard stands on may be about to vanish: stay on the same way, or go to the command line.
  const held = ways.contains(document.activeElement) ? document.activeElement.dataset.line : null;
  ways.replaceChildren(...exits.map(wayButton));
  ways.hidden = exits.length === 0;
  if (held) (ways.querySelector(`[data-line="${wordOf(held)}"]`) ?? ways.querySelector('button') ?? line).focus();
}

const numbers = {};

function showNumbers(data) {
  Object.assign(numbers, data ?? {});
  if (!Number.isFinite(numbers.hp) || !(numbers.max_hp > 0)) return;
  const health = element('health');
  health.max = numbers.max_hp;
  health.low = numbers.max_hp * 0.3;
  health.high = numbers.max_hp * 0.6;
  health.optimum = numbers.max_hp;
  health.value = Math.max(0, numbers.hp);
  const words = `Health ${numbers.hp} of ${numbers.max_hp}`;
  health.setAttribute('aria-label', words);
  health.title = words;
  vitals.hidden = false;
}

function showPrompt(message) {
  showNumbers(message.data);
  const prompt = element('prompt');
  // The > that ends a prompt belongs to terminals.
  const runs = message.runs ?? [];
  const shown = runs.map((run, i) => (i === runs.length - 1 ? { ...run, t: run.t.replace(/\s*>\s*$/, '') } : run));
  prompt.replaceChildren(...shown.map(runNode));
  if (prompt.textContent) vitals.hidden = false;
}

// ---- the conversation

const statusWords = {
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Connection lost. Trying again…',
  offline: 'You are offline. I go on when the network is back.',
  away: 'Not connected',
};

function setStatus(state) {
  const shown = state === 'reconnecting' && navigator.onLine === false ? 'offline' : state;
  document.body.dataset.connection = shown;
  const status = element('status');
  if (status.textContent !== statusWords[shown]) status.textContent = statusWords[shown];
}

function showStart(problem = '') {
  start.hidden = false;
  controls.hidden = true;
  element('return').hidden = !connection.hasToken();
  const notice = element('start-problem');
  notice.textContent = problem;
  notice.hidden = !problem;
  setStatus('away');
  element('name').focus();
}

function showWorld() {
  const wasHidden = controls.hidden;
  start.hidden = true;
  controls.hidden = false;
  if (wasHidden && matchMedia('(hover: hover)').matches) line.focus();
}

function hearMessage(message) {
  switch (message.type) {
    case 'text': return show(message.topic, message.runs);
    case 'room': return showRoom(message.data ?? {});
    case 'prompt': return showPrompt(message);
    case 'stat_update': return showNumbers(message.data);
    case 'gap': return showPlain('system', 'Some of what happened while you were away is lost.');
    case 'notice': return showPlain('system', message.text);
    case 'error': return showPlain('error', message.message);
    default: return undefined;
  }
}

const hear = {
  status: ({ state }) => setStatus(state),
  welcome(message) {
    const title = message.world || 'Kiln';
    element('world').textContent = title;
    document.title = `${message.name} in ${title}`;
    confirmUpTo(message.last_input);
    showWorld();
  },
  message: hearMessage,
  accepted: ({ n }) => confirmUpTo(n),
  rejected({ commands }) {
    for (const { text } of commands) showPlain('system', `The connection was lost before this was done: ${text}`);
  },
  refused: ({ message }) => showStart(message),
  closed({ code, reason }) {
    showPlain('system', reason);
    showStart(code === 'taken_over' ? 'You went on in another window.' : 'You have left the world.');
  },
};

const connection = new Connection({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
  memory,
  listener: (kind, detail) => hear[kind](detail),
});

function perform(text) {
  const words = text.trim();
  if (!words) return;
  const number = connection.send(words);
  if (number === null) showPlain('error', 'Too much is waiting already. It is sent when the connection is back.');
  else showOwn(words, number);
}

// ---- the command line

const history = memory.get('history') ?? [];
let historyAt = history.length;
let draft = '';

function recall(step) {
  const at = Math.min(Math.max(historyAt + step, 0), history.length);
  if (at === historyAt) return;
  if (historyAt === history.length) draft = line.value;
  historyAt = at;
  line.value = at === history.length ? draft : history[at];
  line.setSelectionRange(line.value.length, line.value.length);
}

element('command').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = line.value.trim();
  if (!text) return;
  if (history[history.length - 1] !== text) history.push(text);
  if (history.length > 100) history.shift();
  historyAt = history.length;
  memory.set('history', history);
  line.value = '';
  draft = '';
  perform(text);
});

line.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  recall(event.key === 'ArrowUp' ? -1 : 1);
});

controls.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-line]');
  if (button) perform(button.dataset.line);
});

// What the text says one can type can be pressed, too. What has a <gap> in it is put on the command line to be filled in.
log.addEventListener('click', (event) => {
  const words = event.target.closest('.s-command, .s-exit')?.textContent.trim();
  if (!words || controls.hidden || !getSelection().isCollapsed) return;
  if (!words.includes('<')) {
    perform(words);
    return;
  }
  line.value = words.slice(0, words.indexOf('<'));
  line.focus();
});

// Whoever types while reading means the command line.
document.addEventListener('keydown', (event) => {
  const typing = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (typing && !controls.hidden && (document.activeElement === document.body || document.activeElement === log)) line.focus();
});

start.addEventListener('submit', (event) => {
  event.preventDefault();
  connection.forget();
  connection.open(element('name').value.trim());
});

element('return').addEventListener('click', () => connection.open());
newer.addEventListener('click', () => { scrollToEnd(); line.focus(); });
log.addEventListener('scroll', () => { if (isAtEnd()) newer.hidden = true; });
new ResizeObserver(() => { if (newer.hidden) log.scrollTop = log.scrollHeight; }).observe(log);

window.addEventListener('online', () => connection.wake());
window.addEventListener('offline', () => connection.wake());
window.addEventListener('pagehide', rememberAll);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') rememberAll();
  else connection.wake();
});

restoreLog();
if (connection.hasToken()) {
  showWorld();
  connection.open();
} else {
  showStart();
}

// The page: a connection that survives, a log, a command line. Speaks server/protocol/messages.h (docs/protocol.md).
"use strict";

const PROTOCOL_VERSION = 1;
const LINES_IN_LOG = 800;
const LINES_KEPT = 200;                  // over a reload
const HISTORY_LENGTH = 200;
const FIRST_DELAY = 500, LONGEST_DELAY = 15000;
const PING_EVERY = 20000, PONG_WITHIN = 10000;
const ACK_AFTER = 700;

const element = (id) => document.getElementById(id);

// ---------------------------------------------------------------- what outlives the page
// Who one is belongs to the browser; the session, what was seen and what is not yet on the server's disk belong to the tab.

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory of this tab, not the game.
  }
}

const EMPTY_TAB = { session: 0, lastSeen: 0, nextCommand: 1, pending: [], lines: [], history: [], room: null, stats: {} };
let tab = { ...EMPTY_TAB, ...read(sessionStorage, "kiln.tab") };
let token = read(localStorage, "kiln.token");

function saveTab() {
  write(sessionStorage, "kiln.tab", { ...tab, lines: tab.lines.slice(-LINES_KEPT) });
}

function rememberToken(value) {
  token = value;
  write(localStorage, "kiln.token", value);
}

// ---------------------------------------------------------------- the log

const log = element("log");
let isAtEnd = true;

function styleClass(style) {
  return style.split(/\s+/).filter((word) => /^[a-z][a-z0-9_-]*$/.test(word)).map((word) => "s-" + word).join(" ");
}

function paragraphOf(line) {
  const isTitle = line.runs.length === 1 && line.runs[0].s === "title";
  const paragraph = document.createElement(isTitle ? "h2" : "p");
  paragraph.className = line.kind === "text" ? styleClass(line.topic || "").replaceAll("s-", "topic-") : line.kind;
  for (const run of line.runs) {
    const classes = run.s ? styleClass(run.s) : "";
    if (classes) {
      const span = document.createElement("span");
      span.className = classes;
      span.textContent = run.t;
      paragraph.append(span);
    } else {
      paragraph.append(run.t);
    }
  }
  if (line.kind === "echo") paragraph.setAttribute("aria-hidden", "true");   // readers need not hear what they typed
  if (line.n) paragraph.dataset.command = line.n;
  return paragraph;
}

function show(line) {
  tab.lines.push(line);
  if (tab.lines.length > 2 * LINES_KEPT) tab.lines.splice(0, LINES_KEPT);
  log.append(paragraphOf(line));
  while (log.childElementCount > LINES_IN_LOG) log.firstElementChild.remove();
  if (isAtEnd || line.kind === "echo") scrollToEnd();
  else element("below").hidden = false;
}

function scrollToEnd() {
  isAtEnd = true;
  element("below").hidden = true;
  log.scrollTop = log.scrollHeight;
}

function say(text) {
  show({ kind: "system", runs: [{ t: text }] });
}

log.addEventListener("scroll", () => {
  isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (isAtEnd) element("below").hidden = true;
});
new ResizeObserver(() => { if (isAtEnd) scrollToEnd(); }).observe(log);
element("below").addEventListener("click", () => { scrollToEnd(); element("line").focus(); });

// ---------------------------------------------------------------- room, exits, numbers

function doorWords(exit) {
  if (!exit.door) return "";
  return (exit.door_name || "a door") + ", " + exit.door;
}

// Buttons are kept by direction, so that one that has the focus keeps it when the room changes.
function showRoom(room) {
  tab.room = room;
  element("place").textContent = room ? room.name || "" : "";
  document.title = (room && room.name ? room.name + " \u2013 " : "") + element("world").textContent;
  const bar = element("exits");
  const had = new Map([...bar.children].map((button) => [button.dataset.command, button]));
  const hadFocus = bar.contains(document.activeElement);
  const exits = room && Array.isArray(room.exits) ? room.exits : [];
  const buttons = exits.map((exit) => {
    const button = had.get(exit.dir) || document.createElement("button");
    const beyond = exit.name || doorWords(exit);
    const direction = document.createElement("span");
    const to = document.createElement("span");
    direction.textContent = exit.dir;
    to.textContent = beyond;
    to.className = "to";
    button.type = "button";
    button.dataset.command = exit.dir;
    button.dataset.door = exit.door || "none";
    button.setAttribute("aria-label", exit.dir + (beyond ? ": " + beyond : ""));
    button.replaceChildren(...(beyond ? [direction, to] : [direction]));
    return button;
  });
  const stay = new Set(buttons);
  for (const button of [...bar.children]) if (!stay.has(button)) button.remove();
  buttons.forEach((button, i) => {
    if (bar.children[i] !== button) bar.insertBefore(button, bar.children[i] || null);
  });
  if (hadFocus && !bar.contains(document.activeElement)) element("line").focus();
}

function barOf(label, value, most) {
  const share = most > 0 ? Math.max(0, Math.min(1, value / most)) : 0;
  const bar = document.createElement("span");
  const track = document.createElement("span");
  const fill = document.createElement("span");
  bar.className = "bar";
  bar.dataset.level = share <= 0.25 ? "low" : share <= 0.5 ? "middle" : "high";
  bar.setAttribute("role", "meter");
  bar.setAttribute("aria-label", label);
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", String(most));
  bar.setAttribute("aria-valuenow", String(value));
  bar.setAttribute("aria-valuetext", value + " of " + most);
  track.className = "track";
  fill.className = "fill";
  fill.style.width = 100 * share + "%";
  track.append(fill);
  bar.append(track, label + " " + value + "/" + most);
  return bar;
}

function showStats(changed) {
  tab.stats = { ...tab.stats, ...changed };
  const stats = tab.stats;
  const parts = [];
  if (Number.isFinite(stats.hp) && Number.isFinite(stats.max_hp)) parts.push(barOf("hp", stats.hp, stats.max_hp));
  for (const [key, label] of [["level", "level"], ["xp", "xp"], ["gold", "gold"]]) {
    if (!Number.isFinite(stats[key])) continue;
    const part = document.createElement("span");
    part.textContent = label + " " + stats[key];
    parts.push(part);
  }
  if (typeof stats.fighting === "string" && stats.fighting) {
    const part = document.createElement("span");
    part.className = "s-bad";
    part.textContent = "fighting " + stats.fighting;
    parts.push(part);
  }
  element("vitals").replaceChildren(...parts);
}

// ---------------------------------------------------------------- the connection

const STATES = {
  idle: "",
  connecting: "Connecting\u2026",
  connected: "Connected",
  reconnecting: "Connection lost, trying again\u2026",
  offline: "You are offline",
  closed: "Not connected",
};

let socket = null;
let wanted = false;                      // whether the page should be connected
let greeted = false;                     // whether this connection has had its welcome
let wantedName = "";
let delay = FIRST_DELAY;
let retryTimer = 0, ackTimer = 0, pingTimer = 0, pongTimer = 0;

function setState(state) {
  const status = element("status");
  if (status.dataset.state === state && status.textContent === STATES[state]) return;
  status.dataset.state = state;
  status.textContent = STATES[state];
}

function send(message) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function connect() {
  clearTimeout(retryTimer);
  if (!wanted || socket) return;
  setState(tab.session ? "reconnecting" : "connecting");
  const address = new URL("ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.hash = address.search = "";
  const opened = new WebSocket(address);
  socket = opened;
  greeted = false;
  opened.onopen = () => { if (socket === opened) greet(); };
  opened.onmessage = (event) => { if (socket === opened) receive(event.data); };
  opened.onclose = () => { if (socket === opened) lost(); };
}

function greet() {
  const hello = { type: "hello", version: PROTOCOL_VERSION };
  if (token) hello.token = token;
  else if (wantedName) hello.name = wantedName;
  if (token && tab.session) {
    hello.session = tab.session;
    hello.last_seen = tab.lastSeen;
  }
  send(hello);
}

function drop() {
  const dropped = socket;
  socket = null;
  clearInterval(pingTimer);
  clearTimeout(pongTimer);
  if (dropped) dropped.close();
}

function lost() {
  drop();
  if (!wanted) return;
  setState(navigator.onLine === false ? "offline" : "reconnecting");
  retryTimer = setTimeout(connect, delay * (0.7 + 0.6 * Math.random()));
  delay = Math.min(LONGEST_DELAY, delay * 2);
}

function stop(note) {
  wanted = false;
  drop();
  setState("closed");
  showDoor(note);
}

function startPings() {
  clearInterval(pingTimer);
  pingTimer = setInterval(() => {
    send({ type: "ping", t: Math.floor(performance.now()) });
    clearTimeout(pongTimer);
    pongTimer = setTimeout(lost, PONG_WITHIN);
  }, PING_EVERY);
}

// What has been seen is saved first and acknowledged then: the server may forget what we could not lose any more.
function acknowledgeSoon() {
  if (ackTimer) return;
  ackTimer = setTimeout(() => {
    ackTimer = 0;
    saveTab();
    send({ type: "ack", n: tab.lastSeen });
  }, ACK_AFTER);
}

window.addEventListener("online", () => { delay = FIRST_DELAY; connect(); });
window.addEventListener("offline", () => { if (wanted) setState("offline"); });
window.addEventListener("pagehide", saveTab);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveTab();
  else if (wanted && !socket) { delay = FIRST_DELAY; connect(); }
});

// ---------------------------------------------------------------- what the server says

function receive(text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return;
  }
  const numbered = ["text", "room", "prompt", "stat_update", "gap"].includes(message.type);
  if (numbered) {
    if (message.n <= tab.lastSeen) return;           // sent again after a reconnect
    tab.lastSeen = message.n;
    acknowledgeSoon();
  }
  const handler = handlers[message.type];
  if (handler) handler(message);
}

const handlers = {
  welcome(message) {
    const isNew = message.session !== tab.session;
    greeted = true;
    delay = FIRST_DELAY;
    rememberToken(message.token);
    element("world").textContent = message.world || "Kiln";
    if (isNew) {
      if (tab.pending.length > 0) say("Your last command may not have arrived.");
      tab.session = message.session;
      tab.lastSeen = message.next_output - 1;
      tab.pending = [];
      tab.nextCommand = message.last_input + 1;
    }
    tab.pending = tab.pending.filter((command) => command.n > message.last_input);
    tab.nextCommand = Math.max(tab.nextCommand, message.last_input + 1);
    for (const command of tab.pending) send({ type: "command", n: command.n, text: command.text });
    saveTab();
    setState("connected");
    startPings();
    closeDoor();
  },
  text(message) {
    show({ kind: "text", topic: message.topic, runs: message.runs });
  },
  room(message) {
    showRoom(message.data);
  },
  prompt(message) {
    showStats(message.data);
  },
  stat_update(message) {
    showStats(message.data);
  },
  ack(message) {
    tab.pending = tab.pending.filter((command) => command.n > message.n);
  },
  gap() {
    say("Some of what happened did not reach you.");
  },
  notice(message) {
    say(message.text);
  },
  error(message) {
    if (message.code === "bad_token") {
      rememberToken(null);
      forgetSession();
      stop("The character you played here is gone. You can come in as somebody new.");
    } else if (message.code === "name_refused") {
      stop(sentence(message.message));
    } else if (message.code === "wrong_version") {
      stop("The server has been renewed. Reload this page.");
    } else {
      if (message.n) markUnsent(message.n);
      say(sentence(message.message));
    }
  },
  closed(message) {
    if (message.code === "ended") {
      say(sentence(message.reason));
      forgetSession();
      stop("");
    } else if (message.code === "taken_over") {
      stop("You went on playing in another window. Enter to go on here.");
    } else {
      say(sentence(message.reason));
      if (message.code === "flood" || message.code === "server_full") delay = LONGEST_DELAY;
      lost();
    }
  },
  pong() {
    clearTimeout(pongTimer);
  },
};

function sentence(text) {
  const whole = (text || "Something went wrong").trim();
  return whole.charAt(0).toUpperCase() + whole.slice(1) + (/[.!?\u2026]$/.test(whole) ? "" : ".");
}

function markUnsent(n) {
  tab.pending = tab.pending.filter((command) => command.n !== n);
  const echo = log.querySelector(`[data-command="${Number(n)}"]:last-of-type`) || log.querySelector(`[data-command="${Number(n)}"]`);
  if (echo) echo.classList.add("unsent");
}

function forgetSession() {
  tab.session = 0;
  tab.lastSeen = 0;
  tab.nextCommand = 1;
  tab.pending = [];
  tab.stats = {};
  showRoom(null);
  element("vitals").replaceChildren();
  saveTab();
}

// ---------------------------------------------------------------- the door: who comes in

function showDoor(note) {
  element("enter-title").textContent = token ? "Come back in" : "Come in";
  element("enter-note").textContent = note || "";
  for (const part of document.querySelectorAll("#enter label, #name, #name-help")) part.hidden = Boolean(token);
  element("enter").hidden = false;
  element("dock").hidden = true;
  (token ? document.querySelector("#enter button") : element("name")).focus();
  if (isAtEnd) scrollToEnd();
}

function closeDoor() {
  const wasOpen = !element("enter").hidden || element("dock").hidden;
  element("enter").hidden = true;
  element("dock").hidden = false;
  if (wasOpen) element("line").focus();
}

element("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  wantedName = element("name").value.trim();
  wanted = true;
  delay = FIRST_DELAY;
  drop();
  connect();
});

// ---------------------------------------------------------------- the command line

const line = element("line");
let place = tab.history.length;          // in the history; its length: the new line
let draft = "";

function perform(text) {
  const command = { n: tab.nextCommand++, text };
  tab.pending.push(command);
  show({ kind: "echo", n: command.n, runs: [{ t: "> " + text }] });
  if (greeted) send({ type: "command", n: command.n, text });
  saveTab();
}

function remember(text) {
  if (text && tab.history.at(-1) !== text) tab.history.push(text);
  tab.history = tab.history.slice(-HISTORY_LENGTH);
  place = tab.history.length;
  draft = "";
}

function walkHistory(step) {
  const next = Math.max(0, Math.min(tab.history.length, place + step));
  if (next === place) return;
  if (place === tab.history.length) draft = line.value;
  place = next;
  line.value = place === tab.history.length ? draft : tab.history[place];
  line.setSelectionRange(line.value.length, line.value.length);
}

element("command").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = line.value.trim();
  line.value = "";
  if (!text) return;
  remember(text);
  perform(text);
});

line.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowUp") walkHistory(-1);
  else if (event.key === "ArrowDown") walkHistory(1);
  else if (event.key === "Escape") line.value = "";
  else if (event.key === "PageUp" || event.key === "PageDown") {
    log.scrollBy({ top: (event.key === "PageUp" ? -0.8 : 0.8) * log.clientHeight });
  } else return;
  event.preventDefault();
});

// Buttons of the dock carry the command they stand for. With a mouse the command line keeps the focus; on a phone that
// would open the keyboard, and from the keyboard the button should keep it.
element("dock").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-command]");
  if (!button) return;
  perform(button.dataset.command);
  if (event.detail > 0 && matchMedia("(hover: hover) and (pointer: fine)").matches) line.focus();
});

// Typing anywhere goes to the command line.
document.addEventListener("keydown", (event) => {
  const isText = event.key.length === 1 && event.key !== " ";
  if (!isText || event.altKey || event.ctrlKey || event.metaKey || element("dock").hidden) return;
  if (document.activeElement === document.body || document.activeElement === log) line.focus();
});

// ---------------------------------------------------------------- begin

for (const kept of tab.lines.slice(-LINES_KEPT)) log.append(paragraphOf(kept));
if (tab.room) showRoom(tab.room);
showStats({});
scrollToEnd();
if (token) {
  wanted = true;
  closeDoor();
  connect();
} else {
  showDoor("");
}

// A small WebSocket client: text frames both ways, pings answered, nothing else. One process holds hundreds.

import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const opcodes = { more: 0, text: 1, close: 8, ping: 9, pong: 10 };

function frame(opcode, text) {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  const mask = randomBytes(4);
  const masked = Buffer.allocUnsafe(payload.length);
  for (let i = 0; i < payload.length; i += 1) masked[i] = payload[i] ^ mask[i & 3];
  return Buffer.concat([head, mask, masked]);
}

// Takes one whole frame from the front of the bytes, or nothing.
function takeFrame(bytes) {
  if (bytes.length < 2) return null;
  let length = bytes[1] & 0x7f;
  let begin = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    begin = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    length = Number(bytes.readBigUInt64BE(2));
    begin = 10;
  }
  if (bytes.length < begin + length) return null;
  return { opcode: bytes[0] & 15, isLast: (bytes[0] & 0x80) !== 0, payload: bytes.subarray(begin, begin + length),
    rest: bytes.subarray(begin + length) };
}

// Calls onOpen, onMessage(text) and onClose(reason). Returns { send(text), close() }.
export function openSocket(host, port, { onOpen, onMessage, onClose }) {
  const key = randomBytes(16).toString('base64');
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const socket = connect(port, host);
  let bytes = Buffer.alloc(0);
  let isOpen = false;
  let parts = [];                        // of a message that comes in several frames
  const fail = (reason) => { socket.destroy(new Error(reason)); };

  socket.setNoDelay(true);
  socket.on('connect', () => {
    socket.write(`GET /ws HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
      + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
  });
  socket.on('data', (piece) => {
    bytes = bytes.length === 0 ? piece : Buffer.concat([bytes, piece]);
    if (!isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = bytes.subarray(0, end).toString();
      if (!head.startsWith('HTTP/1.1 101') || !head.includes(accept)) {
        fail(head.split('\r\n')[0]);
        return;
      }
      bytes = bytes.subarray(end + 4);
      isOpen = true;
      onOpen();
    }
    for (let found = takeFrame(bytes); found; found = takeFrame(bytes)) {
      bytes = found.rest;
      if (found.opcode === opcodes.text || found.opcode === opcodes.more) {
        parts.push(found.payload);
        if (found.isLast) {
          const whole = Buffer.concat(parts).toString();
          parts = [];
          onMessage(whole);
        }
      }
      if (found.opcode === opcodes.ping) socket.write(frame(opcodes.pong, found.payload));
      else if (found.opcode === opcodes.close) socket.end();
    }
  });
  let reason = '';
  socket.on('error', (problem) => { reason = problem.message; });
  socket.on('close', () => onClose(reason));
  return {
    send: (text) => socket.write(frame(opcodes.text, text)),
    close: () => socket.end(frame(opcodes.close, '')),
  };
}

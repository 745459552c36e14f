'use strict';
/*
 * service -- what the stand-ins for services outside have in common: an HTTP server on a loopback port that keeps a ledger of what it
 * was sent, answers as its class says, and misbehaves when it is told to.
 *
 *   const gemini = await new Gemini().start();      // a free port; start(8100) for a certain one
 *   gemini.fault('unavailable', 'cut');             // the next two requests; then all is well again
 *   gemini.requests                                 // [{ method, path, headers, text, body, code }], oldest first
 *   await gemini.stop();
 *
 * A form is in entry.form (URLSearchParams). handle() may be async.
 *
 * Faults that every service knows:
 *   hold           nothing is answered until the client leaves or release() is called; `held()` waits for the first one
 *   cut            half an answer, then the connection ends
 *   drop           the connection ends without an answer, and nothing was done
 *   lost           the request is done, then the connection ends without an answer
 *   lost_500       the request is done, and the answer is a plain 500
 *   html, html_200 a page for people (502 or 200), and nothing was done
 *   malformed      200 with what is no JSON
 *   wrong_shape    200 with JSON of another shape
 *   bomb           64 MB of blanks in a few kilobytes of gzip
 * and { code, body, headers } answers just that. Each class adds its own. No clock is
 * used (but for latencyMs, which a test sets to play a slow service): tests wait for events.
 */
const http = require('node:http');
const zlib = require('node:zlib');

const BODY_BYTES_MAX = 20 * 1024 * 1024;
const GZIP_BYTES_MIN = 200; // large answers are packed for who takes it, as the real services do
const BOMB_BYTES = 64 * 1024 * 1024;
const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** An answer that is no success; thrown by handlers. */
class Refusal extends Error {
  constructor(code, body, headers = {}) {
    super(`refused with ${code}`);
    Object.assign(this, { code, body, headers });
  }
}

class Service {
  constructor() {
    this.requests = [];
    this.faults = [];
    this.waiting = []; // of held(): what to call when a request is held
    this.holding = []; // responses that wait for release()
    this.chanceFault = null; // () => what a request gets that nothing was asked for
    this.latencyMs = 0; // how long every answer takes
    this.server = http.createServer((rq, re) => this.#receive(rq, re));
  }

  start(port = 0) {
    return new Promise((resolve, reject) => {
      this.server.on('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve(this));
    });
  }

  stop() {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  get url() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  /** What the next requests get instead of an answer, in turn. A null lets one pass. */
  fault(...faults) {
    this.faults.push(...faults);
  }

  /** Forgets the ledger and the faults that nobody met. */
  reset() {
    this.requests.length = 0;
    this.faults.length = 0;
  }

  /** Waits until a request is held. */
  held() {
    return this.holding.length ? Promise.resolve() : new Promise((go) => { this.waiting.push(go); });
  }

  /** Answers what is held, as if nothing had happened. */
  release() {
    for (const go of this.holding.splice(0)) go();
  }

  #receive(rq, re) {
    const chunks = [];
    let size = 0;
    rq.on('error', () => {});
    rq.on('data', (chunk) => {
      size += chunk.length;
      if (size <= BODY_BYTES_MAX) chunks.push(chunk);
    });
    rq.on('end', () => this.#keep(rq, re, Buffer.concat(chunks).toString()));
  }

  #keep(rq, re, text) {
    const entry = { method: rq.method, path: rq.url, headers: rq.headers, text, body: undefined, code: 0 };
    if (/^application\/x-www-form-urlencoded\b/.test(rq.headers['content-type'] ?? '')) entry.form = new URLSearchParams(text);
    try {
      entry.body = text && !entry.form ? JSON.parse(text) : undefined;
    } catch { /* the handler says so */ }
    this.requests.push(entry);
    const fault = this.faults.length ? this.faults.shift() : this.chanceFault?.(entry);
    if (fault !== 'hold' && this.latencyMs) return setTimeout(() => this.#answer(re, entry, fault), this.latencyMs);
    if (fault !== 'hold') return this.#answer(re, entry, fault);
    this.holding.push(() => this.#answer(re, entry, null));
    for (const go of this.waiting.splice(0)) go();
    return undefined;
  }

  async #answer(re, entry, fault) {
    if (fault === 'drop') return re.socket?.destroy();
    const { code, body, headers } = await this.#outcome(entry, fault);
    if (fault === 'lost') return re.socket?.destroy();
    const plain = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body) ?? '');
    const packed = plain.length >= GZIP_BYTES_MIN && /\bgzip\b/.test(entry.headers['accept-encoding'] ?? '');
    const bytes = packed ? zlib.gzipSync(plain) : plain;
    entry.code = code;
    re.writeHead(code, {
      'Content-Type': 'application/json; charset=UTF-8', 'Content-Length': bytes.length, ...(packed && { 'Content-Encoding': 'gzip' }), ...headers,
    });
    if (fault !== 'cut') return re.end(bytes);
    re.write(bytes.subarray(0, bytes.length >> 1));
    return setImmediate(() => re.socket.destroy());
  }

  async #outcome(entry, fault) {
    try {
      if (fault === 'html' || fault === 'html_200') return { code: fault === 'html' ? 502 : 200, body: PAGE, headers: { 'Content-Type': 'text/html' } };
      if (fault === 'lost_500') return { ...await this.handle(entry, null), code: 500, body: 'Internal Server Error', headers: { 'Content-Type': 'text/plain' } };
      if (fault === 'malformed') return { code: 200, body: '{"candidates": [{"content"' };
      if (fault === 'bomb') return { code: 200, body: ' '.repeat(BOMB_BYTES) };
      if (fault === 'wrong_shape') return { code: 200, body: { candidates: 7, choices: 'x', embeddings: {}, data: null } };
      if (fault && typeof fault === 'object') return { code: 200, body: {}, ...fault };
      return { code: 200, ...await this.handle(entry, fault === 'cut' || fault === 'lost' ? null : fault) };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return refusal;
    }
  }
}

/** For `node tests/fakes/NAME.js [PORT]`: runs until it is interrupted. */
async function main(Kind) {
  const service = await new Kind().start(Number(process.argv[2] ?? 0));
  process.stdout.write(`${service.url}\n`);
}

/** Words that a test wants to mean the same: word -> the one that stands for it. Folded, as below. */
const MEANINGS = new Map();

/** Words hashed into signed buckets: texts that share words (or meanings) are near. Not of unit length. */
function bagOfWords(text, dimensions) {
  const values = new Array(dimensions).fill(0);
  for (const written of text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const word = MEANINGS.get(written) ?? written;
    let hash = 2166136261;
    for (const byte of Buffer.from(word)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
    values[hash % dimensions] += hash & 0x10000 ? 1 : -1;
  }
  if (values.every((v) => v === 0)) values[0] = 1;
  return values;
}

function unitLength(values) {
  const length = Math.hypot(...values);
  return values.map((v) => v / length);
}

/** The smallest value that fits a JSON Schema: what a model without a script answers. */
function smallest(schema) {
  if (schema?.enum) return schema.enum[0];
  switch (schema?.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, smallest(schema.properties?.[name])]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items));
    case 'integer': case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return '';
  }
}

module.exports = { MEANINGS, Refusal, Service, bagOfWords, main, smallest, unitLength };

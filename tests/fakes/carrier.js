'use strict';
/*
 * carrier -- what the stand-ins for Twilio and Meta have in common: whom they wrote to, webhooks that they call, a clock of the 24 hours'
 * window, and faults on demand or by chance.
 *
 *   carrier.webhook = { public: 'https://dossier.example', actual: server.url };    // signed for the first, sent to the second
 *   carrier.outbox                       // what was taken, oldest first: [{ sid, to, body, template, status, … }]
 *   carrier.count(phone, body)           // how often that was taken
 *   carrier.chance({ percent: 5, kinds: ['busy', 'unavailable', 'lost'], seed: 7 });   // faults by chance, the same with the same seed
 *   carrier.outcomes.set(phone, { code: 63024 });       // what becomes of messages to that person; { at: 'answer' } refuses at once
 *   carrier.reports = ['sent', 'delivered', 'read'];    // what is reported of each message; [] : the test calls report() itself
 *   carrier.reportsOf.set(phone, ['read']);             // the same for one person alone: beside others who are written to meanwhile
 *   carrier.reportsFirst.add(phone);     // that person's come before the answer to the hand-over
 *   carrier.disorder = true;             // reports come twice and in any order
 *   await carrier.settled();             // all webhooks that were under way are answered
 *   carrier.advance(ms);                 // the carrier's clock goes on: windows close
 *   carrier.latencyMs                    // every answer takes that long
 *
 * A webhook that finds nobody is not called again, unless `retries` says so.
 */
const assert = require('node:assert/strict');
const http = require('node:http');

const { Service } = require('./service.js');

const WINDOW_MS = 24 * 3600 * 1000;
const SOCKETS_MAX = 64;

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Carrier extends Service {
  constructor() {
    super();
    Object.assign(this, { webhook: null, outbox: [], outcomes: new Map(), reports: ['sent', 'delivered'], disorder: false, reportsOf: new Map(), reportsFirst: new Set() });
    Object.assign(this, { outboxOf: new Map(), sorted: 0 }); // by person: see sent()
    Object.assign(this, { hasWindow: true, windows: new Map(), skewMs: 0, retries: 0 });
    this.random = seeded(1);
    this.calls = []; // webhooks: { url, form or body, code }, code 0 when nobody answered
    this.violations = []; // what broke the carrier's own specification, ours or theirs: stop() throws unless a test took it away
    this.underWay = new Set();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  }

  async stop() {
    await super.stop();
    this.agent.destroy();
    assert.deepEqual(this.violations, []);
  }

  now() {
    return Date.now() + this.skewMs;
  }

  advance(ms) {
    this.skewMs += ms;
  }

  chance({ percent, kinds, seed = 1 }) {
    this.random = seeded(seed);
    this.chanceFault = () => (this.random() * 100 < percent ? kinds[Math.floor(this.random() * kinds.length)] : undefined);
  }

  /** What was taken for a person, oldest first. Kept by person, because tests ask again and again, and a carrier must not be slow. */
  sent(phone) {
    for (; this.sorted < this.outbox.length; this.sorted++) {
      const message = this.outbox[this.sorted];
      if (!this.outboxOf.has(message.to)) this.outboxOf.set(message.to, []);
      this.outboxOf.get(message.to).push(message);
    }
    return [...this.outboxOf.get(phone) ?? []];
  }

  count(phone, body) {
    return this.sent(phone).filter((m) => body === undefined || m.body === body).length;
  }

  openWindow(phone) {
    this.windows.set(phone, this.now());
  }

  isOpen(phone) {
    return !this.hasWindow || this.now() - (this.windows.get(phone) ?? -Infinity) < WINDOW_MS;
  }

  /** Where a public address really is: a proxy in front of the program, as it were. */
  actual(url) {
    const { public: outside, actual } = this.webhook;
    return url.startsWith(outside) ? actual + url.slice(outside.length) : null;
  }

  /** One call of a webhook: { code, text, headers }; code 0: nobody there. */
  async call(url, { method = 'POST', headers = {}, body = '' } = {}) {
    const actual = this.actual(url);
    const entry = { url, method, body, code: 0 };
    this.calls.push(entry);
    if (!actual) return entry;
    const work = this.#send(actual, method, { ...headers, 'Content-Length': Buffer.byteLength(body) }, body);
    this.underWay.add(work);
    try {
      return Object.assign(entry, await work);
    } finally {
      this.underWay.delete(work);
    }
  }

  async #send(actual, method, headers, body) {
    for (let left = this.retries; ; left -= 1) {
      const answer = await this.#once(actual, method, headers, body);
      if ((answer.code >= 200 && answer.code < 500) || left <= 0) return answer;
      await new Promise((go) => { setImmediate(go); });
    }
  }

  #once(actual, method, headers, body) {
    return new Promise((resolve) => {
      const rq = http.request(actual, { method, headers, agent: this.agent }, (re) => {
        let text = '';
        re.setEncoding('utf8');
        re.on('data', (chunk) => { text += chunk; });
        re.on('end', () => resolve({ code: re.statusCode, text, headers: re.headers }));
        re.on('error', () => resolve({ code: 0, text: '' }));
      });
      rq.on('error', () => resolve({ code: 0, text: '' }));
      rq.end(body);
    });
  }

  async settled() {
    while (this.underWay.size) await Promise.allSettled([...this.underWay]);
  }

  /** What is reported of a message, in the order in which it is. */
  plan(person, outcome) {
    const steps = outcome?.code ? [...(outcome.after ?? []), 'failed'] : this.reportsOf.get(person) ?? this.reports;
    if (!this.disorder) return steps;
    const all = [...steps, ...steps];
    for (let i = all.length - 1; i > 0; i -= 1) {
      const k = Math.floor(this.random() * (i + 1));
      [all[i], all[k]] = [all[k], all[i]];
    }
    return all;
  }

  /** Calls the reports of a message one after the other; the class has report(sid, status, outcome). */
  async reportAll(person, message, outcome) {
    for (const status of this.plan(person, outcome)) await this.report(message.sid, status, { code: status === 'failed' ? outcome?.code : undefined });
  }

  /** Before the answer, or after it. */
  reportLater(person, message, outcome) {
    const first = this.reportsFirst.has(person);
    const work = first ? this.reportAll(person, message, outcome)
      : new Promise((go) => { setImmediate(go); }).then(() => this.reportAll(person, message, outcome));
    this.underWay.add(work);
    work.finally(() => this.underWay.delete(work));
    return first ? work : undefined;
  }
}

module.exports = { Carrier, seeded };

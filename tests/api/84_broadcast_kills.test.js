'use strict';
/*
 * A message to many over a carrier that fails now and then, while the program is killed with -9 again and again: the carrier's own ledger says that
 * nobody was left out and nobody got it twice, and no recipient stays under way.
 *
 * RECIPIENTS and KILLS make it longer, RATE lets more be under way at each kill:
 *   RECIPIENTS=10000 KILLS=200 node --test tests/api/84_broadcast_kills.test.js
 */
const test = require('node:test');
const assert = require('node:assert/strict');
const { SANITIZED, aPatient, startServer, tempDir, until } = require('./harness.js');
const { seeded } = require('../fakes/carrier.js');
const { Twilio } = require('../fakes/twilio.js');

const RECIPIENTS = Number(process.env.RECIPIENTS ?? (SANITIZED ? 60 : 300));
const KILLS = Number(process.env.KILLS ?? (SANITIZED ? 3 : 12));
const SEED = Number(process.env.SEED ?? 20261126);
const RATE = Number(process.env.RATE ?? 80); // what a sender may by default
const AT_ONCE = 16;
/* A message whose answer was lost is looked for in the carrier's list until that is surely whole; then it waits for its next turn. */
const PATIENCE_MS = 240 * 1000 + RECIPIENTS * 50;
const FAULTS = { percent: 5, kinds: ['busy', 'unavailable', 'lost', 'lost_500', 'cut', 'drop'], seed: SEED };
const PUBLIC = 'https://dossier.example';
const BROADCASTS = '/api/messaging/broadcast/';
const SILENT = { record: false };
const TEMPLATE = {
  purpose: 'conseil', language: 'fr', carrier_name: `HX${'d'.repeat(32)}`, category: 'MARKETING', variables: ['prenom'],
  body: 'Bonjour {{1}}, mangez 5 fruits et légumes par jour.',
};
const TIP = { title: 'Conseil', content: 'Bonjour {{prenom}}, mangez 5 fruits et légumes par jour.', template_sid: TEMPLATE.carrier_name, target_all_patients: true };

const isTip = (m) => m.template === TEMPLATE.carrier_name;
const phoneOf = (i) => `+22177${String(1000000 + i)}`;

/** A clinic with so many active patients; start() and kill() again at will. */
class Clinic {
  async open(recipients) {
    this.dataDir = tempDir();
    this.twilio = await new Twilio().start();
    this.env = this.twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC, MESSAGE_RATE: String(RATE) });
    const clinic = this;
    this.twilio.webhook = { public: PUBLIC, get actual() { return clinic.server.url; } };
    await this.start();
    await this.#register(recipients);
    this.twilio.templates.set(TEMPLATE.carrier_name, { name: TEMPLATE.purpose, language: 'fr', body: TEMPLATE.body, status: 'approved' });
    const { id } = await this.must(201, 'POST', '/api/messaging/templates/', TEMPLATE);
    assert.equal((await this.must(200, 'POST', `/api/messaging/templates/${id}/check/`)).state, 'approved');
    this.id = (await this.must(201, 'POST', BROADCASTS, TIP)).id;
    this.twilio.chance(FAULTS);
    return this;
  }

  async #register(recipients) {
    this.ids = [];
    let next = 0;
    const work = async () => {
      for (let i = next++; i < recipients; i = next++) {
        const { id, phone } = await this.must(201, 'POST', '/api/patients/', aPatient({ phone: phoneOf(i), first_name: `Awa${i}` }));
        await this.must(200, 'POST', '/api/patients/confirm/', { phone, valid: true });
        this.ids[i] = id;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async start() {
    this.server = await startServer({ dataDir: this.dataDir, env: this.env, login: !this.token });
    this.token ??= this.server.token;
    this.server.token = this.token;
  }

  async killAndStart() {
    await this.server.kill();
    await this.start();
  }

  must(...args) {
    return this.server.must(args[0], args[1], args[2], args[3], SILENT);
  }

  broadcast() {
    return this.must(200, 'GET', `${BROADCASTS}${this.id}/`);
  }

  /** Messages of the broadcast that the carrier took, by number. */
  ledger() {
    const counts = new Map();
    for (const m of this.twilio.outbox.filter(isTip)) counts.set(m.to, (counts.get(m.to) ?? 0) + 1);
    return counts;
  }

  taken() {
    return this.twilio.outbox.filter(isTip).length;
  }

  /** Nobody is under way any more. */
  over() {
    return until('the broadcast to be over', async () => {
      const b = await this.broadcast();
      const { waiting, queued, uncertain } = b.counts;
      return b.status !== 'sending' && waiting + queued + uncertain === 0 && b;
    }, PATIENCE_MS);
  }

  async recipients(state) {
    const all = [];
    for (let page = 1, more = true; more; page += 1) {
      const { recipients } = await this.must(200, 'GET', `${BROADCASTS}${this.id}/report/?status=${state}&page_size=100&page=${page}`);
      all.push(...recipients.results);
      more = recipients.next !== null;
    }
    return all;
  }

  async close() {
    await this.server.stop();
    await this.twilio.settled();
    await this.twilio.stop();
    this.server.remove();
  }
}

/** Says STOP until it is acknowledged, and waits until it is written down. */
async function sayStop(clinic, i) {
  const phone = phoneOf(i);
  await until(`STOP of ${phone} to be taken`, async () => (await clinic.twilio.say(phone, 'STOP')).answer.code === 200, PATIENCE_MS);
  await until(`STOP of ${phone} to be written down`, async () => {
    const { status, body } = await clinic.server.api('GET', `/api/patients/${clinic.ids[i]}/consents/`, undefined, SILENT).catch(() => ({}));
    return status === 200 && (body.results ?? body).some((c) => c.purpose === 'messages' && c.granted === false);
  }, PATIENCE_MS);
}

test('one message to each, whatever fails and is killed', { timeout: 3600 * 1000 }, async () => {
  const clinic = await new Clinic().open(RECIPIENTS);
  const random = seeded(SEED);
  const killAt = Array.from({ length: KILLS - 1 }, () => Math.floor(random() * RECIPIENTS)).sort((a, b) => a - b);
  /* The last of the list, while the first are written to. */
  const stopping = Array.from({ length: Math.max(2, Math.floor(RECIPIENTS / 100)) }, (_, i) => RECIPIENTS - 1 - 2 * i);
  const began = Date.now();

  /* Killed while it starts: it has started, or not at all. */
  const starting = clinic.server.api('POST', `${BROADCASTS}${clinic.id}/send_now/`, undefined, SILENT).catch(() => ({ status: 0 }));
  for (let asked = Math.floor(random() * 4); asked > 0; asked -= 1) await clinic.must(200, 'GET', '/api/health/');
  await clinic.killAndStart();
  const { status } = await starting;
  const standing = await clinic.broadcast();
  if (status === 202) assert.notEqual(standing.status, 'draft');
  if (standing.status === 'draft') await clinic.must(202, 'POST', `${BROADCASTS}${clinic.id}/send_now/`);

  const inTime = []; // said STOP long before their turn
  const stops = stopping.map(async (i) => {
    await sayStop(clinic, i);
    if (clinic.taken() < RECIPIENTS / 2) inTime.push(i);
  });
  await stops[0];
  for (const at of killAt) {
    const before = clinic.twilio.requests.length;
    await until(`${at} messages`, () => clinic.taken() >= at || clinic.taken() + stopping.length >= RECIPIENTS, PATIENCE_MS);
    /* Something was asked of the carrier since the start, unless nothing is left to ask. */
    const pause = 20 + random() * 200;
    const since = Date.now();
    await until('work', () => clinic.twilio.requests.length > before || Date.now() - since > pause);
    await clinic.killAndStart();
  }
  await Promise.all(stops);
  const done = await clinic.over();
  await clinic.twilio.settled();

  const counts = clinic.ledger();
  const lost = [], doubled = [];
  const stopped = stopping.filter((i) => !counts.has(phoneOf(i)));
  for (let i = 0; i < RECIPIENTS; i += 1) {
    const n = counts.get(phoneOf(i)) ?? 0;
    if (n === 0 && !stopping.includes(i)) lost.push(phoneOf(i));
    if (n > 1) doubled.push(phoneOf(i));
  }
  console.log(`# ${RECIPIENTS} recipients, ${KILLS} kills, ${stopped.length} STOP: ${lost.length} lost, ${doubled.length} doubled, ${clinic.twilio.requests.length} requests to the carrier, ${Math.round((Date.now() - began) / 1000)} s; ${JSON.stringify(done.counts)}`);
  assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
  assert.ok(inTime.length > 0);
  assert.deepEqual(inTime.filter((i) => counts.has(phoneOf(i))), [], 'written to after STOP');
  assert.equal(done.status, 'sent');
  assert.equal(done.counts.recipients, RECIPIENTS);
  assert.equal(done.counts.left_out, stopped.length);
  assert.equal(done.counts.sent + done.counts.delivered + done.counts.read, RECIPIENTS - stopped.length);
  const left = await clinic.recipients('left_out');
  assert.deepEqual(left.map((r) => [r.patient, r.reason]), stopped.map((i) => [clinic.ids[i], 'opted_out']).sort((a, b) => a[0] - b[0]));
  for (const state of ['waiting', 'queued', 'uncertain']) assert.deepEqual(await clinic.recipients(state), []);
  await clinic.close();
});

test('cancelled mid-way: not one message after it, not after a kill either', async () => {
  const recipients = Math.min(RECIPIENTS, 300);
  const clinic = await new Clinic().open(recipients);
  await clinic.must(202, 'POST', `${BROADCASTS}${clinic.id}/send_now/`);
  await until('a third to be written to', () => clinic.taken() > recipients / 3);
  await clinic.must(200, 'POST', `${BROADCASTS}${clinic.id}/cancel/`);
  /* What had left before is answered or asked for; nothing new leaves. */
  const underWay = (await clinic.recipients('queued')).length + (await clinic.recipients('uncertain')).length;
  const atCancel = clinic.taken();
  await clinic.killAndStart();
  const done = await clinic.over();
  const taken = clinic.taken();
  assert.ok(taken <= atCancel + underWay, `${atCancel} + ${underWay} under way, then ${taken}`);
  assert.equal(done.status, 'cancelled');
  assert.equal(done.counts.sent + done.counts.delivered + done.counts.read, taken);
  assert.equal(done.counts.cancelled, recipients - taken);
  assert.deepEqual([...clinic.ledger().values()].filter((n) => n > 1), []);
  await clinic.close();
});

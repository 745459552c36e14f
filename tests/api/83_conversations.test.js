'use strict';
/*
 * Conversations over a carrier that fails now and then, while the program is killed with -9 again and again: every question is answered exactly once.
 *
 * What comes while nobody is there is delivered by no one: the program reads the carrier's list when it is back. CONVERSATIONS and KILLS make it longer:
 *   CONVERSATIONS=10000 KILLS=200 node --test tests/api/83_conversations.test.js
 */
const test = require('node:test');
const assert = require('node:assert/strict');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { SANITIZED, aPatient, startServer, tempDir, until } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const CONVERSATIONS = Number(process.env.CONVERSATIONS ?? (SANITIZED ? 30 : 150));
const KILLS = Number(process.env.KILLS ?? (SANITIZED ? 3 : 8));
const PATIENTS = Math.min(CONVERSATIONS, 200);
const AT_ONCE = 40;
/* A message whose answer was lost is looked for in the carrier's list until that is surely whole; then it waits for its next turn. */
const PATIENCE_MS = 240 * 1000 + CONVERSATIONS * 50;
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'), Buffer.alloc(200, 1), Buffer.from('ffd9', 'hex')]);
const PUBLIC = 'https://dossier.example';

test('every question is answered exactly once, whatever fails and is killed', { timeout: 3600 * 1000 }, async () => {
  const dataDir = tempDir();
  const late = monitorEventLoopDelay(); // of the carrier: one that takes a message half a minute after it was sent is no carrier
  late.enable();
  const twilio = await new Twilio().start();
  const env = twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC, MESSAGE_RATE: '1000' });
  let server = await startServer({ dataDir, env });
  twilio.webhook = { public: PUBLIC, get actual() { return server.url; } };

  const phones = [];
  for (let i = 0; i < PATIENTS; i++) {
    const patient = await server.must(201, 'POST', '/api/patients/', aPatient(), { record: false });
    await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true }, { record: false });
    phones.push(patient.phone);
  }

  twilio.chance({ percent: 5, kinds: ['busy', 'unavailable', 'drop', 'cut'], seed: 20261126 });
  const asked = new Map(phones.map((phone) => [phone, 0]));
  const killAt = new Set(Array.from({ length: KILLS }, (_, i) => Math.floor(((i + 0.5) * CONVERSATIONS) / KILLS)));
  let begun = 0, lost = 0;
  let turn = Promise.resolve(); // one kill at a time: nobody but the last may hold the folder
  const killAndStart = () => {
    turn = turn.then(async () => {
      await server.kill();
      server = await startServer({ dataDir, env });
    });
    return turn;
  };
  const talk = async () => {
    while (begun < CONVERSATIONS) {
      const i = begun++;
      const phone = phones[i % phones.length];
      asked.set(phone, asked.get(phone) + 1);
      const said = twilio.say(phone, `Quelle est ma posologie, question ${i} ?`);
      if (killAt.has(i)) await killAndStart();
      lost += (await said).answer.code !== 200;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, talk));
  /* A picture that came while nobody was there. */
  await server.kill();
  const { sid: picture } = twilio.hear(phones[0], '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  server = await startServer({ dataDir, env });
  await until('the picture to be kept', async () => {
    const { results } = await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phones[0])}&direction=in&page_size=100`, undefined, { record: false });
    return results.find((m) => m.provider_sid === picture)?.media[0]?.status === 'kept';
  }, PATIENCE_MS);
  asked.set(phones[0], asked.get(phones[0]) + 1); // it is answered too: passed on to the doctor

  await killAndStart(); // what the last ones left under way is asked for by the next

  const answersTo = (phone) => twilio.sent(phone).filter((m) => !m.body.includes('/webhook/confirm-'));
  const open = () => phones.filter((phone) => answersTo(phone).length < asked.get(phone));
  await until(`all of ${CONVERSATIONS} questions to be answered`, () => open().length === 0, PATIENCE_MS);
  await twilio.settled();
  console.log(`# ${CONVERSATIONS} questions, ${KILLS + 1} kills, ${lost} webhooks that found nobody, ${twilio.requests.length} requests to the carrier, which was at most ${Math.round(late.max / 1e6)} ms late`);

  const wrong = phones.filter((phone) => answersTo(phone).length !== asked.get(phone));
  assert.deepEqual(wrong.map((phone) => `${phone}: ${asked.get(phone)} asked, ${answersTo(phone).length} answered`), []);
  for (const phone of phones) {
    const all = [];
    for (let page = 1, more = true; more; page++) {
      const part = await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100&page=${page}`, undefined, { record: false });
      all.push(...part.results);
      more = part.next !== null;
    }
    const questions = all.filter((m) => m.direction === 'in');
    assert.equal(questions.length, asked.get(phone), phone);
    for (const q of questions) assert.equal(all.filter((m) => m.answers === q.id).length, 1, `${phone}: ${q.body}`);
  }
  assert.deepEqual(twilio.violations, []);
  await server.stop();
  server.remove();
  await twilio.stop();
});

'use strict';
/* kill -9 while people write and are answered: every message that was accepted is there once and answered once, however often it is delivered. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { SANITIZED, startServer, tempDir, until } = require('./harness.js');

const ROUNDS = SANITIZED ? 3 : 10;
const PATIENTS = 4;
const MESSAGES_A_ROUND = 12;

/** One delivery of the carrier; true when it was acknowledged. */
async function deliver(server, { sid, phone, body }) {
  const form = new URLSearchParams({ MessageSid: sid, From: `whatsapp:${phone}`, Body: body, NumMedia: '0' }).toString();
  try {
    const { status } = await server.api('POST', '/webhook/whatsapp-rag', form, { token: null, type: 'application/x-www-form-urlencoded', record: false });
    assert.equal(status, 200);
    return true;
  } catch (e) {
    if (e instanceof assert.AssertionError) throw e; // any other failure is the killed connection
    return false;
  }
}

const isOpen = (m) => (m.direction === 'in' ? m.status !== 'processed' : m.status !== 'delivered');

/** Every message of one phone, newest first. */
async function messagesOf(server, phone) {
  const all = [];
  for (let page = 1, more = true; more; page++) {
    const part = await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100&page=${page}`, undefined, { record: false });
    all.push(...part.results);
    more = part.next !== null;
  }
  return all;
}

/** What is not done with, of the messages of one phone and of all jobs, for who waits in vain. */
async function whatIsOpen(server, phone, expected) {
  const all = await messagesOf(server, phone);
  const jobs = ['ready', 'running', 'dead'].map((state) => server.must(200, 'GET', `/api/jobs/?state=${state}&page_size=100`, undefined, { record: false }));
  return [
    `the answers to ${phone}; now ${new Date().toISOString()}, ${all.filter((m) => m.direction === 'in').length} of ${expected} received; open:`,
    ...all.filter(isOpen).map((m) => JSON.stringify(m)),
    ...(await Promise.all(jobs)).flatMap(({ results }) => results.map((job) => JSON.stringify(job))),
  ].join('\n');
}

test('kill -9 during a conversation: one message, one answer', async () => {
  const dataDir = tempDir();
  let server = await startServer({ dataDir });
  const phones = [];
  for (let i = 0; i < PATIENTS; i++) phones.push((await server.activePatient()).phone);
  const said = [];
  for (let round = 0; round < ROUNDS; round++) {
    const batch = Array.from({ length: MESSAGES_A_ROUND }, (_, i) => ({
      sid: `SM${round}-${i}`, phone: phones[i % PATIENTS], body: `Quelle est ma posologie, question ${round}-${i} ?`,
    }));
    said.push(...batch);
    let acknowledged = 0;
    await Promise.all(batch.map(async (message) => {
      if (await deliver(server, message) && ++acknowledged === 1 + (round % MESSAGES_A_ROUND)) await server.kill();
    }));
    await server.kill();
    server = await startServer({ dataDir });
    const again = await Promise.all(batch.map((message) => deliver(server, message))); // the carrier tries again, also what was acknowledged
    assert.ok(again.every(Boolean), 'the server that was started again takes every message');
  }

  for (const phone of phones) {
    const mine = said.filter((m) => m.phone === phone);
    const settled = await until(() => whatIsOpen(server, phone, mine.length), async () => {
      const all = await messagesOf(server, phone);
      return all.filter((m) => m.direction === 'in').length === mine.length && !all.some(isOpen) && all;
    });
    for (const { sid, body } of mine) {
      const received = settled.filter((m) => m.provider_sid === sid);
      assert.equal(received.length, 1, sid);
      assert.equal(received[0].body, body);
      const answers = settled.filter((m) => m.answers === received[0].id);
      assert.equal(answers.length, 1, `${sid} has ${answers.length} answers`);
    }
  }
  await server.stop();
  server.remove();
});

'use strict';
/* The stand-in for Twilio, driven by Twilio's own library: what it signs, takes, lists and refuses is what the library knows. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { Twilio, newSid, sign } = require('./twilio.js');

let sdk = null;
try {
  sdk = require('twilio');
} catch { /* not installed: tools/setup test does */ }
const NO_SDK = sdk ? false : 'Twilio\'s library is not installed (tools/setup test)';

const PHONE = '+221771234567', TO = `whatsapp:${PHONE}`;

/** A client of the library that speaks to the stand-in: only the host of the address is another. */
function clientOf(service, token = service.token) {
  const client = sdk(service.account, token);
  const request = client.httpClient.request.bind(client.httpClient);
  client.httpClient.request = (options) => request({ ...options, uri: options.uri.replace(/^https:\/\/(api|content|messaging)\.twilio\.com/, service.url) });
  return client;
}

async function using(fn) {
  const service = await new Twilio().start();
  service.webhook = { public: 'https://dossier.example', actual: 'http://127.0.0.1:9' };
  try {
    await fn(service, sdk && clientOf(service));
    await service.settled();
    assert.deepEqual(service.violations, []);
  } finally {
    await service.stop();
  }
}

const from = (service) => `whatsapp:${service.sender}`;

test('what is sent is taken, listed and fetched, as the library expects it', { skip: NO_SDK }, () => using(async (service, client) => {
  service.hear(PHONE, 'Bonjour');
  const made = await client.messages.create({ to: TO, from: from(service), body: 'Été & « fête » + 5 %\n😀' });
  assert.match(made.sid, /^SM[0-9a-f]{32}$/);
  assert.deepEqual([made.status, made.direction, made.numMedia, made.errorCode], ['queued', 'outbound-api', '0', null]);
  assert.ok(made.dateCreated instanceof Date && Math.abs(made.dateCreated - Date.now()) < 5000);
  assert.equal(service.count(PHONE, 'Été & « fête » + 5 %\n😀'), 1);
  for (let i = 0; i < 4; i += 1) await client.messages.create({ to: TO, from: from(service), body: `Message ${i}` });
  await service.settled();
  const listed = await client.messages.list({ to: TO, pageSize: 2 });
  assert.deepEqual(listed.map((m) => m.body), ['Message 3', 'Message 2', 'Message 1', 'Message 0', made.body]);
  assert.equal((await client.messages(made.sid).fetch()).status, 'delivered');
  const received = await client.messages.list({ to: from(service) });
  assert.deepEqual(received.map((m) => [m.direction, m.status, m.body]), [['inbound', 'received', 'Bonjour']]);
  assert.equal((await client.messages(made.sid).update({ body: '' })).body, '');
  assert.equal(await client.messages(made.sid).remove(), true);
  await assert.rejects(client.messages(made.sid).fetch(), { status: 404, code: 20404 });
  assert.equal((await client.api.v2010.accounts(service.account).fetch()).status, 'active');
}));

test('media: listed, fetched by way of another host, removed', { skip: NO_SDK }, () => using(async (service, client) => {
  const { sid, form } = service.hear(PHONE, '', { media: [{ type: 'audio/ogg', bytes: Buffer.from('OggS') }] });
  const [medium] = await client.messages(sid).media.list();
  assert.equal(medium.contentType, 'audio/ogg');
  assert.ok(form.get('MediaUrl0').endsWith(medium.sid));
  const asked = await fetch(form.get('MediaUrl0'), { redirect: 'manual' });
  assert.equal(asked.status, 401);
  const headers = { Authorization: `Basic ${Buffer.from(`${service.account}:${service.token}`).toString('base64')}` };
  const led = await fetch(form.get('MediaUrl0'), { headers, redirect: 'manual' });
  assert.equal(led.status, 307);
  assert.equal((await fetch(led.headers.get('location'), { headers })).status, 400);
  assert.equal(await (await fetch(led.headers.get('location'))).text(), 'OggS');
  assert.equal(await client.messages(sid).media(medium.sid).remove(), true);
  assert.equal((await fetch(form.get('MediaUrl0'), { headers, redirect: 'manual' })).status, 404);
}));

test('templates: their approval, their words, what they refuse', { skip: NO_SDK }, () => using(async (service, client) => {
  const sid = newSid('HX');
  service.templates.set(sid, { name: 'activation_patient', body: 'Bonjour {{1}}, {{2}}.' });
  const send = (more) => client.messages.create({ to: TO, from: from(service), contentSid: sid, ...more });
  assert.equal((await client.content.v1.contents(sid).fetch()).friendlyName, 'activation_patient');
  assert.equal((await client.content.v1.contents(sid).approvalFetch().fetch()).whatsapp.status, 'approved');
  await send({ contentVariables: '{"1":"Awa","2":"merci"}' });
  assert.equal(service.outbox[0].body, 'Bonjour Awa, merci.');
  await service.settled();
  assert.equal(service.messages.get(service.outbox[0].sid).status, 'delivered'); // no window is needed
  await assert.rejects(send({ contentVariables: '["Awa"' }), { code: 21656 });
  await assert.rejects(client.messages.create({ to: TO, from: from(service), contentSid: newSid('HX') }), { code: 21655 });
  service.templates.get(sid).status = 'paused';
  const paused = await send({});
  await service.settled();
  assert.equal((await client.messages(paused.sid).fetch()).errorCode, 63041);
}));

test('senders and services', { skip: NO_SDK }, () => using(async (service, client) => {
  service.service = newSid('MG');
  const senders = await client.messaging.v2.channelsSenders.list({ channel: 'whatsapp' });
  assert.deepEqual(senders.map((s) => [s.senderId, s.status]).at(-1), [`whatsapp:${service.sender}`, 'ONLINE']);
  assert.equal(senders.length, 3);
  assert.equal((await client.messaging.v1.services(service.service).fetch()).friendlyName, 'Clinique');
  const made = await client.messages.create({ to: TO, messagingServiceSid: service.service, body: 'x' });
  assert.equal(made.status, 'accepted');
}));

test('what Twilio refuses, at once or by a report', { skip: NO_SDK }, () => using(async (service, client) => {
  const send = (more) => client.messages.create({ to: TO, from: from(service), body: 'x', ...more });
  await assert.rejects(send({ to: 'whatsapp:77' }), { status: 400 });
  await assert.rejects(send({ from: 'whatsapp:+14150000000' }), { status: 400, code: 63007 });
  await assert.rejects(send({ from: undefined }), { code: 21603 });
  await assert.rejects(send({ body: undefined }), { code: 21602 });
  await assert.rejects(send({ body: 'é'.repeat(1601) }), { status: 400, code: 21617 });
  await assert.rejects(clientOf(service, 'wrong').messages.list(), { status: 401, code: 20003 });
  service.fault('busy', 'unavailable', 'suspended');
  await assert.rejects(send(), { status: 429, code: 20429 });
  await assert.rejects(send(), { status: 503 });
  await assert.rejects(send(), { status: 403, code: 20005 });
  assert.equal(service.outbox.length, 0);
  const closed = await send();
  await service.settled();
  assert.deepEqual([(await client.messages(closed.sid).fetch()).status, service.messages.get(closed.sid).error_code], ['undelivered', 63016]);
  service.hear(PHONE, 'Bonjour');
  service.advance(23 * 3600 * 1000);
  const open = await send();
  await service.settled();
  assert.equal(service.messages.get(open.sid).status, 'delivered');
  service.violations.length = 0; // a number that is none breaks the document, on purpose
}));

test('an answer that is lost: taken all the same, once', { skip: NO_SDK }, () => using(async (service, client) => {
  service.hear(PHONE, 'Bonjour');
  service.fault('lost', 'drop', 'lost_500');
  for (const body of ['a', 'b', 'c']) await assert.rejects(client.messages.create({ to: TO, from: from(service), body }));
  assert.deepEqual(service.outbox.map((m) => m.body), ['a', 'c']);
}));

test('faults by chance are as many as was said, and the same with the same seed', () => using(async (service) => {
  const draw = (seed) => {
    service.chance({ percent: 5, kinds: ['busy', 'lost'], seed });
    return Array.from({ length: 2000 }, () => service.chanceFault() ?? '-').join('');
  };
  assert.equal(draw(7), draw(7));
  assert.notEqual(draw(7), draw(8));
  const share = draw(7).replace(/-/g, '').length / 4 / 2000;
  assert.ok(share > 0.035 && share < 0.065, `${share}`);
}));

test('it signs as the library does: forms, repeated and empty names, other letters', { skip: NO_SDK }, () => {
  const url = 'https://dossier.example/webhook/whatsapp-rag?message=7&b=a%20b';
  const cases = [{}, { Body: '' }, { Body: 'Été 😀', a: '1', B: '2' }, { MediaUrl: ['b', 'a', 'b'], Body: 'x' }];
  for (const params of cases) {
    const pairs = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    assert.equal(sign('a-token', url, pairs), sdk.getExpectedTwilioSignature('a-token', url, params), JSON.stringify(params));
  }
});

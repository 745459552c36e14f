'use strict';
/* What stands behind the link of an activation message, and what the carrier may post. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, until, withServer } = require('./harness.js');

const server = withServer(test);
const html = { token: null, headers: { Accept: 'text/html,application/xhtml+xml' } };

/** A patient and the path of their link. */
async function invited() {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Sokhna', last_name: 'Mbacké' }));
  const { body } = await server.simulator.next(patient.phone);
  return { patient, link: `/webhook/${/confirm-[\w-]+/.exec(body)[0]}` };
}

const statusOf = async ({ id }) => (await server.must(200, 'GET', `/api/patients/${id}/`)).status;

test('looking at the link changes nothing and tells nothing of the record', async () => {
  const { patient, link } = await invited();
  const page = await server.must(200, 'GET', link, undefined, html);
  assert.match(page, /^<!doctype html>/);
  assert.ok(page.includes(`https://wa.me/?text=${link.split('/').pop()}`));
  for (const word of ['Sokhna', 'Mbacké', patient.phone.slice(1)]) assert.ok(!page.includes(word), word);
  assert.equal(await statusOf(patient), 'pending');
});

test('the button of the page activates once, and says so', async () => {
  const { patient, link } = await invited();
  const form = { ...html, type: 'application/x-www-form-urlencoded' };
  assert.match(await server.must(200, 'POST', link, '', form), /actif/);
  assert.equal(await statusOf(patient), 'active');
  const again = await server.api('POST', link, '', form);
  assert.equal(again.status, 409);
  assert.match(again.body, /déjà servi/);
  assert.match((await server.api('GET', link, undefined, html)).body, /déjà servi/);
  const messages = await server.simulator.received(patient.phone);
  assert.equal(messages.length, 2, 'the link, and one welcome');
});

test('a workflow confirms with the number that the link belongs to, or declines', async () => {
  const { patient, link } = await invited();
  const other = await server.api('POST', link, { phone: '+221770000000', message: 'oui' }, { token: null });
  assert.equal(other.status, 400);
  assert.ok(other.body.phone);
  assert.equal(await statusOf(patient), 'pending');
  assert.deepEqual(await server.must(200, 'POST', link, { phone: patient.phone, valid: false }, { token: null }), { status: 'inactive' });
  assert.equal(await statusOf(patient), 'inactive');
});

test('a link that is none is explained, to people and to programs', async () => {
  const { status, body } = await server.api('GET', '/webhook/confirm-abc', undefined, { token: null });
  assert.equal(status, 404);
  assert.equal(body.code, 'activation_unknown');
  const page = await server.api('GET', '/webhook/confirm-abc', undefined, { token: null, headers: { ...html.headers, 'Accept-Language': 'en' } });
  assert.equal(page.status, 404);
  assert.match(page.body, /not valid/);
});

test('reports of the carrier climb, whatever their order', async () => {
  const { patient } = await invited();
  const message = await until('the delivery', async () => (await server.simulator.received(patient.phone)).find((m) => m.status === 'delivered'));
  const report = (status, sid = message.provider_sid) => server.api('POST', '/webhook/whatsapp-rag',
    new URLSearchParams({ MessageSid: sid, MessageStatus: status }).toString(), { token: null, type: 'application/x-www-form-urlencoded' });
  for (const status of ['read', 'sent', 'delivered', 'read']) assert.equal((await report(status)).status, 200);
  const [now] = await server.simulator.received(patient.phone);
  assert.equal(now.status, 'read');
  assert.ok(now.read_at);
  assert.equal(new Set(now.history.map((h) => h.status)).size, now.history.length);
  assert.equal((await report('read', 'SMunknown')).status, 200); // no message of ours: nothing for the carrier to mend
});

test('a page in a browser cannot write as a patient, and what is wrong is named', async () => {
  const form = 'MessageSid=SM1&From=whatsapp%3A%2B221771112233&Body=Bonjour';
  const options = { token: null, type: 'application/x-www-form-urlencoded' };
  const foreign = await server.api('POST', '/webhook/whatsapp-rag', form, { ...options, headers: { Origin: 'https://ailleurs.example' } });
  assert.equal(foreign.status, 403);
  const nobody = await server.api('POST', '/webhook/whatsapp-rag', 'MessageSid=SM1&Body=x', options);
  assert.equal(nobody.status, 400);
  assert.ok(nobody.body.From);
  assert.equal((await server.must(200, 'GET', '/api/simulator/?phone=%2B221771112233')).count, 0);
  const unknown = await server.api('GET', '/api/simulator/');
  assert.equal(unknown.status, 400);
  assert.ok(unknown.body.phone);
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { aPatient, withServer } = require('./harness.js');

const server = withServer(test);
const LINK = /https?:\/\/\S*?confirm-([\w-]+)/;

/** A patient and the token of the link in the activation message. */
async function invited(with_) {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient(with_));
  const message = await server.simulator.next(patient.phone);
  return { patient, message, token: LINK.exec(message.body)?.[1] };
}

const isActive = async (phone) => (await server.must(200, 'POST', '/api/patients/check-active/', { phone })).active;

test('the record of the specification comes back as it was sent, with what the contract adds', async () => {
  const sent = {
    first_name: 'Jean', last_name: 'Dupont', email: 'jean@example.com', phone: '+221771234567', date_of_birth: '1980-01-01', gender: 'M',
    address: '123 Rue Test', medical_history: 'Hypertension', allergies: 'Pénicilline', current_medications: 'Lisinopril',
  };
  const made = await server.must(201, 'POST', '/api/patients/', sent);
  for (const [name, value] of Object.entries(sent)) assert.equal(made[name], value, name);
  assert.equal(made.status, 'pending');
  assert.equal(made.language, 'fr');
  assert.deepEqual(made.tags, []);
  assert.equal(made.activated_at, null);
  assert.match(made.created_at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual(await server.must(200, 'GET', `/api/patients/${made.id}/`), made);
});

test('a local number is read with the default region and kept as E.164', async () => {
  assert.equal((await server.must(201, 'POST', '/api/patients/', aPatient({ phone: '77 765 43 21' }))).phone, '+221777654321');
  assert.equal((await server.must(201, 'POST', '/api/patients/', aPatient({ phone: '00221 77 765 43 22' }))).phone, '+221777654322');
});

test('a phone belongs to one patient', async () => {
  const first = aPatient();
  await server.must(201, 'POST', '/api/patients/', first);
  const { status, body } = await server.api('POST', '/api/patients/', aPatient({ phone: first.phone }));
  assert.ok([400, 409].includes(status));
  assert.ok(body.phone || body.code, JSON.stringify(body));
});

test('PATCH changes what is named, PUT replaces, DELETE removes', async () => {
  const made = await server.must(201, 'POST', '/api/patients/', aPatient({ address: 'Yoff', tags: ['a', 'b'] }));
  const patched = await server.must(200, 'PATCH', `/api/patients/${made.id}/`, { allergies: 'Arachide', tags: ['c'] });
  assert.equal(patched.allergies, 'Arachide');
  assert.equal(patched.address, 'Yoff');
  assert.deepEqual(patched.tags, ['c']);
  assert.notEqual(patched.updated_at, made.updated_at);
  const put = await server.must(200, 'PUT', `/api/patients/${made.id}/`, aPatient({ phone: made.phone, first_name: 'Binta' }));
  assert.equal(put.first_name, 'Binta');
  assert.equal(put.address, '');
  await server.must(204, 'DELETE', `/api/patients/${made.id}/`);
  assert.equal((await server.api('GET', `/api/patients/${made.id}/`)).status, 404);
});

test('search without accents or case, by name and by phone', async () => {
  const made = await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Aïssatou', last_name: "N'Diaye-Bâ" }));
  for (const word of ['aissatou', 'AÏSSATOU', 'ndiaye', 'ba', made.phone.slice(-6)]) {
    const list = await server.must(200, 'GET', `/api/patients/?search=${encodeURIComponent(word)}`);
    assert.ok(list.results.some((p) => p.id === made.id), word);
  }
  assert.equal((await server.must(200, 'GET', '/api/patients/?search=zzzzzz')).count, 0);
});

test('pages: 25 by default, 100 at most, with links that lead on', async () => {
  for (let i = 0; i < 30; i++) await server.must(201, 'POST', '/api/patients/', aPatient({ last_name: 'Feuillet' }));
  const first = await server.must(200, 'GET', '/api/patients/?search=feuillet');
  assert.equal(first.count, 30);
  assert.equal(first.results.length, 25);
  assert.equal(first.previous, null);
  const next = new URL(first.next);
  const second = await server.must(200, 'GET', next.pathname + next.search);
  assert.equal(second.results.length, 5);
  assert.equal(second.next, null);
  assert.ok(second.previous);
  assert.equal(new Set([...first.results, ...second.results].map((p) => p.id)).size, 30);
  assert.equal((await server.must(200, 'GET', '/api/patients/?page_size=100&search=feuillet')).results.length, 30);
  assert.equal((await server.api('GET', '/api/patients/?page=99')).status, 404);
  assert.equal((await server.api('GET', '/api/patients/?page=x')).status, 404);
});

test('ordering, both ways', async () => {
  const times = async (ordering) => (await server.must(200, 'GET', `/api/patients/?page_size=100&ordering=${ordering}`)).results.map((p) => p.created_at);
  const up = await times('created_at');
  const down = await times('-created_at');
  assert.deepEqual(up, [...up].sort());
  assert.deepEqual(down, [...down].sort().reverse());
});

test('the same Idempotency-Key makes one patient', async () => {
  const patient = aPatient();
  const headers = { 'Idempotency-Key': 'essai-1' };
  const first = await server.must(201, 'POST', '/api/patients/', patient, { headers });
  const second = await server.must(201, 'POST', '/api/patients/', patient, { headers });
  assert.deepEqual(second, first);
  assert.equal((await server.api('POST', '/api/patients/', aPatient(), { headers })).status, 409);
  assert.equal((await server.must(200, 'GET', `/api/patients/?search=${encodeURIComponent(patient.phone)}`)).count, 1);
});

test('the same Idempotency-Key from many connections at once makes one patient', async () => {
  const patient = aPatient();
  const send = () => server.api('POST', '/api/patients/', patient, { headers: { 'Idempotency-Key': 'course' } });
  const answers = await Promise.all(Array.from({ length: 12 }, send));
  const made = answers.filter((a) => a.status === 201);
  assert.ok(made.length >= 1);
  assert.equal(new Set(made.map((a) => a.body.id)).size, 1);
  for (const a of answers) assert.ok([201, 409].includes(a.status), String(a.status));
});

test('an answer kept for an Idempotency-Key is erased with the patient', async () => {
  const headers = { 'Idempotency-Key': 'efface-moi' };
  const secret = aPatient({ last_name: 'Nomquonefface' });
  const patient = await server.must(201, 'POST', '/api/patients/', secret, { headers });
  const upload = await server.upload(patient.id, { name: 'Nomquonefface.txt', bytes: Buffer.from('Ordonnance') }, {}, { headers });
  assert.equal(upload.status, 201);
  await server.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'messages', granted: true }, { headers });
  await server.must(201, 'POST', '/api/simulator/', { phone: patient.phone, body: 'Bonjour' }, { headers });
  await server.must(204, 'DELETE', `/api/patients/${patient.id}/`);
  const kept = spawnSync('/usr/bin/python3', ['-c', `import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT body FROM idempotency WHERE body IS NOT NULL").fetchall()
print([str(r[0]) for r in rows if sys.argv[2] in str(r[0]) or "Nomquonefface" in str(r[0])])`,
  path.join(server.dataDir, 'medirecord.db'), patient.phone.slice(1)], { encoding: 'utf8' });
  assert.equal(kept.stdout.trim(), '[]', kept.stderr);
});

test('creating a patient sends the link, and the confirmation activates', async () => {
  const { patient, message, token } = await invited();
  assert.ok(token, message.body);
  assert.match(message.body, /Awa/);
  assert.equal(await isActive(patient.phone), false);

  const confirmed = await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true, token });
  assert.equal(confirmed.id, patient.id);
  assert.equal(confirmed.status, 'active');
  assert.ok(confirmed.activated_at);
  const check = await server.must(200, 'POST', '/api/patients/check-active/', { phone: patient.phone });
  assert.equal(check.active, true);
  assert.deepEqual(check.patient, { id: patient.id, first_name: patient.first_name, language: 'fr' });
});

test('consent is recorded at activation', async () => {
  const { patient, token } = await invited();
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true, token });
  const consents = await server.must(200, 'GET', `/api/patients/${patient.id}/consents/`);
  const granted = Object.fromEntries((consents.results ?? consents).map((c) => [c.purpose, c.granted]));
  assert.equal(granted.messages, true);
  assert.equal(granted.assistant, true);
  assert.notEqual(granted.external_model, true);
});

test('valid:false makes the patient inactive', async () => {
  const { patient } = await invited();
  const refused = await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: false });
  assert.equal(refused.status, 'inactive');
  assert.equal(await isActive(patient.phone), false);
});

test('a link is of one patient and works once', async () => {
  const [one, other] = [await invited(), await invited()];
  const stolen = await server.api('POST', '/api/patients/confirm/', { phone: other.patient.phone, valid: true, token: one.token });
  assert.ok(stolen.status >= 400 && stolen.status < 500, String(stolen.status));
  assert.equal(await isActive(other.patient.phone), false);
  const hook = await server.api('POST', `/webhook/confirm-${one.token}`, undefined, { token: null });
  assert.equal(hook.status, 200, JSON.stringify(hook.body));
  assert.equal(await isActive(one.patient.phone), true);
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: one.patient.phone, valid: false });
  const again = await server.api('POST', `/webhook/confirm-${one.token}`, undefined, { token: null });
  assert.ok(again.status >= 400 && again.status < 500, String(again.status));
  assert.equal(await isActive(one.patient.phone), false);
});

test('answering the message as it asks activates too', async () => {
  const { patient, token } = await invited();
  await server.simulator.ask(patient.phone, `confirm-${token}`);
  assert.equal(await isActive(patient.phone), true);
});

test('the activation shows in the timeline, and the doctor is told', async () => {
  const { patient, token } = await invited();
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true, token });
  const { results } = await server.must(200, 'GET', '/api/notifications/?page_size=100');
  assert.deepEqual(results.filter((n) => n.patient === patient.id).map((n) => n.kind), ['patient.activated']);
  const timeline = await server.must(200, 'GET', `/api/patients/${patient.id}/timeline/`);
  assert.ok((timeline.results ?? timeline).length >= 2, JSON.stringify(timeline));
});

test('send-activation sends a new link', async () => {
  const { patient, message } = await invited();
  const answer = await server.api('POST', `/api/patients/${patient.id}/send-activation/`);
  assert.ok(answer.status >= 200 && answer.status < 300, JSON.stringify(answer.body));
  const second = await server.simulator.next(patient.phone, 1);
  assert.notEqual(LINK.exec(second.body)[1], LINK.exec(message.body)[1]);
});

test('the export holds everything about the patient', async () => {
  const { patient } = await invited({ allergies: 'Arachide' });
  const text = JSON.stringify(await server.must(200, 'GET', `/api/patients/${patient.id}/export/`));
  for (const word of [patient.phone, 'Arachide']) assert.ok(text.includes(word), word);
});

test('consents are added and listed; an unknown purpose is refused', async () => {
  const { patient } = await invited();
  const where = `/api/patients/${patient.id}/consents/`;
  const made = await server.must(201, 'POST', where, { purpose: 'external_model', granted: true });
  assert.equal(made.purpose, 'external_model');
  assert.equal(made.granted, true);
  assert.equal((await server.api('POST', where, { purpose: 'marketing', granted: true })).status, 400);
});

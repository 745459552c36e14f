'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, withServer } = require('./harness.js');

const server = withServer(test);
const LIST = '/api/patients/';

const found = async (query) => (await server.must(200, 'GET', `${LIST}?${new URLSearchParams(query)}`)).results.map((p) => p.id);

test('the list is narrowed by tag, language, gender, doctor and number, together with words', async () => {
  const me = await server.must(200, 'GET', '/api/auth/me/');
  const awa = await server.must(201, 'POST', LIST, aPatient({ first_name: 'Awa', tags: ['diabète', '100%'], gender: 'F', language: 'wo', assigned_to: me.id, phone: '77 801 00 01' }));
  const jean = await server.must(201, 'POST', LIST, aPatient({ first_name: 'Jean', tags: ['diab'], gender: 'M', language: 'fr', phone: '77 801 00 02' }));
  const child = await server.must(201, 'POST', LIST, aPatient({ first_name: 'Petit', phone: '77 801 00 02', shares_phone: true, tags: ['1000'] }));
  assert.deepEqual(await found({ tag: 'diabète' }), [awa.id]);
  assert.deepEqual(await found({ tag: 'diab' }), [jean.id], 'a tag is a whole one');
  assert.deepEqual(await found({ tag: '100%' }), [awa.id], 'a percent sign is a percent sign');
  assert.deepEqual(await found({ language: 'wo' }), [awa.id]);
  assert.deepEqual(await found({ gender: 'F', tag: 'diabète', search: 'awa' }), [awa.id]);
  assert.deepEqual(await found({ gender: 'M', tag: 'diabète' }), []);
  assert.deepEqual(await found({ assigned_to: me.id }), [awa.id]);
  assert.deepEqual((await found({ phone: '00221 77 801 00 02' })).sort(), [jean.id, child.id].sort());
  assert.equal((await server.must(200, 'GET', `${LIST}?tag=diabète&page_size=1`)).count, 1);
});

test('a filter that makes no sense is refused at its name', async () => {
  for (const [name, value] of [['gender', 'X'], ['language', 'de'], ['assigned_to', '-1'], ['phone', '123'], ['status', 'gone']]) {
    const answer = await server.api('GET', `${LIST}?${name}=${value}`);
    assert.equal(answer.status, 400, name);
    assert.ok(answer.body[name], name);
  }
});

test('the tags in use and the doctors are told', async () => {
  await server.must(201, 'POST', LIST, aPatient({ tags: ['suivi', 'diabète'] }));
  await server.must(201, 'POST', LIST, aPatient({ tags: ['suivi'] }));
  const { tags, doctors } = await server.must(200, 'GET', `${LIST}choices/`);
  assert.equal(tags.find((t) => t.tag === 'suivi').count, 2);
  assert.ok(tags.findIndex((t) => t.tag === 'suivi') <= tags.findIndex((t) => t.tag === '1000'), 'most used first');
  assert.ok(doctors.length >= 1 && doctors.every((d) => d.name));
});

test('a change of what somebody else changed meanwhile is refused, and what is there can be read', async () => {
  const made = await server.must(201, 'POST', LIST, aPatient());
  const where = `${LIST}${made.id}/`;
  const read = await server.api('GET', where);
  const tag = read.headers.get('etag');
  assert.match(tag, /^W\/"/);
  const changed = await server.api('PATCH', where, { allergies: 'Pénicilline' }, { headers: { 'If-Match': tag } });
  assert.equal(changed.status, 200);
  const stale = await server.api('PATCH', where, { allergies: '' }, { headers: { 'If-Match': tag } });
  assert.equal(stale.status, 412);
  assert.equal(stale.body.code, 'changed_meanwhile');
  assert.equal((await server.api('PUT', where, { ...made, phone: made.phone }, { headers: { 'If-Match': tag } })).status, 412);
  const now = await server.api('GET', where);
  assert.equal(now.body.allergies, 'Pénicilline');
  assert.equal((await server.api('PATCH', where, { allergies: 'Aspirine' }, { headers: { 'If-Match': now.headers.get('etag') } })).status, 200);
  await server.must(200, 'PATCH', where, { allergies: 'sans condition' });
  await server.must(200, 'PATCH', where, { allergies: 'toute' }, { headers: { 'If-Match': '*' } });
});

test('a record tells what counts of its consents, and takes it back unread', async () => {
  const made = await server.must(201, 'POST', LIST, aPatient());
  assert.deepEqual(made.consents, { messages: null, assistant: null, external_model: null });
  await server.must(201, 'POST', `${LIST}${made.id}/consents/`, { purpose: 'messages', granted: true });
  await server.must(201, 'POST', `${LIST}${made.id}/consents/`, { purpose: 'assistant', granted: false });
  const now = await server.must(200, 'GET', `${LIST}${made.id}/`);
  assert.deepEqual(now.consents, { messages: true, assistant: false, external_model: null });
  const put = await server.must(200, 'PUT', `${LIST}${made.id}/`, { ...now, consents: { messages: false } });
  assert.equal(put.consents.messages, true);
});

test('a link of activation can be handed over; the one before ends', async () => {
  const made = await server.must(201, 'POST', LIST, aPatient());
  const [, sent] = /(\/webhook\/confirm-[\w-]+)/.exec((await server.simulator.next(made.phone)).body);
  const given = await server.must(200, 'POST', `${LIST}${made.id}/activation-link/`);
  const path = new URL(given.link).pathname;
  assert.match(path, /^\/webhook\/confirm-[\w-]{40,}$/);
  assert.ok(Date.parse(given.expires_at) > Date.now());
  assert.equal((await server.api('POST', sent, {}, { token: null })).status, 409);
  assert.equal((await server.api('POST', path, {}, { token: null })).body.status, 'active');
  const again = await server.api('POST', `${LIST}${made.id}/activation-link/`);
  assert.equal(again.status, 409);
  assert.equal(again.body.code, 'patient_is_active');
});

'use strict';
/* What documents wait for: told apart by ?needs=, counted by needs/. */
const test = require('node:test');
const assert = require('node:assert/strict');
const path = require('node:path');
const { ROOT, aPatient, demo, withServer } = require('./harness.js');

const server = withServer(test);
const needs = () => server.must(200, 'GET', '/api/documents/needs/');
const waiting = async (need, more = '') => (await server.must(200, 'GET', `/api/documents/?needs=${need}${more}`)).results.map((d) => d.id);

async function settled(patient, file) {
  const { status, body } = await server.upload(patient.id, file);
  assert.equal(status, 201, JSON.stringify(body));
  return server.settled(body.id);
}

test('each thing that a document may wait for has its list and its count', async () => {
  const kane = await server.must(201, 'POST', '/api/patients/', { ...aPatient(), first_name: 'Oumou', last_name: 'Kane', date_of_birth: '1990-01-01' });
  const ndiaye = await server.must(201, 'POST', '/api/patients/', { ...aPatient(), first_name: 'Mamadou', last_name: 'Ndiaye', date_of_birth: '1958-05-04' });
  assert.deepEqual(await needs(), { reading: 0, failed: 0, locked: 0, other_patient: 0, illegible: 0, check: 0 });

  const good = await settled(ndiaye, demo.file('ordonnance-ndiaye-2026-02.pdf'));
  const another = await settled(kane, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  const locked = await settled(kane, path.join(ROOT, 'tests', 'data', 'encrypted.pdf'));
  const damaged = await settled(ndiaye, { name: 'scan.pdf', bytes: Buffer.from('%PDF-1.7\nnothing that follows is one') });
  assert.equal(good.patient_name, 'Mamadou Ndiaye');
  assert.deepEqual([locked.status, damaged.status, another.names_another], ['failed', 'failed', true]);

  assert.deepEqual(await needs(), { reading: 0, failed: 1, locked: 1, other_patient: 1, illegible: 0, check: 3 });
  assert.deepEqual(await waiting('failed'), [damaged.id]);
  assert.deepEqual(await waiting('locked'), [locked.id]);
  assert.deepEqual(await waiting('other_patient'), [another.id]);
  assert.deepEqual(await waiting('illegible'), []);
  assert.deepEqual(await waiting('reading'), []);
  assert.deepEqual(await waiting('check'), [damaged.id, locked.id, another.id], 'newest first');
  assert.deepEqual(await waiting('check', `&patient=${kane.id}`), [locked.id, another.id]);
  assert.deepEqual(await waiting('check', '&kind=prescription'), [another.id]);

  await server.must(200, 'POST', `/api/documents/${another.id}/confirm-patient/`);
  assert.deepEqual(await waiting('check'), [damaged.id, locked.id]);
  assert.equal((await needs()).check, 2);
});

test('a need that there is not is refused with the words that there are', async () => {
  const refused = await server.must(400, 'GET', '/api/documents/?needs=coffee');
  assert.match(refused.needs[0], /other_patient/);
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { demo, withServer } = require('./harness.js');

const server = withServer(test);
const PAPER = 'ordonnance-ndiaye-2026-09.pdf'; // of Mamadou Ndiaye, born on 1958-05-04
const ndiaye = { first_name: 'Mamadou', last_name: 'Ndiaye', gender: 'M', date_of_birth: '1958-05-04' };
const QUESTION = 'Quelle est la posologie de la metformine ?';

const facts = async (patient) => (await server.must(200, 'GET', `/api/patients/${patient.id}/facts/`)).count;
const audit = async () => (await server.must(200, 'GET', '/api/audit/?page_size=50')).results.map((a) => a.action);

test('a paper with another name is flagged with what stands on it, and the doctor may say that it is his', async () => {
  const patient = await server.activePatient({ first_name: 'Oumou', last_name: 'Kane', date_of_birth: '1990-01-01' });
  const document = await server.indexed(patient.id, demo.file(PAPER));
  assert.equal(document.names_another, true);
  assert.equal(document.belongs, false);
  assert.match(document.named_patient, /ndiaye/i);
  assert.equal(document.named_birth, '1958-05-04');
  assert.match(await server.simulator.ask(patient.phone, QUESTION), /autre personne/);

  const confirmed = await server.must(200, 'POST', `/api/documents/${document.id}/confirm-patient/`);
  assert.equal(confirmed.names_another, false);
  assert.equal(confirmed.belongs, true);
  assert.doesNotMatch(await server.simulator.ask(patient.phone, QUESTION), /autre personne/);
  await server.must(202, 'POST', `/api/documents/${document.id}/reindex/`, {});
  assert.equal((await server.settled(document.id)).names_another, false, 'reading again keeps the word of the doctor');
  assert.ok((await audit()).includes('document.confirm_patient'));
});

test('what the doctor said of it can be taken back: the paper is flagged again, and answers warn again', async () => {
  const patient = await server.activePatient({ first_name: 'Oumou', last_name: 'Kane', date_of_birth: '1990-01-01' });
  const document = await server.indexed(patient.id, demo.file(PAPER));
  const where = `/api/documents/${document.id}/confirm-patient/`;
  assert.equal((await server.must(404, 'DELETE', where)).code, 'confirmation_not_found');
  await server.must(200, 'POST', where);
  const back = await server.must(200, 'DELETE', where);
  assert.equal(back.names_another, true);
  assert.equal(back.belongs, false);
  assert.match(await server.simulator.ask(patient.phone, QUESTION), /autre personne/);
  assert.ok((await audit()).includes('document.unconfirm_patient'));
  await server.must(404, 'DELETE', where);

  // The record was wrong, not the paper: once it is mended there is nothing to flag.
  await server.must(200, 'POST', where);
  await server.must(200, 'PATCH', `/api/patients/${patient.id}/`, ndiaye);
  assert.equal((await server.must(200, 'DELETE', where)).names_another, false);
});

test('a paper in the wrong record moves to the right one, and nothing of it stays behind', async () => {
  const wrong = await server.activePatient({ first_name: 'Khady', last_name: 'Sagna', date_of_birth: '1991-02-03' });
  const right = await server.activePatient(ndiaye);
  const document = await server.indexed(wrong.id, demo.file(PAPER));
  assert.match(await server.simulator.ask(wrong.phone, QUESTION), /850 mg/);
  assert.ok(await facts(wrong) > 0);

  const moved = await server.must(202, 'POST', `/api/documents/${document.id}/move/`, { patient_id: right.id });
  assert.equal(moved.patient_id, right.id);
  assert.match(moved.status, /^(pending|processing)$/); // who reads it may have begun
  assert.equal(await facts(wrong), 0);
  assert.doesNotMatch(await server.simulator.ask(wrong.phone, QUESTION), /850/);
  assert.doesNotMatch(await server.simulator.ask(wrong.phone, 'Quels documents avez-vous ?'), /ordonnance/i);
  assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${wrong.id}`)).count, 0);

  const there = await server.settled(document.id);
  assert.equal(there.status, 'indexed');
  assert.equal(there.names_another, false);
  assert.match(await server.simulator.ask(right.phone, QUESTION), /850 mg/);
  assert.ok(await facts(right) > 0);
  const actions = await audit();
  for (const action of ['document.move', 'document.moved_away', 'document.moved_here']) assert.ok(actions.includes(action), action);
});

test('moving while it is being read stores it for the new patient only', async () => {
  const one = await server.activePatient();
  const two = await server.activePatient();
  const { body } = await server.upload(one.id, demo.file('ordonnance-faye-2026-09.jpg'));
  await server.must(202, 'POST', `/api/documents/${body.id}/move/`, { patient_id: two.id });
  assert.equal((await server.settled(body.id)).patient_id, two.id);
  assert.equal(await facts(one), 0);
  assert.ok(await facts(two) > 0);
});

test('where it is already, and where nobody is, it is not moved', async () => {
  const one = await server.activePatient();
  const two = await server.activePatient();
  const document = await server.indexed(one.id, demo.file('ordonnance-ba-2026-08.pdf'));
  await server.indexed(two.id, demo.file('ordonnance-ba-2026-08.pdf'));
  const where = `/api/documents/${document.id}/move/`;
  assert.equal((await server.must(409, 'POST', where, { patient_id: two.id })).code, 'document_there_already');
  assert.equal((await server.must(409, 'POST', where, { patient_id: one.id })).code, 'document_his_already');
  await server.must(404, 'POST', where, { patient_id: 999999 });
  assert.ok((await server.must(400, 'POST', where, {})).patient_id);
  assert.equal((await server.must(200, 'GET', `/api/documents/${document.id}/`)).status, 'indexed');
});

test('a deleted document leaves nothing that answers', async () => {
  const patient = await server.activePatient(ndiaye);
  const document = await server.indexed(patient.id, demo.file(PAPER));
  assert.match(await server.simulator.ask(patient.phone, QUESTION), /850 mg/);
  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  assert.doesNotMatch(await server.simulator.ask(patient.phone, QUESTION), /850/);
  assert.equal(await facts(patient), 0);
  for (const what of ['', 'pages/', 'facts/', 'file/', 'pages/1/image/']) await server.must(404, 'GET', `/api/documents/${document.id}/${what}`);
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { demo, withServer } = require('./harness.js');

const server = withServer(test);
const TYPED = 'Dr Awa DIENG\nOrdonnance du 3 octobre 2026\n\n1) AMOXICILLINE 1 g comprimé\n   1 comprimé matin et soir pendant 7 jours\n';

const names = (facts) => facts.results.map((f) => f.name.toLowerCase());
const page = async (id) => (await server.must(200, 'GET', `/api/documents/${id}/pages/`)).results[0];
const facts = (id) => server.must(200, 'GET', `/api/documents/${id}/facts/?type=medication`);

test('what the doctor types takes the place of what was read, in pages, facts and answers', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  const printed = await page(document.id);

  const answer = await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: TYPED });
  assert.equal(answer.status, 'indexed', 'it is made anew at once');
  await server.settled(document.id);
  const typed = await page(document.id);
  assert.equal(typed.source, 'corrected');
  assert.equal(typed.text, TYPED.trim());
  assert.equal(typed.legible, true);
  assert.deepEqual([typed.width, typed.height], [printed.width, printed.height]);
  assert.deepEqual(names(await facts(document.id)), ['amoxicilline']);
  const reply = await server.simulator.ask(patient.phone, "Quelle est la posologie de l'amoxicilline ?");
  assert.match(reply, /1 comprimé matin et soir/);
  assert.match(reply, /7 jours/);

  await server.must(202, 'POST', `/api/documents/${document.id}/reindex/`, {});
  await server.settled(document.id);
  assert.equal((await page(document.id)).source, 'corrected', 'reading again keeps the words of the doctor');

  await server.must(202, 'DELETE', `/api/documents/${document.id}/pages/1/`);
  await server.settled(document.id);
  assert.deepEqual(await page(document.id), printed);
  assert.ok(names(await facts(document.id)).includes('metformine'));
  const audit = await server.must(200, 'GET', '/api/audit/?page_size=50');
  const actions = audit.results.map((a) => a.action);
  assert.ok(actions.includes('document.correct_page') && actions.includes('document.uncorrect_page'));
});

test('corrections that come while the document is being read are in it in the end', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-sow-2026-04.pdf'));
  for (let i = 1; i <= 12; i++) {
    await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: `${TYPED}\nVersion ${i}` });
  }
  await server.settled(document.id);
  assert.match((await page(document.id)).text, /Version 12$/);
});

test('a page that is not there, a text that is too long and a body without one are refused with words', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'));
  const where = `/api/documents/${document.id}/pages`;
  assert.equal((await server.must(404, 'PATCH', `${where}/9/`, { text: 'x' })).code, 'page_not_found');
  assert.equal((await server.must(404, 'DELETE', `${where}/1/`)).code, 'correction_not_found');
  assert.ok((await server.must(400, 'PATCH', `${where}/1/`, {})).text);
  assert.ok((await server.must(400, 'PATCH', `${where}/1/`, { text: 'a'.repeat(40001) })).text);
  assert.ok((await server.must(400, 'PATCH', `${where}/1/`, { text: 'x', page: 2 })).page);
  await server.must(404, 'PATCH', '/api/documents/999999/pages/1/', { text: 'x' });
});

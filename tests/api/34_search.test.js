'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { demo, withServer } = require('./harness.js');

const server = withServer(test);
const search = (id, q) => server.must(200, 'GET', `/api/documents/${id}/search/?q=${encodeURIComponent(q)}`);

test('words are found with the boxes that the pages tell, whatever the case and accents', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  const page = (await server.must(200, 'GET', `/api/documents/${document.id}/pages/?words=1`)).results[0];
  const printed = page.words.filter((w) => /^metformine/i.test(w.text));
  assert.ok(printed.length > 0);

  const found = await search(document.id, 'MÉTFORMI');
  assert.equal(found.more, false);
  assert.equal(found.count, printed.length);
  assert.equal(found.results.length, printed.length);
  assert.deepEqual(found.results.map((r) => r.boxes), printed.map((w) => [w.box]));
  assert.deepEqual(found.results.map((r) => r.words), printed.map((w) => [w.text]));
  assert.equal(found.results[0].page, 1);
  assert.match(found.results[0].text, /metformine/i);
  assert.equal(found.results[0].legible, true);

  const at = page.words.findIndex((w) => w === printed[0]);
  const phrase = `${page.words[at].text} ${page.words[at + 1].text}`;
  const [hit] = (await search(document.id, phrase)).results;
  assert.deepEqual(hit.boxes, [page.words[at].box, page.words[at + 1].box]);
  assert.equal((await search(document.id, 'zzz')).count, 0);
});

test('what the doctor typed is found, and what it replaced is not', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: 'Coartem 80/480\n2 fois par jour' });
  await server.settled(document.id);
  const found = await search(document.id, 'coartem 80/480 2 fois');
  assert.equal(found.count, 1);
  assert.equal(found.results[0].boxes.length, 4);
  assert.equal((await search(document.id, 'metformine')).count, 0);
});

test('at most 200 places are told, and that there are more', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, { name: 'longue.txt', bytes: Buffer.from('fer folate\n'.repeat(150)) });
  const some = await search(document.id, 'fer');
  assert.deepEqual([some.count, some.more], [150, false]);
  const all = await search(document.id, 'f');
  assert.deepEqual([all.count, all.results.length, all.more], [200, 200, true]);
});

test('nothing to look for, a question too long, another document', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'));
  const where = `/api/documents/${document.id}/search/`;
  assert.ok((await server.must(400, 'GET', where)).q);
  assert.ok((await server.must(400, 'GET', `${where}?q=${encodeURIComponent('*** %')}`)).q);
  assert.ok((await server.must(400, 'GET', `${where}?q=${'a'.repeat(900)}`)).q);
  await server.must(404, 'GET', '/api/documents/999999/search/?q=a');
  await server.must(401, 'GET', `${where}?q=a`, undefined, { token: null });
});

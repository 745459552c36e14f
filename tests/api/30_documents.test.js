'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { aPatient, demo, withServer } = require('./harness.js');

const server = withServer(test);
const patient = (with_) => server.must(201, 'POST', '/api/patients/', aPatient(with_));
const entry = (file) => demo.documents.find((d) => d.file === file);
const words = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

test('a document is accepted at once and read later', async () => {
  const { id } = await patient();
  const answer = await server.upload(id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  assert.equal(answer.status, 201);
  assert.equal(answer.body.status, 'pending');
  assert.equal(answer.body.patient_id ?? answer.body.patient, id);
  const document = await server.settled(answer.body.id);
  assert.equal(document.status, 'indexed', document.error);
  assert.equal(document.kind, 'prescription');
  assert.equal(document.date, '2026-09-14');
});

test('pages: text, source, confidence, size; words with boxes for who asks', async () => {
  const { id } = await patient();
  const document = await server.indexed(id, demo.file('bilan-ndiaye-2026-09.pdf'));
  const list = await server.must(200, 'GET', `/api/documents/${document.id}/pages/`);
  const pages = list.results ?? list;
  assert.equal(pages.length, 1);
  assert.equal(pages[0].number, 1);
  assert.equal(pages[0].source, 'text');
  assert.equal(pages[0].confidence, 100);
  assert.equal(pages[0].legible, true);
  assert.match(pages[0].text, /Glycémie à jeun/);
  assert.equal(pages[0].words, undefined);
  const withWords = await server.must(200, 'GET', `/api/documents/${document.id}/pages/?words=1`);
  const [page] = withWords.results ?? withWords;
  const word = page.words.find((w) => w.text === '1,42');
  assert.ok(word, 'the value is not among the words');
  assert.ok(JSON.stringify(word).match(/\d/g).length > 3, 'no box');
});

/* Width and height in the frame header of a JPEG file (ITU T.81, B.2.2). */
function sizeOfJpeg(bytes) {
  assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if ((bytes[at + 1] & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(bytes[at + 1])) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  assert.fail('no frame header');
}

test('a page is a picture of the size of the page, kept by the browser until it changes, and by nobody else', async () => {
  const { id } = await patient();
  const document = await server.indexed(id, demo.file('bilan-ndiaye-2026-09.pdf'));
  const where = `/api/documents/${document.id}/pages/1/image/`;
  const [page] = (await server.must(200, 'GET', `/api/documents/${document.id}/pages/`)).results;
  const picture = await server.api('GET', where, undefined, { record: false });
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get('content-type'), 'image/jpeg');
  assert.equal(picture.headers.get('cache-control'), 'private, no-cache');
  assert.equal(picture.headers.get('x-content-type-options'), 'nosniff');
  const { width, height } = sizeOfJpeg(picture.bytes);
  assert.ok(Math.abs(width - page.width / 720 * 150) <= 1, `${width} wide for ${page.width}`);
  assert.ok(Math.abs(width / height - page.width / page.height) < 0.01, `${width} by ${height}`);
  const etag = picture.headers.get('etag');
  const again = await server.api('GET', where, undefined, { record: false, headers: { 'if-none-match': etag } });
  assert.equal(again.status, 304);
  assert.equal(again.bytes.length, 0);
  assert.equal((await server.api('GET', where, undefined, { token: null })).status, 401);
  const missing = await server.api('GET', `/api/documents/${document.id}/pages/2/image/`);
  assert.equal(missing.status, 404);
  assert.equal(missing.body.code, 'page_not_found');
  assert.equal((await server.api('GET', `/api/documents/${document.id}/pages/0/image/`)).status, 404);
  assert.equal((await server.api('GET', '/api/documents/999999/pages/1/image/')).status, 404);
});

test('the original comes back byte for byte, and lies encrypted on the disk', async () => {
  const { id } = await patient();
  const file = demo.file('certificat-mbaye-2026-09.pdf');
  const document = await server.indexed(id, file);
  const original = await server.api('GET', `/api/documents/${document.id}/file/`, undefined, { record: false });
  assert.equal(original.status, 200);
  assert.deepEqual(original.bytes, fs.readFileSync(file));
  assert.match(original.headers.get('content-type'), /^application\/pdf/);
  assert.match(original.headers.get('cache-control'), /no-store/);
  const found = fs.readdirSync(server.dataDir, { recursive: true }).map((f) => path.join(server.dataDir, f)).filter((f) => fs.statSync(f).isFile());
  for (const one of found) assert.ok(!fs.readFileSync(one).includes('%PDF-'), `${one} holds a document in clear`);
});

for (const expected of demo.documents) {
  test(`${expected.file}: kind, date and facts`, async () => {
    const { id } = await patient();
    const document = await server.indexed(id, demo.file(expected.file));
    assert.equal(document.kind, expected.kind);
    assert.equal(document.date, expected.date);
    const answer = await server.must(200, 'GET', `/api/documents/${document.id}/facts/`);
    const facts = answer.results ?? answer;
    for (const fact of facts) {
      assert.equal(fact.document_id, document.id);
      assert.equal(fact.page, 1);
      assert.ok(fact.confidence >= 0 && fact.confidence <= 100);
    }
    const medications = facts.filter((f) => f.type === 'medication');
    const values = facts.filter((f) => f.type === 'lab_value');
    if (expected.source === 'text') {
      for (const m of expected.medications) {
        const fact = medications.find((f) => words(f.name).includes(words(m.name)));
        assert.ok(fact, `no ${m.name} among ${medications.map((f) => f.name)}`);
        for (const field of ['strength', 'dose', 'duration']) assert.equal(fact[field], m[field], `${m.name} ${field}`);
        // "le matin à jeun" may be told apart into when and how.
        const when = `${fact.frequency} ${fact.instruction ?? ''}`;
        for (const word of m.frequency.split(' ')) assert.ok(when.includes(word), `${m.name}: no "${word}" in "${when}"`);
      }
      for (const v of expected.values) {
        const fact = values.find((f) => words(f.name) === words(v.name));
        assert.ok(fact, `no ${v.name} among ${values.map((f) => f.name)}`);
        for (const field of ['value', 'unit', 'flag']) assert.equal(fact[field] ?? '', v[field], `${v.name} ${field}`);
        assert.equal((fact.reference ?? '').replace(/[()]/g, ''), v.reference, `${v.name} reference`);
      }
    }
    assert.equal(medications.length, expected.source === 'text' ? expected.medications.length : medications.length);
    // Whatever was read, right or left out: never a figure that the paper does not have.
    for (const fact of medications) {
      const known = expected.medications.find((m) => words(fact.name).includes(words(m.name).slice(0, 6)));
      if (known && fact.strength) assert.equal(fact.strength.replace('μ', 'µ'), known.strength, `${known.name}: a wrong strength`);
    }
  });
}

test('the facts of a patient gather those of the documents', async () => {
  const { id } = await patient();
  await server.indexed(id, demo.file('ordonnance-sow-2026-04.pdf'));
  await server.indexed(id, demo.file('tsh-sow-2026-04.pdf'));
  const answer = await server.must(200, 'GET', `/api/patients/${id}/facts/`);
  const types = new Set((answer.results ?? answer).map((f) => f.type));
  assert.ok(types.has('medication') && types.has('lab_value'), [...types].join());
});

test('the same bytes twice for one patient answer the first; for another they are another', async () => {
  const [one, other] = [await patient(), await patient()];
  const first = await server.upload(one.id, demo.file('ordonnance-ba-2026-08.pdf'));
  assert.equal(first.status, 201);
  const second = await server.upload(one.id, demo.file('ordonnance-ba-2026-08.pdf'));
  assert.equal(second.status, 200);
  assert.equal(second.body.id, first.body.id);
  const third = await server.upload(other.id, demo.file('ordonnance-ba-2026-08.pdf'));
  assert.equal(third.status, 201);
  assert.notEqual(third.body.id, first.body.id);
});

test('several files in one request answer a list', async () => {
  const { id } = await patient();
  const files = [demo.file('ordonnance-ba-2026-08.pdf'), demo.file('bilan-lipidique-ba-2026-08.pdf')];
  const { status, body } = await server.upload(id, files);
  assert.equal(status, 201);
  assert.deepEqual(body.map((d) => d.status), ['pending', 'pending']);
  for (const one of body) assert.equal((await server.settled(one.id)).status, 'indexed');
});

test('what a file is tells its content, not its name', async () => {
  const { id } = await patient();
  const bytes = fs.readFileSync(demo.file('ordonnance-sarr-2026-06.jpg'));
  const document = await server.indexed(id, { name: 'radio.pdf', bytes, type: 'application/pdf' });
  const original = await server.api('GET', `/api/documents/${document.id}/file/`, undefined, { record: false });
  assert.match(original.headers.get('content-type'), /^image\/jpeg/);
});

test('a plain text is a document too', async () => {
  const { id } = await patient();
  const text = 'ORDONNANCE\nDakar, le 3 mars 2026\n\nParacétamol 500 mg : 1 comprimé 3 fois par jour pendant 5 jours\n';
  const document = await server.indexed(id, { name: 'note.txt', bytes: Buffer.from(text), type: 'text/plain' });
  assert.equal(document.kind, 'prescription');
});

test('lists are filtered by patient, status and kind', async () => {
  const { id } = await patient();
  const document = await server.indexed(id, demo.file('radio-thorax-sarr-2026-06.pdf'));
  const list = await server.must(200, 'GET', `/api/documents/?patient=${id}&status=indexed&kind=imaging`);
  assert.deepEqual(list.results.map((d) => d.id), [document.id]);
  assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${id}&kind=laboratory`)).count, 0);
});

test('a person corrects title and kind; DELETE removes document, pages and file', async () => {
  const { id } = await patient();
  const document = await server.indexed(id, demo.file('radio-thorax-sarr-2026-06.pdf'), { title: 'Radio de Fatou' });
  assert.equal(document.title, 'Radio de Fatou');
  const changed = await server.must(200, 'PATCH', `/api/documents/${document.id}/`, { title: 'Thorax', kind: 'report' });
  assert.equal(changed.title, 'Thorax');
  assert.equal(changed.kind, 'report');
  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  for (const where of ['', 'pages/', 'pages/1/image/', 'file/', 'facts/']) {
    assert.equal((await server.api('GET', `/api/documents/${document.id}/${where}`)).status, 404, where);
  }
});

test('reindex reads a document again and doubles nothing', async () => {
  const { id } = await patient();
  const document = await server.indexed(id, demo.file('tsh-sow-2026-04.pdf'));
  const facts = async () => {
    const answer = await server.must(200, 'GET', `/api/documents/${document.id}/facts/`);
    return (answer.results ?? answer).length;
  };
  const before = await facts();
  const answer = await server.api('POST', `/api/documents/${document.id}/reindex/`);
  assert.ok([200, 202].includes(answer.status), String(answer.status));
  await server.settled(document.id);
  assert.equal(await facts(), before);
});

test('a paper is never of a day that is to come: without another it has none', async () => {
  const { id } = await patient();
  const day = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10).split('-').reverse().join('/');
  const read = async (name, text) => (await server.indexed(id, { name, bytes: Buffer.from(`CENTRE DE SANTE DE PIKINE\n${text}\n`), type: 'text/plain' })).date;
  assert.equal(await read('rendez-vous.txt', `Rendez-vous le ${day(15)} à 9h`), null);
  assert.equal(await read('carte.txt', day(15)), null);
  assert.equal(await read('hier.txt', `${day(-1)}\nRDV : ${day(15)}`), day(-1).split('/').reverse().join('-'));
});

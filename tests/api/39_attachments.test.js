'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { withServer } = require('./harness.js');

const server = withServer(test);

/** A PDF of one page, a letter, that holds these files: { name, text }. */
function pdf(files) {
  const line = 'BT /F 12 Tf 50 700 Td (Docteur Awa Sarr, Dakar : lettre de sortie, annexes jointes) Tj ET';
  const names = files.map((_, i) => `(${i})${5 + 2 * i} 0 R`).join(' ');
  const objects = [
    `<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[${names}]>>>>>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
    `<</Length ${line.length}>>stream\n${line}\nendstream`,
  ];
  for (const { name, text } of files) {
    objects.push(`<</Type/Filespec/F(${name})/EF<</F ${objects.length + 2} 0 R>>>>`);
    objects.push(`<</Type/EmbeddedFile/Length ${text.length}>>stream\n${text}\nendstream`);
  }
  const body = objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('');
  return { name: 'sortie.pdf', bytes: Buffer.from(`%PDF-1.7\n${body}trailer<</Root 1 0 R>>\n%%EOF\n`, 'latin1') };
}

const note = { name: 'ordonnance.txt', text: 'Ordonnance du 3 octobre 2026\n\nAMOXICILLINE 1 g comprime\n1 comprime matin et soir pendant 7 jours\n' };
const invoice = { name: 'facture.xml', text: '<?xml version="1.0"?><Invoice><Total>125000</Total></Invoice>' };
const old = { name: 'ancien.doc', text: `\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(600)}` };
const pages = async (id) => (await server.must(200, 'GET', `/api/documents/${id}/pages/`)).results;

test('a file within a PDF is read as further pages, which say where they come from', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, pdf([invoice, note]));
  assert.equal(document.error_code, null);
  assert.equal(document.page_count, 2);
  const read = await pages(document.id);
  assert.deepEqual(read.map((p) => p.attachment), [null, 'ordonnance.txt']);
  assert.match(read[1].text, /AMOXICILLINE/);

  const { results } = await server.must(200, 'GET', `/api/documents/${document.id}/search/?q=amoxi`);
  assert.deepEqual(results.map((r) => [r.page, r.attachment]), [[2, 'ordonnance.txt']]);
  const facts = await server.must(200, 'GET', `/api/documents/${document.id}/facts/?type=medication`);
  assert.deepEqual(facts.results.map((f) => f.page), [2]);
  const picture = await server.api('GET', `/api/documents/${document.id}/pages/2/image/`);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get('content-type'), 'image/jpeg');
  const export_ = await server.api('GET', `/api/documents/${document.id}/searchable/`);
  assert.equal(export_.status, 200);
  assert.match(export_.bytes.toString('latin1'), /EmbeddedFile/, 'the file stays within the document');
  const reply = await server.simulator.ask(patient.phone, "Quelle est la posologie de l'amoxicilline ?");
  assert.match(reply, /1 comprim. matin et soir/);
  const exported = await server.must(200, 'GET', `/api/patients/${patient.id}/export/`);
  assert.match(JSON.stringify(exported), /"attachment":"ordonnance.txt"/);

  // What the doctor types for such a page does not take its origin away.
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/2/`, { text: 'Rien à signaler' });
  await server.settled(document.id);
  assert.deepEqual((await pages(document.id)).map((p) => [p.attachment, p.source]), [[null, 'text'], ['ordonnance.txt', 'corrected']]);
});

test('a file within a PDF that cannot be read is told, and the rest is read', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, pdf([old, note]));
  assert.equal(document.error_code, 'attachments_unread');
  assert.match(document.error, /pièces jointes/);
  assert.deepEqual((await pages(document.id)).map((p) => p.attachment), [null, 'ordonnance.txt']);
  const { results } = await server.must(200, 'GET', '/api/notifications/?page_size=100');
  assert.deepEqual(results.filter((n) => n.object === document.id).map((n) => n.kind), ['document.partly_read']);
});

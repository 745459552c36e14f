'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { withServer } = require('./harness.js');

const server = withServer(test);

/**
 * A PDF of one page for each item: lines of text in the fonts that every reader has, or a strip of paper so narrow and long that no
 * picture library takes it, without a letter on it: it has to be read by OCR, and cannot.
 */
function pdf(pages) {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  const kids = [];
  for (const lines of pages) {
    const box = lines ? '0 0 595 842' : '0 0 14400 1';
    const content = (lines ?? []).map((line, i) => `BT /F 12 Tf 50 ${780 - 24 * i} Td (${line}) Tj ET`).join('\n');
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[${box}]/Contents ${objects.length + 2} 0 R/Resources<</Font<</F 3 0 R>>>>>>`);
    kids.push(`${objects.length} 0 R`);
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
  }
  objects[1] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`;
  const body = objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('');
  return { name: 'dossier.pdf', bytes: Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R>>\n%%EOF\n`, 'latin1') };
}

const STRIP = null;
const FIRST = ['Docteur Awa Sarr, Dakar', 'Ordonnance du 3 octobre 2026', 'METFORMINE 850 mg comprime', '1 comprime matin et soir pendant 3 mois'];
const LAST = ['Prochain rendez-vous le 12 janvier 2027 a 9 h', 'Consultation de diabetologie, batiment B'];
const pages = async (id) => (await server.must(200, 'GET', `/api/documents/${id}/pages/`)).results;

test('a page that cannot be read costs neither those before it nor those after it', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, pdf([FIRST, STRIP, LAST]));
  assert.equal(document.error_code, 'pages_too_complex');
  assert.match(document.error, /pas été lues/);
  assert.equal(document.page_count, 3);
  assert.equal(document.illegible_pages, 1);
  const read = await pages(document.id);
  assert.deepEqual(read.map((p) => p.source), ['text', 'unread', 'text']);
  assert.deepEqual(read.map((p) => p.legible), [true, false, true]);
  assert.equal(read[1].text, '');
  assert.deepEqual([read[1].width, read[1].height], [5950, 8420]);
  assert.match(await server.simulator.ask(patient.phone, 'Quelle est la posologie de la metformine ?'), /850 mg/);
  const { results } = await server.must(200, 'GET', '/api/notifications/?page_size=100');
  assert.deepEqual(results.filter((n) => n.object === document.id).map((n) => n.kind), ['document.partly_read']);

  // Another try comes to the same; what the doctor types for the page makes the document whole.
  await server.must(202, 'POST', `/api/documents/${document.id}/reindex/`, {});
  assert.equal((await server.settled(document.id)).error_code, 'pages_too_complex');
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/2/`, { text: 'AMOXICILLINE 1 g comprimé\n1 comprimé matin et soir' });
  const whole = await server.settled(document.id);
  assert.equal(whole.status, 'indexed');
  assert.equal(whole.error_code, null);
  assert.equal(whole.error, null);
  assert.equal(whole.illegible_pages, 0);
  assert.deepEqual((await pages(document.id)).map((p) => p.source), ['text', 'corrected', 'text']);
});

test('a document of which no page could be read fails, with its reason', async () => {
  const patient = await server.activePatient();
  const { body } = await server.upload(patient.id, pdf([STRIP, STRIP]));
  const document = await server.settled(body.id);
  assert.equal(document.status, 'failed');
  assert.equal(document.error_code, 'too_complex');
  assert.equal((await pages(document.id)).length, 0);
});

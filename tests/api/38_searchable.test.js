'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, demo, until, withServer } = require('./harness.js');

const server = withServer(test);
const where = (id) => `/api/documents/${id}/searchable/`;
const pagesOf = async (id) => (await server.must(200, 'GET', `/api/documents/${id}/pages/?words=1`)).results;

async function searchable(id) {
  const answer = await server.api('GET', where(id), undefined, { record: false });
  assert.equal(answer.status, 200, answer.body);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.bytes.subarray(0, 5).toString(), '%PDF-');
  return answer;
}

/** What another program finds: pages of { width, height, words: { text, x, y } }, the middle of each word in tenths of a point. */
function found(pdf) {
  const file = path.join(server.dataDir, 'searchable.pdf');
  fs.writeFileSync(file, pdf);
  const { status, stdout, stderr } = spawnSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
  fs.rmSync(file);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '', 'the PDF is written as it should be');
  const letters = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return stdout.split('<page ').slice(1).map((part) => ({
    width: Number(/width="([\d.]+)"/.exec(part)[1]) * 10,
    height: Number(/height="([\d.]+)"/.exec(part)[1]) * 10,
    words: [...part.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)]
      .map(([, x1, y1, x2, y2, text]) => ({
        text: text.replace(/&(\w+);/g, (_, name) => letters[name]),
        x: (Number(x1) + Number(x2)) * 5, y: (Number(y1) + Number(y2)) * 5,
      })),
  }));
}

/** Each word that was read is found where it is printed: boxes are those of the level page, and the PDF is as skewed as the paper was. */
function assertFound(pdf, pages, skewMax = 0) {
  const there = found(pdf);
  assert.equal(there.length, pages.length);
  pages.forEach((page, i) => {
    const sides = (p) => [p.width, p.height].sort((a, b) => a - b); // pdftotext tells those of the paper, whichever way it is turned
    sides(there[i]).forEach((side, k) => assert.ok(Math.abs(side - sides(page)[k]) < 20));
    for (const { text, box: [x, y, w, h] } of page.words) {
      const slack = skewMax * Math.hypot(x - page.width / 2, y - page.height / 2);
      const near = there[i].words.some((word) => word.text === text
        && Math.abs(word.x - x - w / 2) < 30 + slack && Math.abs(word.y - y - h / 2) < 60 + slack);
      assert.ok(near, `"${text}" of page ${i + 1} is not found at ${x}, ${y}`);
    }
  });
  return there;
}

for (const file of ['ordonnance-faye-2026-09.jpg', 'sortie-fall-2026-05.png']) {
  test(`${file}: a picture becomes a PDF in which every word is found where it is printed`, async () => {
    const patient = await server.activePatient();
    const document = await server.indexed(patient.id, demo.file(file));
    const { bytes, headers } = await searchable(document.id);
    const pages = await pagesOf(document.id);
    assert.ok(pages[0].words.length > 20 && pages[0].words.some(({ text }) => /[éèàœ’']/.test(text)));
    assertFound(bytes, pages, 0.04);
    assert.equal(Number(headers.get('content-length')), bytes.length);
    assert.match(headers.get('content-disposition'), new RegExp(`filename="${file.replace(/\.\w+$/, '.pdf')}"`));
  });
}

test('a PDF of letters is given as it is; it is kept by the browser until the document changes, and by nobody else', async () => {
  const patient = await server.activePatient();
  const file = demo.file('bilan-ndiaye-2026-09.pdf');
  const document = await server.indexed(patient.id, file);
  const first = await searchable(document.id);
  assert.deepEqual(first.bytes, fs.readFileSync(file));
  assert.equal(first.headers.get('cache-control'), 'private, no-cache');
  const headers = { 'if-none-match': first.headers.get('etag') };
  assert.equal((await server.api('GET', where(document.id), undefined, { record: false, headers })).status, 304);
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: 'Hématocrite non interprétable' });
  await server.settled(document.id);
  assert.equal((await server.api('GET', where(document.id), undefined, { record: false, headers })).status, 200);
});

test('what the doctor typed is found on the page, accents and all', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-gueye-2026-10.png'));
  const typed = "Dr Awa DIENG\nL’œdème n'a pas régressé ; « à revoir » le 3\n1) AMOXICILLINE 1 g  matin et soir";
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: typed });
  await server.settled(document.id);
  const [page] = assertFound((await searchable(document.id)).bytes, await pagesOf(document.id));
  assert.deepEqual(page.words.map(({ text }) => text).join(' '), typed.replace(/\s+/g, ' '));
});

/** A PDF of a page of letters, then the scan, which lies on its side in the file. */
function mixedPdf(jpeg) {
  let at = 2; // behind the first marker; a segment says its length, and the one of the frame its sides
  while (![0xc0, 0xc1, 0xc2].includes(jpeg[at + 1])) at += 2 + jpeg.readUInt16BE(at + 2);
  const [height, width, components] = [jpeg.readUInt16BE(at + 5), jpeg.readUInt16BE(at + 7), jpeg[at + 9]];
  const lines = ['Ordonnance du docteur Sarr', 'Amoxicilline matin et soir pendant sept jours', 'Revenir dans deux semaines'];
  const letters = `BT /F 14 Tf 18 TL 40 700 Td ${[...lines, ...lines, ...lines].map((l) => `(${l}) Tj T*`).join(' ')} ET`;
  const stream = (dict, bytes) => Buffer.concat([Buffer.from(`<<${dict}/Length ${bytes.length}>>stream\n`), bytes, Buffer.from('\nendstream')]);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 7 0 R>>>>>>',
    // Lying as no reader wants it: the sheet was fed with its side first, and the file says nothing of it.
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 6 0 R/Resources<</XObject<</I 8 0 R>>>>>>',
    stream('', Buffer.from(letters)), stream('', Buffer.from(`0 -1 1 0 0 595 cm 595 0 0 842 0 0 cm /I Do`)),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    stream(`/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8`
      + `/ColorSpace/${components === 1 ? 'DeviceGray' : 'DeviceRGB'}/Filter/DCTDecode`, jpeg),
  ];
  const parts = objects.flatMap((o, i) => [Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(o), Buffer.from('\nendobj\n')]);
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), ...parts, Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n')]);
}

test('a PDF of letters and scans keeps the letters, and the scan that lies on its side stands upright', async () => {
  const patient = await server.activePatient();
  const jpeg = fs.readFileSync(demo.file('ordonnance-sarr-2026-06.jpg'));
  const document = await server.indexed(patient.id, { name: 'dossier.pdf', bytes: mixedPdf(jpeg) });
  const pages = await pagesOf(document.id);
  assert.deepEqual(pages.map((p) => p.source), ['text', 'ocr']);
  assert.ok(pages[1].height > pages[1].width && pages[1].words.length > 20);
  const { bytes } = await searchable(document.id);
  const [letters] = assertFound(bytes, pages, 0.04);
  assert.equal(letters.words.filter(({ text }) => text === 'Amoxicilline').length, 3, 'no word of the letters is doubled');
  assert.ok(bytes.includes(jpeg), 'the scan is not compressed again');
});

test('a text file becomes pages that can be printed', async () => {
  const patient = await server.activePatient();
  const text = 'ORDONNANCE\nDakar, le 3 mars 2026\n\nParacétamol 500 mg : 1 comprimé 3 fois par jour pendant 5 jours\n';
  const document = await server.indexed(patient.id, { name: 'note du 3 mars.txt', bytes: Buffer.from(text), type: 'text/plain' });
  const { bytes, headers } = await searchable(document.id);
  assertFound(bytes, await pagesOf(document.id));
  assert.match(headers.get('content-disposition'), /filename="note du 3 mars\.pdf"/);
});

test('what was not read, or is not there, is refused with words', async () => {
  const patient = await server.activePatient();
  const bytes = fs.readFileSync(path.join(ROOT, 'tests', 'data', 'encrypted.pdf'));
  const { body } = await server.upload(patient.id, { name: 'bilan.pdf', bytes });
  await server.settled(body.id);
  const answer = await server.must(409, 'GET', where(body.id));
  assert.equal(answer.code, 'encrypted');
  assert.match(answer.detail, /mot de passe/);
  assert.equal((await server.must(404, 'GET', where(999999))).code, 'document_not_found');
  await server.must(401, 'GET', where(body.id), undefined, { token: null });
});

test('nothing of it stays on the disk', async () => {
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('nfs-faye-2026-09.jpg'));
  const root = path.join(server.dataDir, 'documents');
  const files = () => fs.readdirSync(root).flatMap((folder) => fs.readdirSync(path.join(root, folder))).sort().join();
  const before = files();
  await searchable(document.id);
  await until('the file to be removed', () => files() === before);
});

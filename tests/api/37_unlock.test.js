'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, demo, until, withServer } = require('./harness.js');

const server = withServer(test);
const LOCKED = path.join(ROOT, 'tests', 'data', 'encrypted.pdf');
const PASSWORD = 'secret';

/** A locked document: another comment behind the end makes other bytes of it. */
async function locked(patientId, mark = '') {
  const bytes = Buffer.concat([fs.readFileSync(LOCKED), Buffer.from(mark && `% ${mark}\n`)]);
  const answer = await server.upload(patientId, { name: 'bilan.pdf', bytes });
  assert.equal(answer.status, 201);
  return server.settled(answer.body.id);
}

const unlock = (id, password) => server.api('POST', `/api/documents/${id}/unlock/`, { password });

function blobs() {
  const root = path.join(server.dataDir, 'documents');
  return fs.readdirSync(root).flatMap((folder) => fs.readdirSync(path.join(root, folder)));
}

test('the password of a PDF is used once: the document is then read, drawn and given without it', async () => {
  const patient = await server.activePatient();
  const document = await locked(patient.id);
  assert.equal(document.status, 'failed');
  assert.equal(document.error_code, 'encrypted');
  assert.match(document.error, /mot de passe/);
  const before = blobs();

  const answer = await unlock(document.id, PASSWORD);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  assert.ok(['pending', 'processing', 'indexed'].includes(answer.body.status));
  const read = await server.settled(document.id);
  assert.equal(read.status, 'indexed');
  const pages = await server.must(200, 'GET', `/api/documents/${document.id}/pages/`);
  assert.equal(pages.results[0].text, 'Doliprane');
  const picture = await server.api('GET', `/api/documents/${document.id}/pages/1/image/`);
  assert.equal(picture.status, 200);
  const file = await server.api('GET', `/api/documents/${document.id}/file/`);
  assert.equal(file.bytes.length, read.size);
  assert.ok(file.bytes.includes('%PDF-') && !file.bytes.includes('/Encrypt'));

  await server.must(202, 'POST', `/api/documents/${document.id}/reindex/`, {});
  assert.equal((await server.settled(document.id)).status, 'indexed', 'reading again asks for nothing');
  await until('the locked original to be removed', () => {
    const now = blobs();
    return now.length === before.length && before.some((name) => !now.includes(name));
  });
  const again = await server.upload(patient.id, LOCKED);
  assert.equal(again.status, 200, 'the locked file sent again is the same document');
  assert.equal(again.body.id, document.id);
  const audit = await server.must(200, 'GET', '/api/audit/?page_size=50');
  assert.ok(audit.results.some((a) => a.action === 'document.unlock' && a.object_id === document.id));
});

test('a wrong password is said at its field, changes nothing, and guessing is slowed down', async () => {
  const patient = await server.activePatient();
  const document = await locked(patient.id, 'guessed at');
  for (let i = 0; i < 5; i++) {
    const answer = await unlock(document.id, `Secret ${i}`);
    assert.equal(answer.status, 400);
    assert.match(answer.body.password[0], /pas le mot de passe/);
  }
  const slowed = await unlock(document.id, PASSWORD);
  assert.equal(slowed.status, 429);
  const wait = Number(slowed.headers.get('retry-after'));
  assert.ok(wait > 0);
  assert.equal((await server.must(200, 'GET', `/api/documents/${document.id}/`)).error_code, 'encrypted');
  const other = await locked(patient.id, 'another');
  assert.equal((await unlock(other.id, PASSWORD)).status, 202, 'another document is not slowed down');
  await until('the wait to be over', async () => (await unlock(document.id, PASSWORD)).status === 202);
  assert.equal((await server.settled(document.id)).status, 'indexed');
  const audit = await server.must(200, 'GET', '/api/audit/?page_size=100');
  assert.equal(audit.results.filter((a) => a.action === 'document.unlock_failed' && a.object_id === document.id).length, 5);
});

test('what waits for no password, or gets none, is refused with words', async () => {
  const patient = await server.activePatient();
  const open = await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'));
  const answer = await unlock(open.id, PASSWORD);
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, 'document_not_locked');
  const document = await locked(patient.id, 'badly asked');
  for (const password of [undefined, '', 7, null, 'x'.repeat(128), 'é'.repeat(64)]) {
    assert.ok((await server.must(400, 'POST', `/api/documents/${document.id}/unlock/`, { password })).password);
  }
  assert.equal((await unlock(999999, PASSWORD)).status, 404);
  await server.must(401, 'POST', `/api/documents/${document.id}/unlock/`, { password: PASSWORD }, { token: null });
});

/** Of a file that may be removed meanwhile: locked originals are, by a job. */
function bytesOf(file) {
  try {
    return fs.readFileSync(file);
  } catch (e) {
    if (e.code !== 'ENOENT') throw e;
    return Buffer.alloc(0);
  }
}

test('the password is in no log and nowhere in the data directory', async () => {
  const patient = await server.activePatient();
  const document = await locked(patient.id, 'searched for');
  const odd = 'Tr3s-Rare-Mot-De-Passe';
  assert.equal((await unlock(document.id, odd)).status, 400);
  const files = fs.readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  for (const file of files) assert.ok(!bytesOf(path.join(file.parentPath ?? file.path, file.name)).includes(odd), file.name);
  assert.ok(!server.output.includes(odd));
});

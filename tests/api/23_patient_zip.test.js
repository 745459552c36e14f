'use strict';
/* What a patient who leaves takes along: one archive with his record to read, as JSON, and each of his papers as it was given; nobody else's. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, tempDir, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);
const zipOf = (own, id, options) => own.api('GET', `/api/patients/${id}/export/zip/`, undefined, options);
const sha = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

/** The archive as another program reads it, each file held against its checksum: { name: bytes }. */
function unpacked(bytes) {
  const dir = tempDir();
  fs.writeFileSync(path.join(dir, 'x.zip'), bytes);
  const script = 'import base64, json, sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n'
    + 'print(json.dumps({i.filename: base64.b64encode(z.read(i)).decode() for i in z.infolist()}))\n';
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(dir, 'x.zip')], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  fs.rmSync(dir, { recursive: true });
  return Object.fromEntries(Object.entries(JSON.parse(stdout)).map(([name, text]) => [name, Buffer.from(text, 'base64')]));
}

const NOTE = Buffer.from('Compte rendu du 3 mars 2026\nTension 12/8.\n'.repeat(40000)); // longer than what is packed at once

/** Read or not: a paper is the patient's all the same. */
async function settledUpload(own, id, file, fields) {
  const answer = await own.upload(id, file, fields);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  await own.settled(answer.body.id);
}

test('the record, a page to read, the conversation and every paper byte for byte, under names that lead nowhere else', async () => {
  const patient = await server.activePatient({ first_name: 'Awa <b>', last_name: 'Ndiaye & fils', allergies: 'Pénicilline "forte"' });
  const other = await server.activePatient();
  const pdf = fs.readFileSync(path.join(ROOT, 'demo', 'documents', fs.readdirSync(path.join(ROOT, 'demo', 'documents')).find((n) => n.endsWith('.pdf'))));
  const scan = await server.indexed(patient.id, { name: 'virus.exe', bytes: pdf, type: 'application/pdf' }, { title: '../../etc/passwd <script>alert(1)</script>' });
  await settledUpload(server, patient.id, { name: 'note.txt', bytes: NOTE, type: 'text/plain' }, { title: 'Été à l’hôpital' });
  await server.upload(other.id, { name: 'a.txt', bytes: Buffer.from('Secret d’un autre\n'), type: 'text/plain' });
  await server.simulator.ask(patient.phone, 'Bonjour <i>docteur</i>');

  const answer = await zipOf(server, patient.id);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/zip');
  assert.match(answer.headers.get('content-disposition'), /^attachment; filename="patient-\d+\.zip"$/);
  assert.match(answer.headers.get('cache-control'), /no-store/);
  const files = unpacked(answer.bytes);
  const names = Object.keys(files);
  assert.equal(names.length, 4, names.join(' '));
  for (const name of names) assert.match(name, /^(record\.(html|json)|documents\/[a-z0-9_-]+\.[a-z]+)$/);
  const paper = names.find((n) => n.endsWith('.pdf'));
  assert.match(paper, new RegExp(`etc-passwd-script-alert-1-script_${scan.id}\\.pdf$`), 'what it is decides, not how it was called');
  assert.equal(sha(files[paper]), sha(pdf));
  assert.equal(sha(files[names.find((n) => n.endsWith('.txt'))]), sha(NOTE));
  assert.ok(names.some((n) => /ete-a-l-hopital_\d+\.txt$/.test(n)), names.join(' '));

  const whole = JSON.parse(files['record.json']);
  const plain = await server.must(200, 'GET', `/api/patients/${patient.id}/export/`);
  assert.deepEqual({ ...whole, exported_at: '' }, { ...plain, exported_at: '' }, 'the JSON is the export');
  const page = files['record.html'].toString();
  assert.match(page, /^<!doctype html>\n<html lang="fr">/);
  assert.ok(page.includes('Awa &lt;b&gt; Ndiaye &amp; fils') && page.includes('Pénicilline &quot;forte&quot;') && page.includes('Bonjour &lt;i&gt;docteur&lt;/i&gt;'), page);
  assert.ok(!/<script|<b>Bonjour|https?:/.test(page.replace(/<p>[^<]*<\/p>/g, '')), 'nothing of it runs or comes from elsewhere');
  assert.ok(page.includes(`href="${paper}"`), 'the page leads to the paper beside it');
  assert.ok(page.indexOf('Bonjour &lt;i&gt;') > page.indexOf('OUI'), 'the oldest message first');
  assert.ok(!JSON.stringify(Object.values(files).map(String)).includes('Secret d’un autre'));
});

test('it is in the language of the patient', async () => {
  for (const [language, word] of [['en', 'Who you are'], ['wo', 'Bésu juddu']]) {
    const patient = await server.activePatient({ language, date_of_birth: '1980-01-31' });
    const page = unpacked((await zipOf(server, patient.id)).bytes)['record.html'].toString();
    assert.ok(page.includes(`<html lang="${language}">`) && page.includes(word), page);
  }
});

test('who may read the record may take it along, and each time is written down', async () => {
  const patient = await server.activePatient();
  assert.equal((await zipOf(server, patient.id, { token: null })).status, 401);
  assert.equal((await zipOf(server, 999999)).status, 404);
  const count = async () => (await server.must(200, 'GET', `/api/audit/?action=patient.export&object_id=${patient.id}`)).count;
  const before = await count();
  assert.equal((await zipOf(server, patient.id)).status, 200);
  assert.equal(await count(), before + 1);
});

test('a paper that is damaged or gone cuts the archive off: half of it never looks whole', async () => {
  await withOwnServer({}, async (own) => {
    const patient = await own.activePatient();
    await settledUpload(own, patient.id, { name: 'note.txt', bytes: NOTE, type: 'text/plain' });
    const folder = path.join(own.dataDir, 'documents');
    const [file] = fs.readdirSync(folder, { recursive: true }).map((n) => path.join(folder, n)).filter((n) => fs.statSync(n).isFile());
    const bytes = fs.readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    fs.writeFileSync(file, bytes);
    const began = Date.now();
    await assert.rejects(zipOf(own, patient.id, { record: false }));
    fs.rmSync(file);
    await assert.rejects(zipOf(own, patient.id, { record: false }));
    assert.ok(Date.now() - began < 30_000, 'at once, and not when a kept connection runs out');
    assert.equal((await own.api('GET', '/api/health/')).status, 200);
  });
});

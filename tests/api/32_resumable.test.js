'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const net = require('node:net');
const { demo, startServer, until, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);
const TUS = { 'Tus-Resumable': '1.0.0' };
const OCTETS = 'application/offset+octet-stream';

const metadata = (fields) => Object.entries(fields).map(([k, v]) => `${k} ${Buffer.from(String(v)).toString('base64')}`).join(',');

function announce(to, size, fields, headers = {}) {
  return to.api('POST', '/api/uploads/', undefined, { headers: { ...TUS, 'Upload-Length': String(size), 'Upload-Metadata': metadata(fields), ...headers } });
}

const head = async (to, where) => (await fetch(to.url + where, { method: 'HEAD', headers: { Authorization: `Token ${to.token}`, ...TUS } })).headers;

function send(to, where, offset, bytes) {
  return to.api('PATCH', where, bytes, { type: OCTETS, headers: { ...TUS, 'Upload-Offset': String(offset) } });
}

/** Sends the head of a PATCH and some of its bytes, and hangs up. */
function breakOff(to, where, offset, bytes, announced) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to.port, '127.0.0.1', () => {
      socket.write(`PATCH ${where} HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${to.token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\n`
        + `Content-Type: ${OCTETS}\r\nContent-Length: ${announced}\r\n\r\n`);
      socket.write(bytes, () => socket.end());
    });
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.resume();
  });
}

test('what the server can is told to who asks', async () => {
  const answer = await server.api('OPTIONS', '/api/uploads/', undefined, { record: false });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get('tus-version'), '1.0.0');
  assert.equal(answer.headers.get('tus-extension'), 'creation,expiration,termination');
  assert.equal(answer.headers.get('tus-max-size'), String(100 * 1024 * 1024));
});

test('a file in pieces becomes one document, read like any other', async () => {
  const patient = await server.activePatient();
  const bytes = fs.readFileSync(demo.file('ordonnance-ndiaye-2026-09.pdf'));
  const made = await announce(server, bytes.length, { patient_id: patient.id, filename: 'ordonnance d’août.pdf', title: 'Ordonnance d’août', filetype: 'application/pdf' });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('tus-resumable'), '1.0.0');
  const where = made.headers.get('location');
  assert.ok(Date.parse(made.headers.get('upload-expires')) > Date.now());
  for (let at = 0; at < bytes.length;) {
    const piece = bytes.subarray(at, at + 4096);
    const answer = await send(server, where, at, piece);
    assert.equal(answer.status, 204);
    at += piece.length;
    assert.equal(answer.headers.get('upload-offset'), String(at));
    if (at < bytes.length) assert.equal((await head(server, where)).get('upload-offset'), String(at));
  }
  const done = await server.must(200, 'GET', where);
  const document = await server.settled(done.document_id);
  assert.equal(document.status, 'indexed');
  assert.equal(document.title, 'Ordonnance d’août');
  assert.equal(document.patient_id, patient.id);
  assert.equal((await head(server, where)).get('document-id'), String(document.id));
  const original = await server.api('GET', `/api/documents/${document.id}/file/`);
  assert.ok(original.bytes.equals(bytes));
  const known = await server.upload(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  assert.equal(known.status, 200, 'the same bytes are the same document, however they came');
  assert.equal(known.body.id, document.id);
});

test('a connection that breaks in the middle loses nothing of what arrived', async () => {
  const patient = await server.activePatient();
  const bytes = fs.readFileSync(demo.file('ordonnance-faye-2026-09.jpg'));
  const where = (await announce(server, bytes.length, { patient_id: patient.id, filename: 'photo.jpg' })).headers.get('location');
  const half = Math.floor(bytes.length / 2);
  await breakOff(server, where, 0, bytes.subarray(0, half), bytes.length);
  const at = await until('the half to be kept', async () => Number((await head(server, where)).get('upload-offset')) || 0);
  assert.equal(at, half);
  const answer = await send(server, where, at, bytes.subarray(at));
  assert.equal(answer.status, 204);
  const original = await server.api('GET', `/api/documents/${answer.headers.get('document-id')}/file/`);
  assert.ok(original.bytes.equals(bytes));
});

test('an upload goes on after the program was killed', async () => {
  const killed = await startServer();
  const patient = await killed.activePatient();
  const bytes = fs.readFileSync(demo.file('bilan-diop-2026-07.pdf'));
  const where = (await announce(killed, bytes.length, { patient_id: patient.id, filename: 'bilan.pdf' })).headers.get('location');
  assert.equal((await send(killed, where, 0, bytes.subarray(0, 1000))).status, 204);
  await killed.kill();
  await withOwnServer({ dataDir: killed.dataDir }, async (again) => {
    assert.equal((await head(again, where)).get('upload-offset'), '1000');
    const answer = await send(again, where, 1000, bytes.subarray(1000));
    assert.equal((await again.settled(Number(answer.headers.get('document-id')))).status, 'indexed');
  });
});

test('of two that go on at the same place one wins, and a wrong place is told', async () => {
  const patient = await server.activePatient();
  const bytes = fs.readFileSync(demo.file('ordonnance-ba-2026-08.pdf'));
  const where = (await announce(server, bytes.length, { patient_id: patient.id })).headers.get('location');
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(server, where, 0, bytes.subarray(0, 2000))));
  assert.deepEqual(answers.map((a) => a.status).sort(), [204, ...Array(7).fill(409)]);
  const wrong = await send(server, where, 5, bytes.subarray(0, 10));
  assert.equal(wrong.status, 409);
  assert.match(wrong.body.detail, /2000 octets/);
  const long = await send(server, where, 2000, Buffer.concat([bytes, bytes]));
  assert.equal(long.status, 413);
  assert.equal((await head(server, where)).get('upload-offset'), '2000');
});

test('what cannot be announced, sent or read is refused with words', async () => {
  const patient = await server.activePatient();
  const good = { patient_id: patient.id, filename: 'a.pdf' };
  assert.equal((await announce(server, 10, good, { 'Tus-Resumable': '0.2.2' })).status, 412);
  assert.equal((await announce(server, 0, good)).body.code, 'upload_length');
  assert.equal((await announce(server, 'abc', good)).body.code, 'upload_length');
  assert.equal((await announce(server, 100 * 1024 * 1024 + 1, good)).status, 413);
  assert.ok((await announce(server, 10, { filename: 'a.pdf' })).body.patient_id);
  assert.ok((await announce(server, 10, { ...good, kind: 'novel' })).body.kind);
  assert.equal((await announce(server, 10, { patient_id: 99999 })).status, 404);
  assert.equal((await announce(server, 10, good, { 'Upload-Metadata': 'patient_id !!!' })).body.code, 'upload_metadata');
  const where = (await announce(server, 40, good)).headers.get('location');
  assert.equal((await server.api('PATCH', where, Buffer.alloc(4), { type: OCTETS, headers: TUS })).body.code, 'upload_offset_missing');
  assert.equal((await server.api('PATCH', where, Buffer.alloc(4), { type: 'text/plain', headers: { ...TUS, 'Upload-Offset': '0' } })).status, 415);
  const unreadable = await send(server, where, 0, Buffer.alloc(40, 1));
  assert.equal(unreadable.status, 415);
  assert.equal(unreadable.body.code, 'file_unsupported');
  await server.must(404, 'GET', where);
  const given = (await announce(server, 40, good)).headers.get('location');
  await server.must(204, 'DELETE', given, undefined, { headers: TUS });
  await server.must(404, 'GET', given);
  assert.equal((await server.api('GET', given, undefined, { token: null })).status, 401);
});

'use strict';
/* kill -9 while documents come in and are read: nothing accepted is lost, everything is indexed exactly once. */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { SANITIZED, aPatient, demo, raw, run, startServer, tempDir, until } = require('./harness.js');

const ROUNDS = SANITIZED ? 4 : 12;
const UPLOADS_A_ROUND = 12;

/** A paper of its own for each number: one medication line, whose dose is the number. */
function paper(number) {
  const text = `ORDONNANCE\nDakar, le 3 mars 2026\n\nParacétamol ${number} mg : 1 comprimé 3 fois par jour pendant 5 jours\n`;
  return { name: `${number}.txt`, bytes: Buffer.from(text), type: 'text/plain' };
}

/** Sends papers side by side and kills the program when `deaths` of them were accepted; answers what was accepted. */
async function uploadUntilKilled(server, patient, numbers, deaths) {
  const accepted = [];
  await Promise.all(numbers.map(async (number) => {
    try {
      const { status, body } = await server.upload(patient.id, paper(number));
      assert.equal(status, 201, JSON.stringify(body));
      accepted.push({ number, id: body.id });
      if (accepted.length === deaths) await server.kill();
    } catch (e) {
      if (e instanceof assert.AssertionError) throw e; // any other failure is the killed connection
    }
  }));
  await server.kill();
  return accepted;
}

test('kill -9 during uploads and indexing', async () => {
  const dataDir = tempDir();
  let server = await startServer({ dataDir });
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const accepted = [];
  let next = 100;
  for (let round = 0; round < ROUNDS; round++) {
    const numbers = Array.from({ length: UPLOADS_A_ROUND }, () => next++);
    accepted.push(...await uploadUntilKilled(server, patient, numbers, 1 + (round % UPLOADS_A_ROUND)));
    server = await startServer({ dataDir });
  }
  assert.ok(accepted.length >= ROUNDS, `only ${accepted.length} were accepted`);

  for (const { number, id } of accepted) {
    const document = await server.settled(id);
    assert.equal(document.status, 'indexed', `${number}: ${document.error}`);
  }
  const list = [];
  for (let page = 1, more = true; more; page++) {
    const part = await server.must(200, 'GET', `/api/documents/?patient=${patient.id}&page_size=100&page=${page}`);
    list.push(...part.results);
    more = part.next !== null;
  }
  // More than was acknowledged may be there (the answer died with the program), each whole and once.
  for (const document of list) {
    await server.settled(document.id);
    const pages = await server.must(200, 'GET', `/api/documents/${document.id}/pages/`);
    assert.equal((pages.results ?? pages).length, 1);
    const facts = await server.must(200, 'GET', `/api/documents/${document.id}/facts/`);
    assert.equal((facts.results ?? facts).length, 1, `document ${document.id} has ${(facts.results ?? facts).length} facts`);
  }
  for (const { number, id } of accepted) {
    const again = await server.upload(patient.id, paper(number));
    assert.equal(again.status, 200, `${number} was forgotten`);
    assert.equal(again.body.id, id);
  }
  await server.stop();
  server.remove();
});

test('kill -9 while a scan is read: it is read again from the start', async () => {
  const dataDir = tempDir();
  let server = await startServer({ dataDir });
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const { body } = await server.upload(patient.id, demo.file('ordonnance-faye-2026-09.jpg'));
  for (let document = body; document.status === 'pending';) document = await server.must(200, 'GET', `/api/documents/${body.id}/`);
  await server.kill();
  server = await startServer({ dataDir });
  const document = await server.settled(body.id);
  assert.equal(document.status, 'indexed', document.error);
  const pages = await server.must(200, 'GET', `/api/documents/${body.id}/pages/`);
  assert.equal((pages.results ?? pages).length, 1);
  await server.stop();
  server.remove();
});

test('what a killed upload left on the disk is swept away', async () => {
  const dataDir = tempDir();
  let server = await startServer({ dataDir });
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const head = `POST /api/documents/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${server.token}\r\nContent-Type: multipart/form-data; boundary=b\r\n`
    + `Content-Length: 4000000\r\n\r\n--b\r\nContent-Disposition: form-data; name="patient_id"\r\n\r\n${patient.id}\r\n`
    + '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
  const broken = raw(server.port, [head, Buffer.alloc(2000000, 'mot ')]);
  const root = path.join(dataDir, 'documents');
  const originals = () => fs.readdirSync(root, { recursive: true }).map((f) => path.join(root, f)).filter((f) => fs.statSync(f).isFile());
  await until('the upload to be on the disk', () => originals().length === 1);
  await server.kill();
  await broken;
  const longAgo = new Date(Date.now() - 3 * 3600 * 1000); // what is young may belong to an upload under way
  for (const file of originals()) fs.utimesSync(file, longAgo, longAgo);
  server = await startServer({ dataDir });
  await until('the sweep', () => originals().length === 0);
  assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${patient.id}`)).count, 0);
  await server.stop();
  assert.equal((await run(['migrate'], { dataDir })).code, 0);
  server.remove();
});

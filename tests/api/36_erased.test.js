'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { until, withServer } = require('./harness.js');

const server = withServer(test);

/** A prescription of Fatou Sarr, born in 1990; another mark makes other bytes of it. */
const paper = (mark) => ({
  name: 'ordonnance.txt',
  bytes: Buffer.from(`Dr Coumba TALL\nORDONNANCE\nDakar, le 12 mars 2026\nPatient : Fatou SARR\nDate de naissance : 02/05/1990\n\n`
    + `1) METFORMINE 850 mg comprimé\n   1 comprimé matin et soir pendant 3 mois\n\nRéférence ${mark}\n`),
});
const QUESTION = 'Quelle est la posologie de la metformine ?';

const facts = async (patient) => (await server.must(200, 'GET', `/api/patients/${patient.id}/facts/`)).results;
const ask = (patient) => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query: QUESTION });
const noted = async (id) => (await server.must(200, 'GET', '/api/notifications/?page_size=100')).results.filter((n) => n.object === id);

const awa = () => server.activePatient({ first_name: 'Awa', last_name: 'Diop', date_of_birth: '1986-03-14' });

test('an erased document leaves no row, no file and no answer', async () => {
  const patient = await awa();
  const document = await server.indexed(patient.id, paper('erased'));
  await server.must(202, 'PATCH', `/api/documents/${document.id}/pages/1/`, { text: paper('typed').bytes.toString() });
  await server.settled(document.id);
  assert.equal((await ask(patient)).grounded, true);
  assert.ok((await noted(document.id)).length > 0);
  const root = path.join(server.dataDir, 'documents');
  const blobs = () => fs.readdirSync(root).flatMap((folder) => fs.readdirSync(path.join(root, folder)));
  const held = await server.must(200, 'GET', `/api/documents/`);
  await until('no file but those of documents', () => blobs().length === held.count);

  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  await until('the file to be removed', () => blobs().length === held.count - 1);
  for (const part of ['', 'pages/', 'facts/', 'file/', 'search/?q=a', 'pages/1/image/']) {
    await server.must(404, 'GET', `/api/documents/${document.id}/${part}`);
  }
  assert.equal((await ask(patient)).grounded, false);
  assert.deepEqual(await facts(patient), []);
  assert.deepEqual(await noted(document.id), []);
  const script = 'import sqlite3, sys\n'
    + 'db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)\n'
    + 'for t in sys.argv[3:]: print(t, db.execute(f"SELECT count(*) FROM {t} WHERE document_id = ?", (int(sys.argv[2]),)).fetchone()[0])';
  const tables = ['document_page', 'page_correction', 'fact', 'chunk', 'resumable_upload'];
  const rows = spawnSync('/usr/bin/python3', ['-c', script, path.join(server.dataDir, 'medirecord.db'), String(document.id), ...tables],
    { encoding: 'utf8' });
  assert.equal(rows.stdout, tables.map((table) => `${table} 0\n`).join(''), rows.stderr);
});

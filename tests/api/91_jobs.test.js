'use strict';
/* What an administrator decides about work that was given up. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { until, withServer } = require('./harness.js');

const server = withServer(test);

/** A row as the runner leaves it when it gives up. */
function addDead(kind, key) {
  const script = 'import sqlite3, sys\n'
    + 'db = sqlite3.connect(sys.argv[1], timeout=20)\n'
    + 'row = db.execute("INSERT INTO job (kind, payload, state, attempts, unique_key, last_error, created_at_us, started_at_us, finished_at_us)"\n'
    + '    " VALUES (?, \'{}\', \'dead\', 10, nullif(?, \'\'), \'E_RETRY unreachable\', 1, 2, 3) RETURNING id", (sys.argv[2], sys.argv[3])).fetchone()\n'
    + 'db.commit()\nprint(row[0])\n';
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(server.dataDir, 'medirecord.db'), kind, key], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return Number(stdout);
}

const job = async (id) => (await server.must(200, 'GET', '/api/jobs/?page_size=100')).results.find((j) => j.id === id);
const audited = async (action) => (await server.must(200, 'GET', '/api/audit/?object_type=job')).results.filter((row) => row.action === action).map((row) => row.object_id);

test('what was given up runs again, and that is written down', async () => {
  const id = addDead('maintenance', '');
  await server.must(204, 'POST', `/api/jobs/${id}/retry/`);
  const done = await until('the job to be done', async () => { const now = await job(id); return now.state === 'done' && now; });
  assert.equal(done.attempts, 1);
  assert.equal(done.last_error, '');
  assert.deepEqual(await audited('job.retry'), [id]);
  assert.equal((await server.must(404, 'POST', `/api/jobs/${id}/retry/`)).code, 'job_not_dead');
});

test('what waits already is not doubled', async () => {
  const id = addDead('maintenance', 'maintenance');
  assert.equal((await server.must(409, 'POST', `/api/jobs/${id}/retry/`)).code, 'job_waits_already');
  assert.equal((await job(id)).state, 'dead');
});

test('what was given up is put aside; nothing else can be', async () => {
  const id = addDead('no.such.kind', '');
  await server.must(204, 'DELETE', `/api/jobs/${id}/`);
  assert.equal(await job(id), undefined);
  assert.deepEqual(await audited('job.discard'), [id]);
  await server.must(404, 'DELETE', `/api/jobs/${id}/`);
  const waiting = (await server.must(200, 'GET', '/api/jobs/?state=ready')).results[0];
  await server.must(404, 'DELETE', `/api/jobs/${waiting.id}/`);
  assert.equal((await job(waiting.id)).state, 'ready');
});

test('it is for administrators', async () => {
  const id = addDead('no.such.kind', '');
  const doctor = { email: 'diop@clinique.example', password: 'un long mot de passe', role: 'doctor' };
  await server.account(doctor);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: doctor.email, password: doctor.password }, { token: null });
  await server.must(403, 'POST', `/api/jobs/${id}/retry/`, undefined, { token });
  await server.must(403, 'DELETE', `/api/jobs/${id}/`, undefined, { token });
  await server.must(401, 'POST', `/api/jobs/${id}/retry/`, undefined, { token: null });
});

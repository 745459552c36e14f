'use strict';
/* The settings as administrators see them, and the checks of the doctor from the dashboard. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { tempDir, until, withOwnServer, withServer } = require('./harness.js');

const KEY = 'une-cle-de-gemini-bien-longue-9876';
const dataDir = tempDir();
fs.writeFileSync(path.join(dataDir, '.env'), 'EMERGENCY_NUMBER=15\nMESSAGE_RATE=40\nOPENAI_API_KEY=courte\n');
const server = withServer(test, () => ({ dataDir, env: { MESSAGE_RATE: '20', GEMINI_API_KEY: KEY, LLM: 'local', EMBEDDER: 'none' } }));

const settings = async () => Object.fromEntries((await server.must(200, 'GET', '/api/settings/')).settings.map((s) => [s.name, s]));
const ended = (own, name) => until('the check to end', async () => { const c = await own.must(200, 'GET', `/api/settings/checks/${name}/`); return c.ended_at && c; });

test('each setting says its value and where it comes from', async () => {
  const all = await settings();
  assert.deepEqual([all.MESSAGE_RATE.value, all.MESSAGE_RATE.source], ['20', 'environment'], 'the environment wins');
  assert.deepEqual([all.EMERGENCY_NUMBER.value, all.EMERGENCY_NUMBER.source], ['15', 'file']);
  assert.deepEqual([all.TIME_ZONE.value, all.TIME_ZONE.source], ['Africa/Dakar', 'default']);
  assert.deepEqual(all.CHANNEL.choices, ['simulator', 'twilio', 'meta']);
  assert.ok(!all.LLM.choices.includes(''));
});

test('secrets stay secret', async () => {
  const all = await settings();
  assert.deepEqual([all.GEMINI_API_KEY.set, all.GEMINI_API_KEY.value, all.GEMINI_API_KEY.secret], [true, '9876', true]);
  assert.deepEqual([all.OPENAI_API_KEY.set, all.OPENAI_API_KEY.value], [true, '']);
  assert.deepEqual([all.META_APP_SECRET.set, all.META_APP_SECRET.value], [false, '']);
  const text = JSON.stringify(await server.must(200, 'GET', '/api/settings/'));
  for (const secret of [KEY, 'courte', 'un mot de passe de test 2026']) assert.ok(!text.includes(secret), secret);
});

test('the checks are those of the doctor, in the caller\'s language, and written down', async () => {
  assert.equal((await server.must(200, 'GET', '/api/settings/checks/models/')).state, 'never');
  const asked = await server.must(202, 'POST', '/api/settings/checks/models/');
  assert.ok(['waiting', 'running', 'done'].includes(asked.state));
  const done = await ended(server, 'models');
  assert.equal(done.state, 'done');
  assert.deepEqual(done.findings.map((f) => f.check), ['model', 'embedder', 'mail', 'vectors', 'vector_store']);
  assert.ok(done.findings.every((f) => f.state === 'left_out' || f.state === 'ok'), JSON.stringify(done.findings));
  const english = await server.must(200, 'GET', '/api/settings/checks/models/', undefined, { headers: { 'Accept-Language': 'en' } });
  assert.notEqual(english.findings[0].title, done.findings[0].title);
  assert.ok((await server.must(200, 'GET', '/api/audit/?object_type=settings')).results.some((row) => row.action === 'settings.check'));
  const again = await server.api('POST', '/api/settings/checks/models/');
  assert.deepEqual([again.status, again.body.code], [429, 'check_too_soon']);
  assert.ok(Number(again.headers.get('retry-after')) > 0);
  assert.equal((await server.must(404, 'POST', '/api/settings/checks/everything/')).code, 'check_unknown');
});

test('what is too old is counted before it goes, and goes when asked', async () => {
  const before = await server.must(200, 'GET', '/api/settings/retention/');
  const of = (r, name) => r.kinds.find((k) => k.name === name);
  assert.deepEqual([of(before, 'done_jobs').kept_hours, of(before, 'done_jobs').due, of(before, 'sessions').kept_hours], [168, 0, 0]);
  const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\n'
    + 'db.execute("INSERT INTO job (kind, payload, state, attempts, last_error, created_at_us, finished_at_us) VALUES (\'x\', \'{}\', \'done\', 1, \'\', 1, 2)")\ndb.commit()\n';
  assert.equal(spawnSync('/usr/bin/python3', ['-c', script, path.join(server.dataDir, 'medirecord.db')]).status, 0);
  assert.equal(of(await server.must(200, 'GET', '/api/settings/retention/'), 'done_jobs').due, 1);
  await until('the first run', async () => (await server.must(200, 'GET', '/api/settings/retention/')).last_run_at);
  await server.must(202, 'POST', '/api/settings/retention/');
  await until('it to go', async () => of(await server.must(200, 'GET', '/api/settings/retention/'), 'done_jobs').due === 0);
  assert.ok((await server.must(200, 'GET', '/api/audit/?object_type=settings')).results.some((row) => row.action === 'settings.clean_up'));
});

test('it is for administrators', async () => {
  const doctor = { email: 'diop@clinique.example', password: 'un long mot de passe', role: 'doctor' };
  await server.must(201, 'POST', '/api/users/', doctor);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: doctor.email, password: doctor.password }, { token: null });
  for (const [method, where] of [['GET', '/api/settings/'], ['GET', '/api/settings/checks/channel/'], ['POST', '/api/settings/checks/channel/'], ['GET', '/api/settings/retention/'], ['POST', '/api/settings/retention/']]) await server.must(403, method, where, undefined, { token });
});

test('a carrier that refuses the account is to be mended, and says how', async () => {
  const env = { CHANNEL: 'twilio', TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'f'.repeat(32), TWILIO_WHATSAPP_NUMBER: '+14155238886', TWILIO_API_BASE_URL: 'http://127.0.0.1:9', TWILIO_CONTENT_BASE_URL: 'http://127.0.0.1:9', TWILIO_MESSAGING_BASE_URL: 'http://127.0.0.1:9' };
  await withOwnServer({ env }, async (own) => {
    await own.must(202, 'POST', '/api/settings/checks/channel/');
    const done = await ended(own, 'channel');
    assert.deepEqual(done.findings.map((f) => f.check), ['carrier', 'webhook', 'templates']);
    assert.equal(done.findings[0].state, 'to_mend');
    assert.ok(done.findings[0].message.length > 20);
  });
});

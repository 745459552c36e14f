'use strict';
/* The settings as administrators see them, and the checks of the doctor from the dashboard. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ADMIN, run, tempDir, until, withOwnServer, withServer } = require('./harness.js');

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
  await server.account(doctor);
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

const patch = (own, body, options) => own.api('PATCH', '/api/settings/', body, options);
const of = (list, name) => list.settings.find((s) => s.name === name);

test('what is saved waits for a restart, is in force after it, and goes back to the default', async () => {
  await withOwnServer({ env: { MESSAGE_RATE: '20' } }, async (own) => {
    const said = async (...args) => (await run(args, { dataDir: own.dataDir, env: own.env })).stdout;
    const before = await own.must(200, 'GET', '/api/settings/');
    assert.deepEqual([of(before, 'EMERGENCY_NUMBER').changeable, of(before, 'EMERGENCY_NUMBER').fixed, of(before, 'EMERGENCY_NUMBER').saved], [true, false, null]);
    assert.deepEqual([of(before, 'MESSAGE_RATE').changeable, of(before, 'MESSAGE_RATE').fixed], [true, true]);
    assert.equal(of(before, 'GEMINI_API_KEY').changeable, false);

    const answer = await own.must(200, 'PATCH', '/api/settings/', { EMERGENCY_NUMBER: '15', BROADCAST_QUIET_HOURS: '21:00-08:00', MESSAGE_PRICE: '0,50' });
    const saved = of(answer, 'EMERGENCY_NUMBER');
    assert.deepEqual([saved.value, saved.source], ['1515', 'default'], 'in force is what the server was started with');
    assert.deepEqual([saved.saved.value, saved.saved.by, saved.saved.waiting], ['15', 'Administrateur', true]);
    assert.equal(of(answer, 'MESSAGE_PRICE').saved.value, '0.5');
    assert.match(await said('doctor', '--json'), /"settings_waiting"/);
    const lines = await said('config', '--sources');
    assert.match(lines, /^EMERGENCY_NUMBER=15 # dashboard$/m);
    assert.match(lines, /^MESSAGE_RATE=20 # environment$/m);
    assert.match(lines, /^TIME_ZONE=Africa\/Dakar # default$/m);

    await own.stop();
    own.output = '';
    await own.start();
    const after = await own.must(200, 'GET', '/api/settings/');
    assert.deepEqual([of(after, 'EMERGENCY_NUMBER').value, of(after, 'EMERGENCY_NUMBER').source, of(after, 'EMERGENCY_NUMBER').saved.waiting], ['15', 'dashboard', false]);
    assert.match(await said('doctor', '--json'), /"settings_in_force"/);
    const patient = await own.activePatient();
    assert.match(await own.simulator.ask(patient.phone, 'J’ai une forte douleur dans la poitrine'), /\b15\b/, 'patients are told the new number');

    const back = await own.must(200, 'PATCH', '/api/settings/', { EMERGENCY_NUMBER: null });
    assert.deepEqual([of(back, 'EMERGENCY_NUMBER').saved.value, of(back, 'EMERGENCY_NUMBER').saved.waiting], [null, true]);
    const rows = (await own.must(200, 'GET', '/api/audit/?action=settings.change')).results;
    assert.deepEqual(rows.map((r) => r.object_type).sort(), ['BROADCAST_QUIET_HOURS', 'EMERGENCY_NUMBER', 'EMERGENCY_NUMBER', 'MESSAGE_PRICE']);
    await own.must(200, 'PATCH', '/api/settings/', { EMERGENCY_NUMBER: '' });
    assert.equal((await own.must(200, 'GET', '/api/audit/?action=settings.change')).count, 4, 'saying the same again changes nothing');
  });
});

test('what is fixed, secret, unknown, or would not start is refused with words, and nothing of it is saved', async () => {
  const fixed = await patch(server, { MESSAGE_RATE: '30', TIME_ZONE: 'Europe/Paris' });
  assert.equal(fixed.status, 400);
  assert.match(fixed.body.MESSAGE_RATE[0], /fixé par le serveur/);
  const wrong = await patch(server, { TAKE_OVER_REMINDER: '0', TIME_ZONE: 'Mars/Olympus', ADMINS: 'pas une adresse', GEMINI_API_KEY: 'x', MEDIRECORD_DATA_DIR: '/tmp', NIMPORTE: '1' });
  assert.equal(wrong.status, 400);
  assert.deepEqual(Object.keys(wrong.body).sort(), ['ADMINS', 'GEMINI_API_KEY', 'MEDIRECORD_DATA_DIR', 'NIMPORTE', 'TAKE_OVER_REMINDER', 'TIME_ZONE']);
  assert.match(wrong.body.TIME_ZONE[0], /Mars\/Olympus/);
  const alone = await patch(server, { CHANNEL: 'twilio' }, { headers: { 'Accept-Language': 'en' } });
  assert.equal(alone.status, 400);
  assert.equal(alone.body.code, 'twilio_incomplete');
  for (const s of (await server.must(200, 'GET', '/api/settings/')).settings) assert.equal(s.saved, null, s.name);
  const { token } = await (async () => {
    await server.account({ email: 'dr@clinique.example', password: 'une phrase de soin 2026', role: 'doctor' });
    return server.must(200, 'POST', '/api/auth/token/', { email: 'dr@clinique.example', password: 'une phrase de soin 2026' }, { token: null });
  })();
  assert.equal((await patch(server, { EMERGENCY_NUMBER: '15' }, { token })).status, 403);
});

test('a saved setting is forgotten from a terminal, even one that keeps the server from starting', async () => {
  await withOwnServer({}, async (own) => {
    const medirecord = (...args) => run(args, { dataDir: own.dataDir, env: own.env });
    await own.must(200, 'PATCH', '/api/settings/', { EMERGENCY_NUMBER: '15', MESSAGE_RATE: '30' });
    assert.equal((await medirecord('config', '--reset', 'EMERGENCY_NUMBER')).code, 0);
    const list = await own.must(200, 'GET', '/api/settings/');
    assert.deepEqual([of(list, 'EMERGENCY_NUMBER').saved.value, of(list, 'MESSAGE_RATE').saved.value], [null, '30']);
    for (const name of ['EMERGENCY_NUMBER', 'TIME_ZONE', 'NIMPORTE']) {
      const nothing = await medirecord('config', '--reset', name);
      assert.equal(nothing.code, 1);
      assert.match(nothing.stderr, new RegExp(name));
    }
    assert.equal((await own.must(200, 'GET', '/api/audit/?action=settings.change')).count, 3);

    await own.stop();
    const spoil = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.execute("UPDATE setting SET value = \'beaucoup\' WHERE name = \'MESSAGE_RATE\'")\ndb.commit()\n';
    assert.equal(spawnSync('/usr/bin/python3', ['-c', spoil, path.join(own.dataDir, 'medirecord.db')]).status, 0);
    assert.equal((await medirecord('serve')).code, 1);
    assert.equal((await medirecord('config', '--reset', 'MESSAGE_RATE')).code, 0);
    own.output = '';
    await own.start();
    assert.equal(of(await own.must(200, 'GET', '/api/settings/'), 'MESSAGE_RATE').value, '80');
  });
});

test('how long things are kept is chosen, down to what a month needs, and the clean-up follows', async () => {
  await withOwnServer({ env: { JOB_RETENTION_DAYS: '1', MODEL_CALL_RETENTION_DAYS: '31', SESSION_HOURS: '2' } }, async (own) => {
    const kept = async () => Object.fromEntries((await own.must(200, 'GET', '/api/settings/retention/')).kinds.map((k) => [k.name, k]));
    const kinds = await kept();
    assert.deepEqual(['done_jobs', 'model_calls', 'backup_rows', 'metrics'].map((n) => kinds[n].kept_hours / 24), [1, 31, 180, 30]);
    assert.deepEqual([kinds.done_jobs.setting, kinds.sessions.setting, kinds.failed_sign_ins.setting], ['JOB_RETENTION_DAYS', 'SESSION_HOURS', null]);
    const twoDaysAgo = (Date.now() - 2 * 86_400_000) * 1000;
    const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\n'
      + 'db.execute("INSERT INTO job (kind, payload, state, attempts, last_error, created_at_us, finished_at_us) VALUES (\'x\', \'{}\', \'done\', 1, \'\', 1, ?)", (int(sys.argv[2]),))\ndb.commit()\n';
    assert.equal(spawnSync('/usr/bin/python3', ['-c', script, path.join(own.dataDir, 'medirecord.db'), String(twoDaysAgo)]).status, 0);
    assert.equal((await kept()).done_jobs.due, 1);
    assert.equal((await run(['cleanup'], { dataDir: own.dataDir, env: own.env })).code, 0);
    assert.equal((await kept()).done_jobs.due, 0);

    const signedIn = await own.api('POST', '/api/auth/login/', ADMIN, { token: null });
    assert.match(signedIn.headers.get('set-cookie'), /sessionid=[^;]+; Path=\/; Max-Age=7200;/);

    const low = await own.api('PATCH', '/api/settings/', { BACKUP_LIST_RETENTION_DAYS: '30', METRICS_RETENTION_DAYS: '0' });
    assert.equal(low.status, 400);
    assert.match(low.body.BACKUP_LIST_RETENTION_DAYS[0], /31/);
    assert.ok(low.body.METRICS_RETENTION_DAYS);
    await own.must(200, 'PATCH', '/api/settings/', { BACKUP_LIST_RETENTION_DAYS: '31' });
    for (const [name, value] of [['SESSION_HOURS', '169'], ['MODEL_CALL_RETENTION_DAYS', '30'], ['JOB_RETENTION_DAYS', '0']]) {
      const refused = await run(['config'], { dataDir: tempDir(), env: { [name]: value } });
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, new RegExp(`${name}=${value}`));
    }
  });
});

'use strict';
/*
 * Saved settings are put in force without a shell: the same process starts its program again. What is under way is neither lost nor doubled, who
 * connects meanwhile is served by what follows, and nothing is stopped when a start would fail.
 */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { programEnv, run, spawnProgram, tempDir, until, withOwnServer } = require('./harness.js');

const APPLY = '/api/settings/apply/';
const PATIENTS = 16;
const of = (list, name) => list.settings.find((s) => s.name === name);
const settings = (own) => own.must(200, 'GET', '/api/settings/');

/** One request on a connection of its own: its code, or the name of what went wrong. */
const knock = (own) => new Promise((resolve) => {
  http.get(`${own.url}/api/health/`, { agent: false }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', (e) => resolve(e.code));
});

/** While a server starts again, its kept connections end: a call may be cut, and is then made anew. */
async function settled(own, before) {
  return until('the server to be back', async () => {
    const answer = await own.api('GET', '/api/settings/', undefined, { record: false }).catch(() => null);
    return answer?.status === 200 && answer.body.started_at !== before && answer.body;
  });
}

/** An answer may be read before the line: they come on different ways. */
const started = (own, times) => until(`line ${times} of its starts`, () => own.output.match(/listening on/g).length === times);

async function applied(own) {
  const { started_at: before } = await own.must(202, 'POST', APPLY);
  return settled(own, before);
}

test('what is saved is in force, in the same process, and a message to many and questions under way are told once each', async () => {
  await withOwnServer({ env: { MESSAGE_RATE: '2' } }, async (own) => {
    const pid = own.child.pid;
    const people = [];
    for (let i = 0; i < PATIENTS; i++) people.push((await own.activePatient({ phone: `+22177${1000000 + i}` })).phone);
    const received = async (phone) => (await own.simulator.received(phone)).map((m) => m.body);
    const outboxEmpty = async () => Object.values((await own.must(200, 'GET', '/api/health/')).sending.waiting).every((lane) => lane.count === 0);
    await until('the welcomes', outboxEmpty);
    const welcomes = (await received(people[0])).length;
    await own.must(200, 'PATCH', '/api/settings/', { EMERGENCY_NUMBER: '15' });
    const before = await settings(own);

    // Answers go before what is sent to many: with as many of them waiting as there are people, it is under way until long after.
    await Promise.all(people.map((phone) => own.simulator.send(phone, 'J’ai une forte douleur dans la poitrine')));
    const tip = await own.must(201, 'POST', '/api/messaging/broadcast/', { title: 'Conseil', content: 'Buvez de l’eau par temps chaud.', target_all_patients: true });
    await own.must(202, 'POST', `/api/messaging/broadcast/${tip.id}/send_now/`);
    const isTip = (body) => body.includes('Buvez de l’eau');
    const state = async () => (await own.must(200, 'GET', `/api/messaging/broadcast/${tip.id}/`)).status;
    await until('it to be under way', async () => (await state()) === 'sending');
    const after = await applied(own);

    assert.equal(own.child.exitCode, null);
    assert.equal(fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')[1], 'serve');
    await started(own, 2);
    assert.deepEqual([of(before, 'EMERGENCY_NUMBER').value, of(after, 'EMERGENCY_NUMBER').value, of(after, 'EMERGENCY_NUMBER').saved.waiting], ['1515', '15', false]);
    await until('the end of both', async () => (await state()) === 'sent'
      && (await Promise.all(people.map(received))).every((list) => list.length >= welcomes + 2));
    await until('the outbox to be empty', outboxEmpty);
    for (const phone of people) {
      const said = (await received(phone)).slice(welcomes);
      assert.equal(said.length, 2, said.join('\n'));
      assert.equal(said.filter(isTip).length, 1);
    }
    assert.equal((await own.must(200, 'GET', '/api/audit/?action=settings.apply')).count, 1);
    assert.ok((await own.must(200, 'GET', '/api/audit/check/')) !== null);
  });
});

test('nobody who connects meanwhile is turned away, and it can be done again', async () => {
  await withOwnServer({}, async (own) => {
    const url = own.url;
    const codes = new Map();
    let on = true;
    const visitor = async () => { while (on) { const code = await knock(own); codes.set(code, (codes.get(code) ?? 0) + 1); } };
    const visitors = Array.from({ length: 4 }, visitor);
    for (let i = 0; i < 3; i++) await applied(own);
    on = false;
    await Promise.all(visitors);
    assert.deepEqual([...codes.keys()], [200], JSON.stringify([...codes]));
    await started(own, 4);
    assert.ok(own.output.split('listening on ').slice(1).every((rest) => rest.startsWith(url)), 'the address stays');
    own.child.kill('SIGHUP');
    await started(own, 5);
  });
});

test('what would not start is said, and nothing is stopped', async () => {
  const dataDir = tempDir();
  const env = path.join(dataDir, '.env');
  const start = 'MEDIRECORD_LISTEN=127.0.0.1:0\n';
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => { other.once('listening', ready); });
  fs.writeFileSync(env, start);
  await withOwnServer({ dataDir, env: { MEDIRECORD_LISTEN: '' } }, async (own) => {
    const { started_at: before } = await settings(own);
    const refusals = [
      [`MEDIRECORD_LISTEN=127.0.0.1:${other.address().port}\n`, 409, 'listen_in_use'],
      [`${start}MESSAGE_RATE=beaucoup\n`, 400, 'setting_rate_invalid'],
      [`${start}MEDIRECORD_FAUTE=1\n`, 400, 'setting_unknown'],
      [`${start}CHANNEL=twilio\n`, 400, 'twilio_incomplete'],
      [`${start}DATABASE_URL=sqlite:${path.join(dataDir, 'autre.db')}\n`, 409, 'restart_other_data'],
      [`${start}MEDIRECORD_SECRET_KEY=${'9'.repeat(64)}\n`, 409, 'restart_other_data'],
      [`${start}MEDIRECORD_LOG_FILE=/nulle/part/journal\n`, 400, 'restart_no_log'],
    ];
    for (const [text, status, code] of refusals) {
      fs.writeFileSync(env, text);
      const answer = await own.api('POST', APPLY);
      assert.deepEqual([answer.status, answer.body.code], [status, code], text);
      assert.ok(answer.body.detail.length > 20);
    }
    const english = await own.api('POST', APPLY, undefined, { headers: { 'Accept-Language': 'en' } });
    assert.match(english.body.detail, /nothing was stopped/);
    own.child.kill('SIGHUP');
    await until('the refusal in the log', () => own.output.includes('restart_refused'));
    assert.equal((await settings(own)).started_at, before);
    assert.equal((await own.must(200, 'GET', '/api/audit/?action=settings.apply')).count, 0);
    assert.ok(!fs.existsSync(path.join(dataDir, 'autre.db')), 'trying makes nothing');

    // Another address that is free is taken; the old one is left.
    other.close();
    fs.writeFileSync(env, `MEDIRECORD_LISTEN=127.0.0.1:${other.address()?.port ?? 0}\n`);
    await own.must(202, 'POST', APPLY);
    await started(own, 2);
  });
});

const bound = (port, host) => new Promise((resolve, reject) => {
  const server = net.createServer().once('error', reject).listen(port, host, () => resolve(server));
});

/** A free port that the kernel gives to nobody who asks for any: it is left and taken again here, beside programs that ask. */
async function ownPort() {
  const [first] = fs.readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s/).map(Number);
  for (let port = first - 1 - (process.pid % 4096); port > 1024; port -= 1) {
    const probe = await bound(port, '0.0.0.0').catch(() => null);
    if (!probe) continue;
    await new Promise((closed) => { probe.close(closed); });
    return port;
  }
  throw new Error('no port is free');
}

test('the same port under a wider or narrower address is taken over from ourselves, never from another program', async () => {
  const dataDir = tempDir();
  const env = path.join(dataDir, '.env');
  const port = await ownPort();
  const listen = (host) => fs.writeFileSync(env, `MEDIRECORD_LISTEN=${host}:${port}\n`);
  listen('127.0.0.1');
  await withOwnServer({ dataDir, env: { MEDIRECORD_LISTEN: '' } }, async (own) => {
    listen('0.0.0.0');
    await applied(own);
    await started(own, 2);
    assert.ok(own.output.includes(`listening on http://0.0.0.0:${port}`), own.output);
    listen('127.0.0.1');
    await applied(own);
    await started(own, 3);

    const other = await bound(port, '127.0.0.2');
    listen('0.0.0.0');
    const refusal = await own.api('POST', APPLY);
    assert.deepEqual([refusal.status, refusal.body.code], [409, 'listen_in_use']);
    assert.equal(own.output.match(/listening on/g).length, 3);
    other.close();
  });
});

test('it is for administrators', async () => {
  await withOwnServer({}, async (own) => {
    await own.account({ email: 'dr@clinique.example', password: 'une phrase de soin 2026', role: 'doctor' });
    const { token } = await own.must(200, 'POST', '/api/auth/token/', { email: 'dr@clinique.example', password: 'une phrase de soin 2026' }, { token: null });
    await own.must(403, 'POST', APPLY, undefined, { token });
  });
});

test('a socket file is handed on, and gone at the end', async () => {
  const dataDir = tempDir();
  const file = path.join(dataDir, 'x.sock');
  const child = spawnProgram(['serve'], { cwd: dataDir, env: programEnv(dataDir, { MEDIRECORD_LISTEN: `unix:${file}` }), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { child.on('close', (code) => resolve(code)); });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => { said += d; });
  await until('it to listen', () => /listening on unix:/.test(said));
  const { ino } = fs.statSync(file);
  child.kill('SIGHUP');
  await until('it to listen again', () => said.match(/listening on unix:/g).length === 2);
  assert.equal(fs.statSync(file).ino, ino);
  const code = await new Promise((resolve) => { http.get({ socketPath: file, path: '/api/health/', agent: false }, (a) => resolve(a.resume().statusCode)); });
  assert.equal(code, 200);
  child.kill('SIGTERM');
  assert.equal(await ended, 0, said);
  assert.ok(!fs.existsSync(file));
  assert.match((await run(['serve', '--help'], { dataDir })).stdout, /SIGHUP/);
});

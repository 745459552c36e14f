'use strict';
/* Backups: made beside the running server, proven, restored elsewhere; what is damaged, cut off, interrupted or of another key. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { PROGRAM, demo, programEnv, run, startServer, tempDir, until, withOwnServer, withServer } = require('./harness.js');

const PAPERS = ['bilan-diop-2026-07.pdf', 'bilan-lipidique-ba-2026-08.pdf'];
const PATIENCE = { timeout: 180000 };
const folder = tempDir();
const server = withServer(test, () => ({ env: { BACKUP_DIR: folder, BACKUP_KEEP: '2' } }));
const backups = (dir = folder) => fs.readdirSync(dir).filter((name) => name.endsWith('.mrb')).sort();
const leftovers = (dir) => fs.readdirSync(dir).filter((name) => /^scratch-|\.part$/.test(name));

/** A server for a while; its data stay. */
async function filled(fn) {
  const own = await startServer({});
  await own.login();
  await fn(own);
  await own.stop();
  return own.dataDir;
}

let patient, document, original, pages;

test('there is something to save', PATIENCE, async () => {
  patient = await server.activePatient({ first_name: 'Khadidiatou', last_name: 'Sarr' });
  document = await server.indexed(patient.id, demo.file(PAPERS[0]));
  original = (await server.api('GET', `/api/documents/${document.id}/file/`)).bytes;
  pages = await server.must(200, 'GET', `/api/documents/${document.id}/pages/`);
  const state = await server.must(200, 'GET', '/api/backups/state/');
  assert.deepEqual([state.folder, state.last_taken_at, state.late, state.keep], [folder, null, true, 2]);
});

test('one is made and proven while the server runs', PATIENCE, async () => {
  const asked = await server.must(202, 'POST', '/api/backups/');
  assert.ok(['waiting', 'running'].includes(asked.state), asked.state);
  const made = await until('the backup to end', async () => (await server.must(200, 'GET', '/api/backups/')).results.find((b) => b.id === asked.id && b.ended_at));
  assert.deepEqual([made.state, made.there, made.missing, made.damaged, made.documents], ['proven', true, 0, 0, 1], JSON.stringify(made));
  assert.deepEqual(backups(), [made.name]);
  assert.equal(fs.statSync(path.join(folder, made.name)).mode & 0o777, 0o600);
  assert.deepEqual([...leftovers(folder), ...leftovers(server.dataDir)], []);
  const state = await server.must(200, 'GET', '/api/backups/state/');
  assert.deepEqual([state.late, state.last_taken_at], [false, made.taken_at]);
  assert.ok((await server.must(200, 'GET', '/api/audit/?object_type=backup')).results.some((row) => row.action === 'backup.make' && row.object_id === made.id));
});

test('nothing in it can be read without the key', async () => {
  const bytes = fs.readFileSync(path.join(folder, backups()[0]));
  for (const word of ['SQLite format', 'Khadidiatou', 'CREATE TABLE', document.title, '%PDF']) assert.equal(bytes.indexOf(word), -1, word);
  const zeroes = bytes.indexOf(Buffer.alloc(16));
  assert.equal(zeroes, -1, `sixteen zeros at ${zeroes}`);
});

test('the command makes one beside the server, and old ones go', PATIENCE, async () => {
  for (let i = 0; i < 2; i++) {
    const { code, stdout, stderr } = await run(['backup', folder], { dataDir: server.dataDir, env: { BACKUP_KEEP: '2' } });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /100 %/);
    assert.deepEqual(stdout.trim(), path.join(folder, backups().at(-1)));
  }
  assert.equal(backups().length, 2);
  const { results } = await server.must(200, 'GET', '/api/backups/');
  assert.deepEqual(results.map((b) => [b.state, b.there]), [['proven', true], ['proven', true], ['proven', false]]);
});

/** Runs a command and kills it when it has told that many lines of its progress; how it ended. */
function killedAt(args, dataDir, line) {
  const child = spawn(PROGRAM, args, { cwd: dataDir, env: programEnv(dataDir, {}), stdio: ['ignore', 'ignore', 'pipe'] });
  let told = 0;
  child.stderr.on('data', (text) => {
    told += String(text).split('\n').length - 1;
    if (told >= line) child.kill('SIGKILL');
  });
  return new Promise((resolve) => { child.on('close', (code, signal) => resolve(signal ?? code)); });
}

const restored = tempDir();

test('it is restored elsewhere with the key alone, and everything is there', PATIENCE, async () => {
  const key = path.join(server.dataDir, 'secret.key');
  const without = await run(['restore', folder], { dataDir: tempDir() });
  assert.equal(without.code, 1);
  assert.match(without.stderr, /--key-file/);
  const { code, stderr } = await run(['restore', '--key-file', key, folder], { dataDir: restored });
  assert.equal(code, 0, stderr);
  assert.equal((await run(['restore', folder], { dataDir: restored })).code, 1, 'a second one');
  assert.equal(fs.statSync(path.join(restored, 'secret.key')).mode & 0o777, 0o600);
  await withOwnServer({ dataDir: restored }, async (own) => {
    assert.equal((await own.must(200, 'GET', `/api/patients/${patient.id}/`)).last_name, 'Sarr');
    assert.deepEqual((await own.api('GET', `/api/documents/${document.id}/file/`)).bytes, original);
    assert.deepEqual(await own.must(200, 'GET', `/api/documents/${document.id}/pages/`), pages);
  });
});

test('a byte that changed anywhere is noticed', PATIENCE, async () => {
  const bytes = fs.readFileSync(path.join(folder, backups()[0]));
  const bad = path.join(tempDir(), 'bad.mrb');
  const places = [0, 8, 9, 30, 60, 90, 200, 70000, Math.floor(bytes.length / 2), bytes.length - 20, bytes.length - 1];
  for (const at of places) {
    const changed = Buffer.from(bytes);
    changed[at] ^= 1;
    fs.writeFileSync(bad, changed);
    const { code, stdout } = await run(['verify-backup', bad], { dataDir: server.dataDir });
    assert.deepEqual([code, stdout], [1, ''], `byte ${at}`);
  }
  for (const length of [0, 7, 50, 81, 5000, bytes.length - 1]) {
    fs.writeFileSync(bad, bytes.subarray(0, length));
    assert.equal((await run(['verify-backup', bad], { dataDir: server.dataDir })).code, 1, `cut off at ${length}`);
  }
  fs.writeFileSync(bad, Buffer.concat([bytes, Buffer.from('x')]));
  assert.equal((await run(['verify-backup', bad], { dataDir: server.dataDir })).code, 1, 'a byte more');
  fs.writeFileSync(bad, bytes);
  const other = tempDir();
  fs.writeFileSync(path.join(other, 'other.key'), 'ab'.repeat(32), { mode: 0o600 });
  const { code, stderr } = await run(['verify-backup', '--key-file', path.join(other, 'other.key'), bad], { dataDir: other });
  assert.equal(code, 1);
  assert.match(stderr, /clé secrète/);
  assert.equal((await run(['verify-backup', bad], { dataDir: server.dataDir })).code, 0, 'unchanged');
  const target = tempDir();
  fs.writeFileSync(bad, bytes.subarray(0, bytes.length - 1));
  assert.equal((await run(['restore', '--key-file', path.join(server.dataDir, 'secret.key'), bad], { dataDir: target })).code, 1);
  assert.equal(fs.existsSync(path.join(target, 'medirecord.db')), false, 'nothing of a bad backup is taken for the data');
});

test('killed at any moment, what has its name is whole, and the next run tidies up', PATIENCE, async () => {
  const dir = tempDir();
  const lines = (await run(['backup', dir], { dataDir: server.dataDir })).stderr.trim().split('\n').length - 1;
  assert.ok(lines > 8, `${lines} lines of progress`);
  fs.rmSync(path.join(dir, backups(dir)[0]));
  for (let line = 1; line <= lines; line++) {
    assert.equal(await killedAt(['backup', dir], server.dataDir, line), 'SIGKILL', `at line ${line}`);
    for (const name of backups(dir)) {
      const { code, stderr } = await run(['verify-backup', path.join(dir, name)], { dataDir: server.dataDir });
      assert.equal(code, 0, `${name} at line ${line}: ${stderr}`);
      fs.rmSync(path.join(dir, name));
    }
  }
  assert.equal((await run(['backup', dir], { dataDir: server.dataDir })).code, 0);
  assert.deepEqual([...leftovers(dir), ...leftovers(server.dataDir)], []);
  assert.equal(backups(dir).length, 1);
});

test('a restore that is killed is run again', PATIENCE, async () => {
  const target = tempDir();
  const args = ['restore', '--key-file', path.join(server.dataDir, 'secret.key'), folder];
  for (let line = 1; line < 9; line++) {
    await killedAt(args, target, line);
    if (fs.existsSync(path.join(target, 'medirecord.db'))) break; // its last step was faster than the signal
  }
  if (!fs.existsSync(path.join(target, 'medirecord.db'))) {
    const { code, stderr } = await run(args, { dataDir: target });
    assert.equal(code, 0, stderr);
  }
  assert.equal((await run(['verify-audit'], { dataDir: target })).code, 0);
  assert.deepEqual(leftovers(target), []);
});

test('a full disk is said, and leaves nothing', PATIENCE, async (t) => {
  const dir = tempDir();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir]).status !== 0) return t.skip('no disk can be mounted here');
  try {
    const { code, stderr } = await run(['backup', dir], { dataDir: server.dataDir });
    assert.equal(code, 1);
    assert.match(stderr, /disque.*plein/);
    assert.deepEqual([...backups(dir), ...leftovers(dir), ...leftovers(server.dataDir)], []);
  } finally {
    spawnSync('umount', [dir]);
  }
});

test('an original that is lost or damaged does not keep the others from being saved', PATIENCE, async () => {
  const dir = tempDir();
  const dataDir = await filled(async (own) => {
    const other = await own.activePatient({ first_name: 'Aminata', last_name: 'Ba' });
    await own.indexed(other.id, demo.file(PAPERS[0]));
    await own.indexed(other.id, demo.file(PAPERS[1]));
  });
  const files = fs.readdirSync(path.join(dataDir, 'documents'), { recursive: true }).map((f) => path.join(dataDir, 'documents', f)).filter((f) => fs.statSync(f).isFile());
  assert.equal(files.length, 2);
  fs.rmSync(files[0]);
  const bytes = fs.readFileSync(files[1]);
  bytes[bytes.length - 5] ^= 1;
  fs.writeFileSync(files[1], bytes);
  const made = await run(['backup', dir], { dataDir });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /1 originaux manquants, 1 abîmés/);
  const again = await run(['verify-backup', dir], { dataDir });
  assert.match(again.stderr, /1 originaux manquants, 1 abîmés/);
});

test('what waited to be sent is not sent by the restored one', PATIENCE, async () => {
  const dir = tempDir(), target = tempDir();
  const dataDir = await filled(async (own) => { await own.activePatient({ first_name: 'Fatou', last_name: 'Sy' }); });
  const queue = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\n'
    + 'db.execute("UPDATE message SET status = \'queued\', status_rank = 0, due_at_us = 1 WHERE id = (SELECT max(id) FROM message WHERE direction = \'out\')")\ndb.commit()\n';
  assert.equal(spawnSync('/usr/bin/python3', ['-c', queue, path.join(dataDir, 'medirecord.db')]).status, 0);
  assert.equal((await run(['backup', dir], { dataDir })).code, 0);
  assert.equal((await run(['restore', '--key-file', path.join(dataDir, 'secret.key'), dir], { dataDir: target })).code, 0);
  await withOwnServer({ dataDir: target }, async (own) => {
    const { results } = await own.must(200, 'GET', '/api/messaging/messages/?direction=out');
    assert.ok(results.some((m) => m.status === 'failed' && m.error_code === 'restored'), JSON.stringify(results.map((m) => [m.status, m.error_code])));
    assert.ok(!results.some((m) => m.status === 'queued'));
  });
});

test('wrong usage and who may', async () => {
  assert.equal((await run(['restore'], {})).code, 2);
  assert.equal((await run(['backup', '--keep', '0', folder], { dataDir: server.dataDir })).code, 2);
  assert.equal((await run(['verify-backup', 'a', 'b'], {})).code, 2);
  for (const command of ['backup', 'restore', 'verify-backup']) assert.match((await run([command, '--help'])).stdout, /usage: medirecord/);
  const empty = await run(['verify-backup', tempDir()], { dataDir: server.dataDir });
  assert.deepEqual([empty.code, /pas de sauvegarde/.test(empty.stderr)], [1, true]);
  const nurse = { email: 'sy@clinique.example', password: 'un long mot de passe', role: 'doctor' };
  await server.account(nurse);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: nurse.email, password: nurse.password }, { token: null });
  for (const [method, where] of [['GET', '/api/backups/'], ['POST', '/api/backups/'], ['GET', '/api/backups/state/']]) await server.must(403, method, where, undefined, { token });
});

test('a folder that cannot be written is said, and the backup fails for good', PATIENCE, async () => {
  await withOwnServer({ env: { BACKUP_DIR: '/proc/no/such/place' } }, async (own) => {
    const asked = await own.must(202, 'POST', '/api/backups/');
    const made = await until('the backup to fail', async () => (await own.must(200, 'GET', '/api/backups/')).results.find((b) => b.id === asked.id && b.ended_at));
    assert.deepEqual([made.state, made.error_code], ['failed', 'backup_folder']);
    await until('somebody to be told', async () => (await own.must(200, 'GET', '/api/notifications/?unread=true')).results.some((n) => n.kind === 'backup.failed'));
  });
});

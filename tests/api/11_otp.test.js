'use strict';
/* One-time codes beside the password: turning them on, signing in, what passes once, who is slowed down, and the ways out. */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { ADMIN, run, until, withOwnServer, withServer } = require('./harness.js');
const { codeOf, freshCode } = require('../fakes/authenticator.js');

const server = withServer(test);
const NOBODY = { token: null };
const PASSWORD = 'une phrase secrete de soin 77';

async function account(own, name, role = 'doctor') {
  const user = { email: `${name}@clinique.example`, password: PASSWORD };
  const { id } = await own.account({ ...user, role });
  return { ...user, id, token: (await own.must(200, 'POST', '/api/auth/token/', user, NOBODY)).token };
}

/** Turns codes on; answers { secret, codes, last }: `last` is the code that was used by it. */
async function enrol(own, who) {
  const as = { token: who.token };
  const { secret, uri } = await own.must(200, 'POST', '/api/auth/otp/', { password: who.password }, as);
  assert.ok(uri.includes(`secret=${secret}`) && uri.includes(encodeURIComponent(who.email)), uri);
  const last = codeOf(secret);
  const { recovery_codes: codes } = await own.must(200, 'POST', '/api/auth/otp/confirm/', { otp: last }, as);
  return { secret, codes, last };
}

const login = (own, who, otp, where = '/api/auth/login/') =>
  own.api('POST', where, { email: who.email, password: who.password, ...(otp !== undefined && { otp }) }, NOBODY);

test('codes are on once the first was typed, and every door asks for one', async () => {
  const who = await account(server, 'awa');
  const as = { token: who.token };
  assert.deepEqual(await server.must(200, 'GET', '/api/auth/otp/', undefined, as), { enabled: false, since: null, recovery_left: 0 });
  assert.ok((await server.must(400, 'POST', '/api/auth/otp/', { password: 'faux' }, as)).password);
  const { secret } = await server.must(200, 'POST', '/api/auth/otp/', { password: PASSWORD }, as);
  assert.equal((await login(server, who)).status, 200, 'not before the first code');
  assert.ok((await server.must(400, 'POST', '/api/auth/otp/confirm/', { otp: '000000' }, as)).otp);
  const first = codeOf(secret);
  const { recovery_codes: codes } = await server.must(200, 'POST', '/api/auth/otp/confirm/', { otp: first }, as);
  assert.equal(new Set(codes).size, 10);
  assert.ok(codes.every((c) => /^[a-z2-9]{5}-[a-z2-9]{5}$/.test(c)), codes.join(' '));
  assert.equal((await server.must(409, 'POST', '/api/auth/otp/', { password: PASSWORD }, as)).code, 'otp_on_already');

  for (const [n, where] of ['/api/auth/login/', '/api/auth/token/'].entries()) {
    const missing = await login(server, who, undefined, where);
    assert.equal(missing.status, 401);
    assert.equal(missing.body.code, 'otp_required');
    assert.equal(missing.headers.get('set-cookie'), null);
    const used = await login(server, who, first, where);
    assert.equal(used.status, 401);
    assert.equal(used.body.code, 'otp_wrong');
    assert.equal((await login(server, who, codes[n], where)).status, 200);
  }
  const me = await server.must(200, 'GET', '/api/auth/me/', undefined, as);
  assert.equal(me.otp_enabled, true);
  assert.equal((await server.must(200, 'GET', '/api/auth/otp/', undefined, as)).recovery_left, 8);
});

test('a code passes once, whoever comes with it at the same time', async () => {
  await withOwnServer({}, async (own) => {
    const who = await account(own, 'awa');
    const { secret, last } = await enrol(own, who);
    const code = await freshCode(secret, last);
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(own, who, code)));
    const refused = answers.filter((a) => a.status !== 200);
    assert.equal(refused.length, 3);
    assert.ok(refused.every((a) => a.status === 401 || a.status === 429), JSON.stringify(refused.map((a) => a.status))); // guesses are slowed down
    const again = await login(own, who, ` ${code.slice(0, 3)} ${code.slice(3)} `);
    assert.ok(again.body.code === 'otp_wrong' || again.status === 429, JSON.stringify(again.body));
  });
});

test('the wrong password tells nothing of codes', async () => {
  const who = await account(server, 'moussa');
  const { codes } = await enrol(server, who);
  const wrong = await login(server, { ...who, password: 'faux' }, codes[0]);
  const unknown = await login(server, { email: 'nobody@clinique.example', password: 'faux' }, codes[0]);
  assert.equal(wrong.status, 401);
  assert.deepEqual(wrong.body, unknown.body);
});

test('guessing codes is slowed down with a time to come back', async () => {
  await withOwnServer({}, async (own) => {
    const who = await account(own, 'awa');
    await enrol(own, who);
    let answer;
    for (let i = 0; i < 10 && answer?.status !== 429; i++) answer = await login(own, who, String(100000 + i));
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    const { results } = await own.must(200, 'GET', '/api/audit/?action=login.code_failed');
    assert.equal(results[0].user_email, who.email);
  });
});

test('new recovery codes void the old ones; off needs password and code', async () => {
  const who = await account(server, 'fatou');
  const as = { token: who.token };
  const { codes } = await enrol(server, who);
  const proof = (otp) => ({ password: PASSWORD, otp });
  const { recovery_codes: more } = await server.must(200, 'POST', '/api/auth/otp/recovery/', proof(codes[0]), as);
  assert.ok((await server.must(400, 'POST', '/api/auth/otp/recovery/', proof(codes[1]), as)).otp);
  assert.ok((await server.must(400, 'POST', '/api/auth/otp/disable/', { password: 'faux', otp: more[0] }, as)).password);
  assert.ok((await server.must(400, 'POST', '/api/auth/otp/disable/', { password: PASSWORD }, as)).otp);
  await server.must(204, 'POST', '/api/auth/otp/disable/', proof(more[1]), as);
  assert.equal((await login(server, who)).status, 200);
});

test('an administrator turns the codes of somebody off who lost the telephone', async () => {
  const who = await account(server, 'ibrahima', 'nurse');
  await enrol(server, who);
  assert.equal((await server.must(200, 'GET', `/api/users/${who.id}/`)).otp_enabled, true);
  assert.equal((await server.api('DELETE', `/api/users/${who.id}/otp/`, undefined, { token: who.token })).status, 403);
  await server.must(204, 'DELETE', `/api/users/${who.id}/otp/`);
  assert.equal((await login(server, who)).status, 200);
  const { results } = await server.must(200, 'GET', `/api/audit/?object_type=user&object_id=${who.id}`);
  for (const action of ['otp.enable', 'otp.reset']) assert.ok(results.some((r) => r.action === action), action);
});

test('one’s own password is changed without a code, by who is signed in', async () => {
  const who = await account(server, 'ousmane');
  const { codes } = await enrol(server, who);
  const as = { token: who.token };
  await server.must(204, 'POST', '/api/auth/password/', { old_password: PASSWORD, new_password: 'une autre phrase longue' }, as);
  assert.equal((await login(server, { ...who, password: 'une autre phrase longue' }, codes[0])).status, 200);
});

test('neither secret nor codes stand in the database or the log in clear', async () => {
  await withOwnServer({}, async (own) => {
    const who = await account(own, 'awa');
    const { secret, codes } = await enrol(own, who);
    await login(own, who, codes[0]);
    await own.stop();
    const files = fs.readdirSync(own.dataDir).filter((f) => /\.(db|sqlite3?|log)/.test(f));
    assert.ok(files.length > 0);
    const bytes = Buffer.concat(files.map((f) => fs.readFileSync(path.join(own.dataDir, f)))).toString('latin1') + own.output;
    for (const word of [secret, ...codes, ...codes.map((c) => c.replace('-', ''))]) assert.ok(!bytes.includes(word), word);
    own.output = '';
    await own.start();
  });
});

test('the command line lets a locked-out administrator in again', async () => {
  await withOwnServer({}, async (own) => {
    const chief = { ...ADMIN, token: own.token };
    await enrol(own, chief);
    const options = { dataDir: own.dataDir };
    const short = await run(['password', '--email', ADMIN.email, '--password-stdin'], { ...options, input: 'court\n' });
    assert.equal(short.code, 1);
    const unknown = await run(['password', '--email', 'nobody@clinique.example', '--password-stdin'], { ...options, input: 'une phrase de passe\n' });
    assert.equal(unknown.code, 1);
    const done = await run(['password', '--email', ADMIN.email, '--password-stdin', '--no-codes'], { ...options, input: 'une phrase de passe neuve\n' });
    assert.equal(done.code, 0, done.stderr);
    assert.equal((await login(own, { ...ADMIN, password: 'une phrase de passe neuve' })).status, 200);
    assert.equal((await login(own, ADMIN)).status, 401);
  });
});

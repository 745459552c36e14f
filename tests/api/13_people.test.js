'use strict';
/* Who may come in and what they did: users, their sessions, API tokens, the audit log and its verification. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ADMIN, aPatient, demo, until, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);
const NOBODY = { token: null };
const PASSWORD = 'une phrase secrete de soin 77';

async function account(name, role) {
  const user = { email: `${name}@clinique.example`, password: PASSWORD };
  const { id } = await server.account({ ...user, role, full_name: `${name} de la clinique` });
  return { ...user, id, token: (await server.must(200, 'POST', '/api/auth/token/', user, NOBODY)).token };
}

async function browser(who, agent) {
  const answer = await server.api('POST', '/api/auth/login/', { email: who.email, password: who.password }, { token: null, headers: { 'User-Agent': agent } });
  assert.equal(answer.status, 200);
  const cookies = answer.headers.get('set-cookie');
  const headers = { Cookie: cookies.match(/sessionid=[^;]+/)[0], 'X-CSRFToken': cookies.match(/csrftoken=([^;]+)/)[1] };
  return { as: { token: null, headers }, me: () => server.api('GET', '/api/auth/me/', undefined, { token: null, headers }) };
}

test('the browsers in which one is signed in, and closing the others', async () => {
  const who = await account('awa', 'nurse');
  const [here, there, third] = [await browser(who, 'Firefox ici'), await browser(who, 'Chrome là-bas \u00e9'), await browser(who, 'x'.repeat(900))];
  const { results } = await server.must(200, 'GET', '/api/auth/sessions/', undefined, here.as);
  assert.equal(results.length, 3);
  const mine = results.find((s) => s.current);
  assert.equal(mine.browser, 'Firefox ici');
  assert.ok(mine.last_used);
  assert.ok(results.every((s) => s.browser.length <= 300));
  const other = results.find((s) => s.browser.startsWith('Chrome'));
  await server.must(204, 'DELETE', `/api/auth/sessions/${other.id}/`, undefined, here.as);
  assert.equal((await there.me()).status, 401);
  assert.equal((await third.me()).status, 200);
  await server.must(204, 'DELETE', '/api/auth/sessions/', undefined, here.as);
  assert.equal((await third.me()).status, 401);
  assert.equal((await here.me()).status, 200);
  const stranger = await account('moussa', 'doctor');
  assert.equal((await server.api('DELETE', `/api/auth/sessions/${mine.id}/`, undefined, { token: stranger.token })).status, 404);
  await server.must(204, 'DELETE', `/api/users/${who.id}/sessions/`);
  assert.equal((await here.me()).status, 401);
});

test('one changes one’s own name and language, not one’s role', async () => {
  const who = await account('fatou', 'nurse');
  const as = { token: who.token };
  const me = await server.must(200, 'PATCH', '/api/auth/me/', { full_name: 'Fatou <b>SARR</b>', language: 'en' }, as);
  assert.equal(me.full_name, 'Fatou <b>SARR</b>');
  assert.equal(me.language, 'en');
  assert.equal((await server.api('PATCH', '/api/auth/me/', { role: 'admin' }, as)).status, 400);
});

test('a password that an administrator gives is known to somebody else: its owner chooses another first', async () => {
  const who = await account('khady', 'doctor');
  assert.equal((await server.must(200, 'PATCH', `/api/users/${who.id}/`, { full_name: 'Khady' })).must_change_password, false);
  const given = 'donne par le chef ce matin 12';
  assert.equal((await server.must(200, 'PATCH', `/api/users/${who.id}/`, { password: given })).must_change_password, true);
  assert.equal((await server.must(200, 'PATCH', `/api/users/${who.id}/`, { full_name: 'Khady Sarr' })).must_change_password, true, 'it stays until it is changed');
  const session = await browser({ ...who, password: given }, 'Firefox');
  assert.equal((await server.api('GET', '/api/patients/', undefined, session.as)).body.code, 'password_change_required');
  await server.must(204, 'POST', '/api/auth/password/', { old_password: given, new_password: 'la mienne, que je garde 34' }, session.as);
  const own = await browser({ ...who, password: 'la mienne, que je garde 34' }, 'Firefox');
  assert.equal((await server.api('GET', '/api/patients/', undefined, own.as)).status, 200);

  const admin = await server.must(200, 'GET', '/api/auth/me/');
  assert.equal((await server.must(200, 'PATCH', `/api/users/${admin.id}/`, { password: ADMIN.password })).must_change_password, false, 'one’s own');
  await server.login();
  const machine = await account('robot', 'service');
  assert.equal((await server.must(200, 'PATCH', `/api/users/${machine.id}/`, { password: given })).must_change_password, false, 'nobody stands behind it');
});

test('so is the password that a new account is made with', async () => {
  const who = { email: 'oumou@clinique.example', password: 'donne par le chef ce matin 12' };
  const made = await server.must(201, 'POST', '/api/users/', { ...who, role: 'nurse' });
  assert.equal(made.must_change_password, true);
  assert.equal((await server.must(403, 'POST', '/api/auth/token/', who, NOBODY)).code, 'password_change_required');
  const session = await browser(who, 'Firefox');
  assert.equal((await server.api('GET', '/api/patients/', undefined, session.as)).body.code, 'password_change_required');
  await server.must(204, 'POST', '/api/auth/password/', { old_password: who.password, new_password: 'la mienne, que je garde 34' }, session.as);
  const token = (await server.must(200, 'POST', '/api/auth/token/', { ...who, password: 'la mienne, que je garde 34' }, NOBODY)).token;
  await server.must(200, 'GET', '/api/patients/', undefined, { token });

  const robot = { email: 'passerelle@clinique.example', password: 'une phrase pour une machine 1' };
  assert.equal((await server.must(201, 'POST', '/api/users/', { ...robot, role: 'service' })).must_change_password, false, 'nobody stands behind it');
  await server.must(200, 'POST', '/api/auth/token/', robot, NOBODY);
  assert.equal((await server.must(201, 'POST', '/api/users/', { email: 'lamine@clinique.example', role: 'doctor' })).must_change_password, false, 'there is none to change');
});

test('API tokens: made, listed, used, revoked, and over when they are', async () => {
  const who = await account('ibra', 'doctor');
  const as = { token: who.token };
  const made = await server.must(201, 'POST', '/api/tokens/', { name: 'n8n', expires_in_days: 30 }, as);
  const days = (Date.parse(made.expires_at) - Date.now()) / 86_400_000;
  assert.ok(days > 29.9 && days <= 30, String(days));
  assert.equal((await server.must(200, 'GET', '/api/auth/me/', undefined, { token: made.token })).email, who.email);
  const list = await server.must(200, 'GET', '/api/tokens/', undefined, as);
  const row = list.results.find((t) => t.id === made.id);
  assert.ok(row.last_used);
  assert.ok(!JSON.stringify(list).includes(made.token));
  assert.ok(list.results.every((t) => t.user === who.id));
  const all = await server.must(200, 'GET', '/api/tokens/?page_size=100');
  assert.ok(all.results.some((t) => t.user !== who.id) && all.results.some((t) => t.id === made.id));

  assert.ok((await server.must(400, 'POST', '/api/tokens/', { name: ' ' }, as)).name);
  const admin = await server.must(200, 'GET', '/api/auth/me/');
  assert.ok((await server.must(400, 'POST', '/api/tokens/', { name: 'vol', user: admin.id }, as)).user);
  const service = await account('n8n', 'service');
  const own = await server.must(201, 'POST', '/api/tokens/', { name: 'pour n8n', user: service.id });
  assert.equal((await server.must(200, 'GET', '/api/auth/me/', undefined, { token: own.token })).role, 'service');
  assert.equal((await server.api('DELETE', `/api/tokens/${own.id}/`, undefined, as)).status, 404);
  await server.must(204, 'DELETE', `/api/tokens/${made.id}/`, undefined, as);
  assert.equal((await server.api('GET', '/api/auth/me/', undefined, { token: made.token })).status, 401);
  await server.must(204, 'DELETE', `/api/tokens/${own.id}/`);
});

test('the last administrator who can sign in stays', async () => {
  const me = await server.must(200, 'GET', '/api/auth/me/');
  await server.must(201, 'POST', '/api/users/', { email: 'invitee@clinique.example', role: 'admin' });
  for (const change of [{ role: 'doctor' }, { is_active: false }]) {
    assert.equal((await server.must(409, 'PATCH', `/api/users/${me.id}/`, change)).code, 'last_admin');
  }
});

test('who did what to whom, by person, patient, action and time', async () => {
  const who = await account('ousmane', 'doctor');
  const as = { token: who.token };
  const before = new Date().toISOString();
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Khady', last_name: '=1+1 "Fall"' }), as);
  const other = await server.must(201, 'POST', '/api/patients/', aPatient());
  const upload = await server.upload(patient.id, demo.file(fs.readdirSync(path.dirname(demo.file('x')))[0]));
  assert.equal(upload.status, 201, JSON.stringify(upload.body));
  assert.equal((await server.api('GET', `/api/documents/${upload.body.id}/file/`, undefined, { ...as, record: false })).status, 200);

  const list = (query) => server.must(200, 'GET', `/api/audit/?${new URLSearchParams(query)}`);
  const by = await list({ actor: who.id });
  assert.deepEqual(by.results.filter((r) => r.object_type !== 'user').map((r) => r.action), ['document.download', 'patient.create']);
  assert.equal(by.results[0].actor_name, 'ousmane de la clinique');
  assert.equal(by.results[0].patient, patient.id, 'of a document its patient is told');
  const about = await list({ patient: patient.id });
  assert.ok(about.results.some((r) => r.action === 'document.create') && about.results.every((r) => r.patient === patient.id));
  assert.equal((await list({ patient: other.id, action: 'patient.create' })).count, 1);
  assert.equal((await list({ action: 'patient.', actor: who.id })).count, 1);
  assert.ok((await list({ from: before })).count >= 4);
  assert.equal((await list({ from: before, to: before })).count, 0);
  assert.ok((await list({ actor: 0 })).results.every((r) => r.actor === null));
  for (const bad of ['actor=x', 'patient=0', 'from=hier', 'format=xml']) {
    assert.equal((await server.api('GET', `/api/audit/?${bad}`)).status, 400, bad);
  }

  const csv = await server.api('GET', `/api/audit/?format=csv&patient=${patient.id}`, undefined, { record: false });
  assert.match(csv.headers.get('content-disposition'), /attachment; filename=/);
  const lines = csv.bytes.toString('utf8').trim().split('\r\n');
  assert.equal(lines.length, 1 + (await list({ patient: patient.id })).count);
  assert.ok(lines[1].includes('"Khady =1+1 ""Fall"""'), lines[1]);
  assert.equal((await list({ action: 'audit.export' })).count, 1);
  assert.equal((await server.api('GET', '/api/audit/', undefined, as)).status, 403);
});

test('the chain is verified when an administrator asks, and a change is found', async () => {
  await withOwnServer({}, async (own) => {
    assert.equal((await own.must(200, 'GET', '/api/audit/check/')).state, 'never');
    const verified = async () => {
      await own.must(202, 'POST', '/api/audit/check/');
      return until('the verification', async () => {
        const check = await own.must(200, 'GET', '/api/audit/check/');
        return check.state !== 'running' && check;
      });
    };
    const good = await verified();
    assert.equal(good.state, 'intact');
    assert.ok(good.rows >= 3 && good.finished_at >= good.started_at, JSON.stringify(good));
    await own.stop();
    const file = fs.readdirSync(own.dataDir).find((f) => /\.(db|sqlite3?)$/.test(f));
    const change = `import sqlite3; c = sqlite3.connect(${JSON.stringify(path.join(own.dataDir, file))}); c.execute("UPDATE audit SET actor_id = 99 WHERE id = 2"); c.commit()`;
    assert.equal(spawnSync('/usr/bin/python3', ['-c', change]).status, 0);
    own.output = '';
    await own.start();
    const bad = await verified();
    assert.equal(bad.state, 'broken');
    assert.equal(bad.broken_row, 2);
    assert.equal(bad.rows, 1);
  });
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { ADMIN, run, tempDir, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);
const NOBODY = { MEDIRECORD_ADMIN_EMAIL: '', MEDIRECORD_ADMIN_PASSWORD: '' };

const tokens = {};
async function tokenOf(role) {
  if (!tokens[role]) {
    const user = { email: `${role}@clinique.example`, password: `une phrase secrete de ${role} 77` };
    await server.account({ ...user, role });
    tokens[role] = (await server.must(200, 'POST', '/api/auth/token/', user, { token: null })).token;
  }
  return tokens[role];
}

test('without a token nothing but the public routes answers', async () => {
  for (const where of ['/api/patients/', '/api/documents/', '/api/users/', '/api/auth/me/', '/api/audit/', '/api/jobs/']) {
    const { status, body } = await server.api('GET', where, undefined, { token: null });
    assert.equal(status, 401, where);
    assert.equal(typeof body.code, 'string');
  }
});

test('a wrong token is 401', async () => {
  for (const token of ['x', 'a'.repeat(43), 'A'.repeat(5000)]) {
    assert.equal((await server.api('GET', '/api/patients/', undefined, { token })).status, 401);
  }
});

test('Token and Bearer are the same', async () => {
  const headers = { Authorization: `Bearer ${server.token}` };
  assert.equal((await server.api('GET', '/api/auth/me/', undefined, { token: null, headers })).status, 200);
});

test('me tells who I am, never a secret', async () => {
  const me = await server.must(200, 'GET', '/api/auth/me/');
  assert.equal(me.email, ADMIN.email);
  assert.equal(me.role, 'admin');
  assert.ok(!/hash|token|password(?!")/i.test(JSON.stringify(me)), JSON.stringify(me));
});

test('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await server.api('POST', '/api/auth/token/', { email: ADMIN.email, password: 'faux' }, { token: null });
  const unknown = await server.api('POST', '/api/auth/token/', { email: 'nobody@clinique.example', password: 'faux' }, { token: null });
  assert.equal(wrong.status, unknown.status);
  assert.ok([400, 401].includes(wrong.status), String(wrong.status));
  assert.deepEqual(unknown.body, wrong.body);
});

test('a session by cookie: HttpOnly, SameSite, and no write without the CSRF token', async () => {
  const login = await server.api('POST', '/api/auth/login/', ADMIN, { token: null });
  assert.equal(login.status, 200, JSON.stringify(login.body));
  const cookies = login.headers.get('set-cookie').split(/, (?=\w+=)/); // getSetCookie() is newer than Debian 12's Node
  const session = cookies.find((c) => c.startsWith('sessionid='));
  const csrf = cookies.find((c) => c.startsWith('csrftoken='));
  assert.match(session, /HttpOnly/i);
  assert.match(session, /SameSite=Lax/i);
  assert.ok(csrf);
  assert.doesNotMatch(csrf, /HttpOnly/i);
  const Cookie = [session, csrf].map((c) => c.split(';')[0]).join('; ');
  const value = csrf.split(';')[0].split('=')[1];
  const as = (headers) => ({ token: null, headers: { Cookie, ...headers } });

  assert.equal((await server.api('GET', '/api/auth/me/', undefined, as({}))).status, 200);
  assert.equal((await server.api('POST', '/api/auth/logout/', undefined, as({}))).status, 403);
  assert.equal((await server.api('POST', '/api/auth/logout/', undefined, as({ 'X-CSRFToken': 'x'.repeat(value.length) }))).status, 403);
  const out = await server.api('POST', '/api/auth/logout/', undefined, as({ 'X-CSRFToken': value }));
  assert.ok([200, 204].includes(out.status), String(out.status));
  assert.equal((await server.api('GET', '/api/auth/me/', undefined, as({}))).status, 401);
});

test('what each role may do', async () => {
  const cases = [
    ['nurse', '/api/patients/', 200], ['nurse', '/api/users/', 403], ['nurse', '/api/audit/', 403],
    ['doctor', '/api/patients/', 200], ['doctor', '/api/jobs/', 403], ['doctor', '/api/users/', 403],
    ['service', '/api/patients/', 403], ['service', '/api/documents/', 403],
  ];
  for (const [role, where, status] of cases) {
    const answer = await server.api('GET', where, undefined, { token: await tokenOf(role) });
    assert.equal(answer.status, status, `${role} ${where}`);
  }
  for (const where of ['/api/audit/', '/api/jobs/', '/api/users/']) await server.must(200, 'GET', where);
});

test('a service token may ask and check, and that is all', async () => {
  const token = await tokenOf('service');
  assert.equal((await server.api('POST', '/api/patients/check-active/', { phone: '+221700009999' }, { token })).status, 404);
  assert.equal((await server.api('POST', '/api/patients/', {}, { token })).status, 403);
});

test('users: create, list, change, remove; the password never comes back', async () => {
  const user = { email: 'neuf@clinique.example', password: 'assez long pour passer' };
  const made = await server.must(201, 'POST', '/api/users/', { ...user, role: 'nurse' });
  assert.ok(made.id);
  assert.ok(!JSON.stringify(made).includes('assez long'));
  const again = await server.api('POST', '/api/users/', { ...user, role: 'nurse' });
  assert.ok([400, 409].includes(again.status), String(again.status));
  const list = await server.must(200, 'GET', '/api/users/');
  assert.ok(list.results.some((u) => u.email === user.email));
  assert.equal((await server.must(200, 'PATCH', `/api/users/${made.id}/`, { role: 'doctor' })).role, 'doctor');
  await server.must(204, 'DELETE', `/api/users/${made.id}/`);
  assert.ok((await server.api('POST', '/api/auth/token/', user, { token: null })).status >= 400);
});

test('a weak password is refused with words', async () => {
  const { status, body } = await server.api('POST', '/api/users/', { email: 'court@clinique.example', password: 'court', role: 'nurse' });
  assert.equal(status, 400);
  assert.ok(Array.isArray(body.password), JSON.stringify(body));
});

test('what was done is in the audit log, without any password', async () => {
  const audit = await server.must(200, 'GET', '/api/audit/');
  assert.ok(audit.count > 0);
  assert.ok(!/mot de passe|phrase secrete|assez long/.test(JSON.stringify(audit)));
});

test('many wrong passwords are slowed down, with a time to come back', async () => {
  await withOwnServer({}, async (own) => {
    let answer;
    for (let i = 0; i < 60 && answer?.status !== 429; i++) {
      answer = await own.api('POST', '/api/auth/token/', { email: ADMIN.email, password: `faux ${i}` }, { token: null });
    }
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  });
});

test('createsuperuser and token create on the command line', async () => {
  const dataDir = tempDir();
  const options = { dataDir, env: NOBODY };
  const migrated = await run(['migrate'], options);
  assert.equal(migrated.code, 0, migrated.stderr);
  const made = await run(['createsuperuser', '--email', 'root@clinique.example', '--password-stdin'], { ...options, input: 'phrase de passe solide\n' });
  assert.equal(made.code, 0, made.stderr);
  const token = await run(['token', 'create', '--email', 'root@clinique.example', '--name', 'essai'], options);
  assert.equal(token.code, 0, token.stderr);
  const key = token.stdout.trim();
  assert.match(key, /^\S{20,}$/);
  const unknown = await run(['token', 'create', '--email', 'nobody@clinique.example', '--name', 'essai'], options);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /compte|account/);
  await withOwnServer({ ...options, login: false }, async (own) => {
    assert.equal((await own.must(200, 'GET', '/api/auth/me/', undefined, { token: key })).email, 'root@clinique.example');
  });
});

test('the first start without a password in the environment makes one and prints it once', async () => {
  const options = { env: NOBODY, dataDir: tempDir(), login: false };
  const { startServer } = require('./harness.js');
  const signIn = (to, account) => to.must(200, 'POST', '/api/auth/login/', account, { token: null });
  const own = await startServer(options);
  const email = /([\w.+-]+@[\w.-]+\w)/.exec(own.output)?.[1];
  const password = /(?:mot de passe|password)[^:\n]*:\s*(\S{8,})/i.exec(own.output)?.[1];
  try {
    assert.ok(email && password, own.output);
    assert.equal((await signIn(own, { email, password })).must_change_password, true);
  } finally {
    await own.stop();
  }
  await withOwnServer(options, async (again) => {
    assert.ok(!again.output.includes(password), 'printed again');
    await signIn(again, { email, password });
  });
});

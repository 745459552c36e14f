'use strict';
/* Forgotten passwords and invitations: links by mail that work once, the same answer for everybody, and what there is without a mail server. */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { startSmtp } = require('../fakes/smtp.js');
const { ADMIN, withOwnServer, until } = require('./harness.js');

const NOBODY = { token: null };
const NEW = 'une phrase toute neuve 2026';
const LINK = /https:\/\/clinique\.example\/login\/reset\/#([\w-]{43})/;

async function withMail(fn) {
  const smtp = await startSmtp();
  const env = {
    EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false', DEFAULT_FROM_EMAIL: 'medirecord@clinique.example',
    MEDIRECORD_PUBLIC_URL: 'https://clinique.example',
  };
  try {
    await withOwnServer({ env }, (own) => fn(own, smtp));
  } finally {
    await smtp.stop();
  }
}

const forgotten = (own, email) => own.api('POST', '/api/auth/password/forgotten/', { email }, NOBODY);
const reset = (own, token, password = NEW) => own.api('POST', '/api/auth/password/reset/', { token, new_password: password }, NOBODY);
const login = (own, who) => own.api('POST', '/api/auth/login/', who, NOBODY);

test('a link by mail chooses a new password once and ends what was open', async () => {
  await withMail(async (own, smtp) => {
    assert.deepEqual(await own.must(200, 'GET', '/api/auth/password/forgotten/', undefined, NOBODY), { by_mail: true });
    const open = await login(own, ADMIN);
    const Cookie = open.headers.get('set-cookie').match(/sessionid=[^;]+/)[0];
    const me = () => own.api('GET', '/api/auth/me/', undefined, { token: null, headers: { Cookie } });
    assert.equal((await me()).status, 200);

    assert.equal((await forgotten(own, ` ${ADMIN.email.toUpperCase()} `)).status, 202);
    const mail = await smtp.next();
    assert.deepEqual(mail.to, [ADMIN.email]);
    const [, token] = LINK.exec(mail.text) ?? assert.fail(mail.text);
    assert.equal((await me()).status, 200, 'asking alone ends nothing');
    const link = await own.must(200, 'POST', '/api/auth/password/link/', { token }, NOBODY);
    assert.equal(link.email, ADMIN.email);
    assert.equal(link.kind, 'forgotten');
    const left = (Date.parse(link.expires_at) - Date.now()) / 60_000;
    assert.ok(left > 55 && left <= 60, String(left));

    const weak = await reset(own, token, 'court');
    assert.equal(weak.status, 400);
    assert.ok(weak.body.new_password);
    assert.equal((await reset(own, token)).status, 204);
    assert.equal((await me()).status, 401);
    assert.equal((await login(own, ADMIN)).status, 401);
    assert.equal((await login(own, { ...ADMIN, password: NEW })).status, 200);
    const again = await reset(own, token, 'encore une autre phrase');
    assert.equal(again.status, 404);
    assert.equal(again.body.code, 'link_ended');
    assert.equal((await own.api('POST', '/api/auth/password/link/', { token }, NOBODY)).status, 404);

    const { results } = await own.must(200, 'GET', '/api/audit/?action=password.');
    assert.deepEqual(results.map((r) => r.action), ['password.reset', 'password.forgotten']);
    await own.stop();
    const files = fs.readdirSync(own.dataDir).filter((f) => /\.(db|sqlite3?|log)/.test(f));
    const bytes = Buffer.concat(files.map((f) => fs.readFileSync(path.join(own.dataDir, f)))).toString('latin1') + own.output;
    assert.ok(!bytes.includes(token), 'the link stands somewhere in clear');
    own.output = '';
    await own.start();
  });
});

test('two who use one link at the same time: one of them', async () => {
  await withMail(async (own, smtp) => {
    await forgotten(own, ADMIN.email);
    const [, token] = LINK.exec((await smtp.next()).text);
    const answers = await Promise.all(['premier', 'second', 'dernier'].map((word) => reset(own, token, `${word} mot de passe long`)));
    assert.deepEqual(answers.map((a) => a.status).sort(), [204, 404, 404]);
  });
});

test('an address without an account gets the same answer, the same work, and no mail', async () => {
  await withMail(async (own, smtp) => {
    const known = await forgotten(own, ADMIN.email);
    const unknown = await forgotten(own, 'nobody@clinique.example');
    assert.equal(unknown.status, known.status);
    assert.deepEqual(unknown.bytes, known.bytes);
    await smtp.next();
    const jobs = await until('both jobs to end', async () => {
      const { results } = await own.must(200, 'GET', '/api/jobs/?kind=account.mail');
      return results.length === 2 && results.every((j) => j.state === 'done') && results;
    });
    assert.equal(jobs.length, 2);
    assert.equal(smtp.mails.length, 1);
    assert.equal((await forgotten(own, 'pas une adresse')).status, 400);
  });
});

test('asking again and again is slowed down, for every address alike, and fills no mailbox', async () => {
  await withMail(async (own, smtp) => {
    for (const email of [ADMIN.email, 'nobody@clinique.example']) {
      let answer;
      for (let i = 0; i < 8 && answer?.status !== 429; i++) answer = await forgotten(own, email);
      assert.equal(answer.status, 429, email);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    }
    for (let i = 0; i < 3; i++) await smtp.next();
    await until('all jobs to end', async () => {
      const { results } = await own.must(200, 'GET', '/api/jobs/?kind=account.mail');
      return results.every((j) => j.state === 'done');
    });
    assert.equal(smtp.mails.length, 3);
  });
});

test('a mail server that is away for a moment: the link comes later, and works', async () => {
  await withMail(async (own, smtp) => {
    smtp.fail('connect 421');
    await forgotten(own, ADMIN.email);
    const [, token] = LINK.exec((await smtp.next()).text);
    assert.equal((await reset(own, token)).status, 204);
  });
});

test('somebody is invited by mail, and chooses a password', async () => {
  await withMail(async (own, smtp) => {
    const user = { email: 'awa@clinique.example', full_name: 'Awa <script>', role: 'nurse', language: 'en' };
    const made = await own.must(201, 'POST', '/api/users/', user);
    assert.equal(made.invited, true);
    assert.equal((await login(own, { email: user.email, password: '-' })).status, 401);
    assert.deepEqual(await own.must(200, 'POST', `/api/users/${made.id}/invite/`, { by: 'mail' }), { password: null });
    const mail = await smtp.next();
    assert.equal(mail.subject, 'MediRecord: your account is ready');
    const [, token] = LINK.exec(mail.text);
    assert.equal((await own.must(200, 'POST', '/api/auth/password/link/', { token }, NOBODY)).kind, 'invitation');
    assert.equal((await reset(own, token)).status, 204);
    assert.equal((await login(own, { email: user.email, password: NEW })).status, 200);
    assert.equal((await own.must(200, 'GET', `/api/users/${made.id}/`)).invited, false);
  });
});

test('without a mail server: said, and a password that is shown once', async () => {
  await withOwnServer({}, async (own) => {
    assert.deepEqual(await own.must(200, 'GET', '/api/auth/password/forgotten/', undefined, NOBODY), { by_mail: false });
    const refused = await forgotten(own, ADMIN.email);
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, 'mail_missing');
    const made = await own.must(201, 'POST', '/api/users/', { email: 'awa@clinique.example', role: 'doctor' });
    assert.equal((await own.api('POST', `/api/users/${made.id}/invite/`, { by: 'mail' })).status, 409);
    const { password } = await own.must(200, 'POST', `/api/users/${made.id}/invite/`, { by: 'password' });
    assert.match(password, /^[\w-]{16}$/);
    const signedIn = await login(own, { email: 'awa@clinique.example', password });
    assert.equal(signedIn.status, 200);
    assert.equal(signedIn.body.must_change_password, true);
    const noToken = await own.api('POST', '/api/auth/token/', { email: 'awa@clinique.example', password }, NOBODY);
    assert.deepEqual([noToken.status, noToken.body.code], [403, 'password_change_required'], 'else who knows it keeps a key');
    const cookies = Object.fromEntries(signedIn.headers.getSetCookie().map((c) => /^(\w+)=([^;]+)/.exec(c).slice(1)));
    const who = { token: null, headers: { Cookie: `sessionid=${cookies.sessionid}; csrftoken=${cookies.csrftoken}`, 'X-CSRFToken': cookies.csrftoken } };
    for (const where of ['/api/patients/', '/api/auth/sessions/', '/api/tokens/', '/api/events/', '/api/notifications/']) {
      const refused = await own.api('GET', where, undefined, who);
      assert.equal(refused.status, 403, where);
      assert.equal(refused.body.code, 'password_change_required', where);
    }
    const english = await own.api('GET', '/api/patients/', undefined, { ...who, headers: { ...who.headers, 'Accept-Language': 'en' } });
    assert.match(english.body.detail, /choose one of your own first/);
    const health = await own.must(200, 'GET', '/api/health/', undefined, who);
    assert.deepEqual(Object.keys(health), ['status'], 'what is public stays so, and says no more than to a stranger');
    assert.equal((await own.must(200, 'GET', '/api/auth/me/', undefined, who)).email, 'awa@clinique.example');
    assert.equal((await own.api('PATCH', '/api/auth/me/', { full_name: 'X' }, who)).body.code, 'password_change_required');
    assert.equal((await own.api('POST', '/api/patients/confirm/', { phone: '+221771234567', valid: true }, who)).status, 403);
    assert.equal((await own.api('GET', '/api/users/', undefined, who)).status, 403, 'what the role may not stays what it may not');
    await own.must(204, 'POST', '/api/auth/password/', { old_password: password, new_password: NEW }, who);
    const { token } = await own.must(200, 'POST', '/api/auth/token/', { email: 'awa@clinique.example', password: NEW }, NOBODY);
    await own.must(200, 'GET', '/api/patients/', undefined, { token });
    assert.equal((await own.must(200, 'GET', '/api/auth/me/', undefined, { token })).must_change_password, false);
    const me = await own.must(200, 'GET', '/api/auth/me/');
    assert.equal((await own.api('POST', `/api/users/${me.id}/invite/`, { by: 'password' })).status, 409);
  });
});

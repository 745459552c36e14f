'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { run, until, withOwnServer } = require('./harness.js');
const { startSmtp } = require('../fakes/smtp.js');

const PATIENCE = { timeout: 240000 }; // a mail that never comes
const DANGER = 'j\'ai une douleur très forte dans la poitrine et je n\'arrive plus à respirer';
const settings = (smtp, extra = {}) => ({
  EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false', EMAIL_USER: 'clinique', EMAIL_PASSWORD: 'un secret',
  DEFAULT_FROM_EMAIL: 'alerte@clinique.example', MEDIRECORD_PUBLIC_URL: 'https://clinique.example', ...extra,
});

/** Runs fn with a mail server and a program that uses it. */
async function withMail(extra, fn) {
  const smtp = await startSmtp({ user: 'clinique', password: 'un secret' });
  try {
    await withOwnServer({ env: settings(smtp, extra) }, (server) => fn(server, smtp));
  } finally {
    await smtp.stop();
  }
}

const aDoctor = (email, language = 'fr') => ({ email, password: 'un long mot de passe', role: 'doctor', full_name: 'Dr Test', language });
const deadJobs = (server) => server.must(200, 'GET', '/api/jobs/?state=dead');

test('a danger sign is told to the patient\'s doctor by e-mail, without a word of the patient', PATIENCE, async () => {
  await withMail({}, async (server, smtp) => {
    const doctor = await server.must(201, 'POST', '/api/users/', aDoctor('sall@clinique.example'));
    await server.must(201, 'POST', '/api/users/', aDoctor('autre@clinique.example'));
    const patient = await server.activePatient({ first_name: 'Khardiata', last_name: 'Mbengue', assigned_to: doctor.id });
    assert.match(await server.simulator.ask(patient.phone, DANGER), /1515/);
    const mail = await smtp.next();
    assert.deepEqual([mail.from, mail.to], ['alerte@clinique.example', ['sall@clinique.example']]);
    assert.equal(mail.subject, 'MediRecord : un patient a besoin de vous maintenant');
    assert.match(mail.text, /https:\/\/clinique\.example\/dashboard\//);
    assert.match(mail.headers['message-id'], /^<alert-\d+-\d+@clinique\.example>$/);
    assert.equal(new Date(mail.headers.date).getUTCFullYear(), new Date().getUTCFullYear());
    const whole = JSON.stringify(mail);
    for (const secret of ['Khardiata', 'Mbengue', 'poitrine', 'respirer', patient.phone.slice(4)]) assert.ok(!whole.includes(secret), secret);
    assert.equal(smtp.mails.length, 1);
    assert.ok(!server.output.includes('un secret'));
  });
});

/* A minute is the shortest time that can be set. */
test('a patient who waits for a doctor is told of by e-mail too, to that doctor, and not as a danger', PATIENCE, async () => {
  await withMail({ TAKE_OVER_REMINDER: '1' }, async (server, smtp) => {
    const doctor = await server.must(201, 'POST', '/api/users/', aDoctor('sall@clinique.example', 'en'));
    await server.must(201, 'POST', '/api/users/', aDoctor('autre@clinique.example'));
    const patient = await server.activePatient({ first_name: 'Khardiata', last_name: 'Mbengue', assigned_to: doctor.id });
    await server.simulator.ask(patient.phone, 'MEDECIN');
    const mail = await smtp.next();
    assert.deepEqual(mail.to, ['sall@clinique.example']);
    assert.equal(mail.subject, 'MediRecord: a patient waits for an answer');
    assert.match(mail.text, /^A patient is waiting for the answer of a doctor\./);
    assert.match(mail.text, /https:\/\/clinique\.example\/dashboard\//);
    const whole = JSON.stringify(mail);
    for (const secret of ['Khardiata', 'Mbengue', patient.phone.slice(4), 'danger']) assert.ok(!whole.includes(secret), secret);
    const { results } = await server.must(200, 'GET', '/api/notifications/?unread=1');
    assert.ok(results.some((n) => n.kind === 'conversation.unanswered'));
    assert.equal(smtp.mails.length, 1);
  });
});

test('without a doctor of the patient all doctors are told, each in their language, and ADMINS', PATIENCE, async () => {
  await withMail({ ADMINS: 'garde@clinique.example, chef@ailleurs.example' }, async (server, smtp) => {
    await server.must(201, 'POST', '/api/users/', aDoctor('un@clinique.example'));
    await server.must(201, 'POST', '/api/users/', aDoctor('two@clinique.example', 'en'));
    const gone = await server.must(201, 'POST', '/api/users/', aDoctor('parti@clinique.example'));
    await server.must(200, 'PATCH', `/api/users/${gone.id}/`, { is_active: false });
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    const mails = [await smtp.next(), await smtp.next(), await smtp.next(), await smtp.next()];
    assert.deepEqual(mails.map((m) => m.to[0]).sort(), ['chef@ailleurs.example', 'garde@clinique.example', 'two@clinique.example', 'un@clinique.example']);
    assert.match(mails.find((m) => m.to[0].startsWith('two')).text, /^A patient has written/);
  });
});

test('a question that is no danger sends no mail', PATIENCE, async () => {
  await withMail({ ADMINS: 'garde@clinique.example' }, async (server, smtp) => {
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, 'Quel est mon groupe sanguin ?');
    await server.simulator.ask(patient.phone, DANGER);
    const mails = [await smtp.next(), await smtp.next()];
    assert.deepEqual(mails.map((m) => m.to[0]).sort(), ['chef@clinique.example', 'garde@clinique.example']);
    assert.equal(smtp.mails.length, 2);
  });
});

test('a mail server that is busy, or goes away in the middle, is asked again', PATIENCE, async () => {
  await withMail({}, async (server, smtp) => {
    smtp.fail('rcpt 451', 'data cut');
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    await smtp.next();
    assert.equal(smtp.pending(), 0);
    assert.equal(smtp.mails.length, 1);
  });
});

test('when the answer is lost the mail may come twice, and then under one Message-ID', PATIENCE, async () => {
  await withMail({}, async (server, smtp) => {
    smtp.fail('end cut');
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    const [first, again] = [await smtp.next(), await smtp.next()];
    assert.equal(first.headers['message-id'], again.headers['message-id']);
  });
});

test('an address that is refused for good ends the job, and the inbox says so', PATIENCE, async () => {
  await withMail({}, async (server, smtp) => {
    smtp.fail('rcpt 550');
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    await until('the inbox to tell', async () => {
      const { results } = await server.must(200, 'GET', '/api/notifications/?unread=1');
      return results.some((n) => n.kind === 'alert.mail_failed') && results.some((n) => n.kind === 'question.escalated');
    });
    await until('the job to be given up', async () => (await deadJobs(server)).count === 1); // told first, ended then
    assert.equal(smtp.mails.length, 0);
  });
});

test('nothing is said in plain text to a server that cannot encrypt', PATIENCE, async () => {
  await withMail({ EMAIL_USE_TLS: 'true' }, async (server, smtp) => {
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    await until('a try', () => smtp.state.connections > 0);
    assert.equal(smtp.state.signedIn, 0);
    assert.equal(smtp.mails.length, 0);
  });
});

test('a patient whose alert was read before the mail could go is not told again', PATIENCE, async () => {
  await withMail({}, async (server, smtp) => {
    smtp.fail(...Array(20).fill('connect 421'));
    const patient = await server.activePatient();
    await server.simulator.ask(patient.phone, DANGER);
    await until('a try', () => smtp.state.connections > 0);
    const { results } = await server.must(200, 'GET', '/api/notifications/?unread=1');
    const alert = results.find((n) => n.kind === 'question.escalated');
    await server.must(200, 'POST', `/api/notifications/${alert.id}/read/`);
    await until('the job to end', async () => {
      const jobs = await server.must(200, 'GET', '/api/jobs/?kind=notification.mail');
      return jobs.results.length === 1 && jobs.results[0].state === 'done';
    });
    assert.equal(smtp.mails.length, 0);
  });
});

test('settings that could not work are refused with what to do', PATIENCE, async () => {
  const refused = async (env, words) => {
    const { code, stderr } = await run(['config'], { env });
    assert.notEqual(code, 0);
    assert.match(stderr, words);
  };
  await refused({ EMAIL_HOST: 'smtp.example' }, /DEFAULT_FROM_EMAIL/);
  await refused({ EMAIL_HOST: 'smtp.example', DEFAULT_FROM_EMAIL: 'a@b.example', EMAIL_USE_TLS: 'false' }, /EMAIL_USE_TLS/);
  await refused({ EMAIL_PORT: '0' }, /EMAIL_PORT/);
  await refused({ ADMINS: 'chef' }, /ADMINS/);
  await refused({ EMAIL_HOST: 'smtp example' }, /EMAIL_HOST/);
  const { stdout } = await run(['config'], { env: { EMAIL_HOST: 'localhost', DEFAULT_FROM_EMAIL: 'a@b.example', EMAIL_PASSWORD: 'un secret' } });
  assert.ok(!stdout.includes('un secret'));
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, demo, until, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);

test('the whole conversation on the simulator: link, confirmation, question, sourced answer', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Mamadou', last_name: 'Ndiaye', gender: 'M', date_of_birth: '1958-05-04' }));
  const invitation = await server.simulator.next(patient.phone);
  const token = /confirm-([\w-]+)/.exec(invitation.body)[1];
  await server.simulator.ask(patient.phone, `confirm-${token}`);
  await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));

  const answer = await server.simulator.ask(patient.phone, 'Quelle est ma dernière ordonnance ?');
  for (const part of ['AMLODIPINE', '10 mg', 'METFORMINE', '850 mg', '14/09/2026']) assert.ok(answer.toUpperCase().includes(part.toUpperCase()), `no ${part} in: ${answer}`);
  const next = await server.simulator.ask(patient.phone, 'et pour la metformine ?');
  assert.match(next, /850 mg/);
  assert.match(next, /matin et soir/);
});

test('questions of one patient at the same moment: each is answered', async () => {
  for (let round = 0; round < 6; round++) {
    const { phone } = await server.activePatient();
    const seen = (await server.simulator.received(phone)).length;
    const questions = Array.from({ length: 6 }, (_, i) => `Quelle est la dose du médicament ${i} ?`);
    await Promise.all(questions.map((q) => server.simulator.send(phone, q)));
    await until('an answer to each', async () => (await server.simulator.received(phone)).length >= seen + questions.length);
  }
  assert.equal((await server.must(200, 'GET', '/api/jobs/?state=dead')).count, 0);
});

test('a session that two callers begin at the same moment is one', async () => {
  const { phone: patient_phone } = await server.activePatient();
  for (let round = 0; round < 6; round++) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.api('POST', '/api/rag/query/', { patient_phone, query: 'Ma tension ?', session_id: `ensemble-${round}` })));
    assert.deepEqual(answers.map((a) => a.status), answers.map(() => 200));
  }
});

test('the timeline says each question and each document in its own words', async () => {
  const patient = await server.activePatient();
  const questions = Array.from({ length: 12 }, (_, i) => `Question ${i} : ${'pourquoi '.repeat(i)}?`);
  const title = 'Ordonnance de septembre, sortie de consultation';
  await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'), { title });
  for (const question of questions) await server.simulator.ask(patient.phone, question);
  const { results } = await server.must(200, 'GET', `/api/patients/${patient.id}/timeline/?page_size=100`);
  const texts = (kind) => results.filter((e) => e.kind === kind).map((e) => e.text);
  assert.deepEqual(texts('question').reverse(), questions);
  assert.deepEqual(texts('document'), [title]);
});

test('messages are listed newest last, with direction, time and status', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'Bonjour');
  const messages = await server.simulator.messages(patient.phone);
  assert.deepEqual(new Set(messages.map((m) => m.direction)), new Set(['in', 'out']));
  for (const m of messages) {
    assert.equal(typeof m.body, 'string');
    assert.match(m.created_at, /Z$/);
    assert.ok(m.status);
  }
  const times = messages.map((m) => m.created_at);
  assert.deepEqual(times, [...times].sort());
});

test('the staff sees every message, filtered by patient and direction', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'Bonjour');
  const list = await server.must(200, 'GET', `/api/messaging/messages/?patient=${patient.id}&direction=in`);
  assert.equal(list.count, 1);
  assert.equal(list.results[0].body, 'Bonjour');
  assert.equal(list.results[0].phone, patient.phone);
});

test('a stranger learns nothing about anybody', async () => {
  const reply = await server.simulator.ask('+221700006666', 'Quelle est ma dernière ordonnance ?');
  assert.doesNotMatch(reply, /mg/);
  assert.ok(reply.length > 10);
});

test('a patient who has not confirmed is asked to, and gets no answer', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  await server.simulator.next(patient.phone);
  await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'));
  assert.doesNotMatch(await server.simulator.ask(patient.phone, 'Quelle est ma dernière ordonnance ?'), /10 mg|75 mg/);
});

test('STOP is obeyed at once, and START undoes it', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'STOP');
  const consents = await server.must(200, 'GET', `/api/patients/${patient.id}/consents/`);
  const latest = {};
  for (const c of (consents.results ?? consents)) latest[c.purpose] ??= c.granted;
  assert.equal(latest.messages, false, JSON.stringify(consents));
});

test('one message delivered many times at once is one message and one reply', async () => {
  const patient = await server.activePatient();
  const before = (await server.simulator.messages(patient.phone)).length;
  const form = new URLSearchParams({
    MessageSid: 'SM0123456789abcdef0123456789abcdef', From: `whatsapp:${patient.phone}`, To: 'whatsapp:+14155238886', Body: 'Bonjour', NumMedia: '0',
  }).toString();
  const send = () => server.api('POST', '/webhook/whatsapp-rag', form, { token: null, type: 'application/x-www-form-urlencoded' });
  const answers = await Promise.all(Array.from({ length: 40 }, send));
  for (const a of answers) assert.equal(a.status, 200, JSON.stringify(a.body));
  await until('the reply', async () => (await server.simulator.messages(patient.phone)).length >= before + 2);
  await server.simulator.ask(patient.phone, 'Merci'); // whatever was doubled would stand before this reply
  const messages = (await server.simulator.messages(patient.phone)).slice(before);
  assert.equal(messages.filter((m) => m.direction === 'in' && m.body === 'Bonjour').length, 1);
  assert.equal(messages.filter((m) => m.direction === 'out').length, 2);
});

test('with another channel there is no simulator, and an unsigned webhook is refused', async () => {
  const env = { CHANNEL: 'twilio', TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'x'.repeat(32), TWILIO_WHATSAPP_NUMBER: '+14155238886', TWILIO_API_BASE_URL: 'http://127.0.0.1:9' };
  const { run } = require('./harness.js');
  const config = await run(['config'], { env });
  if (config.code !== 0) { // a program without this channel says so instead of pretending
    assert.match(config.stderr, /CHANNEL/);
    return;
  }
  await withOwnServer({ env }, async (own) => {
    assert.equal((await own.api('GET', '/api/simulator/?phone=%2B221700000001')).status, 404);
    const form = 'From=whatsapp%3A%2B221700000001&Body=x&MessageSid=SM1';
    const { status } = await own.api('POST', '/webhook/whatsapp-rag', form, { token: null, type: 'application/x-www-form-urlencoded' });
    assert.equal(status, 403);
  });
});

test('a question is answered while every reader of documents is busy', async () => {
  await withOwnServer({ env: { MEDIRECORD_WORKERS: '1' } }, async (own) => {
    const patient = await own.activePatient();
    await own.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
    const scans = ['ordonnance-faye-2026-09.jpg', 'nfs-faye-2026-09.jpg', 'ordonnance-sarr-2026-06.jpg', 'arret-mbaye-2026-10.jpg'];
    const { body } = await own.upload(patient.id, scans.map((name) => demo.file(name)));
    assert.match(await own.simulator.ask(patient.phone, 'Quelle est la posologie de la metformine ?'), /850 mg/);
    const last = await own.must(200, 'GET', `/api/documents/${body.at(-1).id}/`);
    assert.equal(last.status, 'pending');
    for (const document of body) await own.settled(document.id);
  });
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { listen, until, withServer } = require('./harness.js');

const server = withServer(test);
const DANGER = 'j\'ai une douleur très forte dans la poitrine et je n\'arrive plus à respirer';

const sessionOf = async (patient) => (await server.must(200, 'GET', `/api/sessions/?patient=${patient.id}`)).results[0];
const processed = (phone, body) => until(`"${body}" to be processed`, async () => (await server.simulator.messages(phone)).some((m) => m.direction === 'in' && m.body === body && m.status === 'processed'));

/** Says something to which nothing is to be answered. */
async function say(phone, body) {
  await server.simulator.send(phone, body);
  await processed(phone, body);
}

async function aDoctor(name) {
  const user = { email: `${name}@clinique.example`, password: 'un long mot de passe', role: 'doctor', full_name: `Dr ${name}` };
  const { id } = await server.account(user);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', user.email ? { email: user.email, password: user.password } : {}, { token: null });
  return { id, token };
}

test('a conversation is kept with its messages, and listed', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'Bonjour');
  const session = await sessionOf(patient);
  const day = session.started_at.slice(0, 10).replaceAll('-', '');
  assert.equal(session.session_id, `whatsapp_${patient.phone.slice(1)}_${day}`);
  assert.deepEqual([session.state, session.patient, session.shared, session.received, session.answered_by_assistant, session.waiting_since], ['assistant', patient.id, false, 1, 1, null]);
  assert.equal(Date.parse(session.expires_at) - Date.parse(session.last_message_at), 24 * 3600 * 1000);
  const whole = await server.must(200, 'GET', `/api/sessions/${session.id}/`);
  assert.deepEqual(whole.messages.map((m) => m.direction), ['in', 'out']);
  assert.equal(whole.messages[0].body, 'Bonjour');
  const closed = await server.must(200, 'GET', `/api/sessions/?patient=${patient.id}&state=closed`);
  assert.equal(closed.count, 0);
  for (const wrong of ['state=open', 'waiting=2', 'patient=x']) await server.must(400, 'GET', `/api/sessions/?${wrong}`);
  await server.must(404, 'GET', '/api/sessions/999999/');
});

test('a doctor takes it over, answers, and gives it back', async () => {
  const patient = await server.activePatient();
  const doctor = await aDoctor('Sow');
  const colleague = await aDoctor('Ba');
  await server.simulator.ask(patient.phone, 'Bonjour');
  const { id } = await sessionOf(patient);
  const by = { token: doctor.token };
  const listener = await listen(server);
  await server.must(409, 'POST', `/api/sessions/${id}/reply/`, { body: 'Bonjour' }, by);
  const taken = await server.must(200, 'POST', `/api/sessions/${id}/take-over/`, undefined, by);
  assert.deepEqual([taken.state, taken.taken_over_by], ['doctor', doctor.id]);
  await until('an event', async () => listener.events.some((e) => e.event === 'session' && e.data.id === id && e.data.state === 'doctor'));
  listener.close();
  const refused = await server.must(409, 'POST', `/api/sessions/${id}/take-over/`, {}, { token: colleague.token });
  assert.equal(refused.code, 'session_taken');

  const before = (await server.simulator.received(patient.phone)).length;
  await say(patient.phone, 'Quelle est ma dernière ordonnance ?');
  await say(patient.phone, 'aide');
  assert.equal((await server.simulator.received(patient.phone)).length, before);
  const waiting = await server.must(200, 'GET', '/api/sessions/?waiting=1&state=doctor');
  assert.ok(waiting.results.some((s) => s.id === id));

  const key = { ...by, headers: { 'Idempotency-Key': 'une-seule-fois' } };
  const answered = await server.must(201, 'POST', `/api/sessions/${id}/reply/`, { body: 'Prenez rendez-vous demain.' }, key);
  assert.deepEqual([answered.waiting_since, answered.answered_by_doctor], [null, 1]);
  await server.must(201, 'POST', `/api/sessions/${id}/reply/`, { body: 'Prenez rendez-vous demain.' }, key);
  const reply = await server.simulator.next(patient.phone, before);
  assert.equal(reply.body, 'Dr Sow :\nPrenez rendez-vous demain.');
  assert.equal(reply.kind, 'reply');
  assert.equal((await server.must(200, 'GET', `/api/sessions/${id}/`)).answered_by_doctor, 1);
  for (const wrong of [{}, { body: '' }, { body: 'x', other: 1 }]) await server.must(400, 'POST', `/api/sessions/${id}/reply/`, wrong, by);

  assert.match(await server.simulator.ask(patient.phone, DANGER), /1515/);
  const { results } = await server.must(200, 'GET', '/api/notifications/');
  assert.ok(results.some((n) => n.kind === 'conversation.danger' && n.patient === patient.id));

  await server.must(200, 'POST', `/api/sessions/${id}/release/`, undefined, by);
  await server.must(409, 'POST', `/api/sessions/${id}/release/`, undefined, by);
  assert.ok(await server.simulator.ask(patient.phone, 'Quelle est ma dernière ordonnance ?'));
  const audit = await server.must(200, 'GET', '/api/audit/?page_size=100');
  for (const action of ['session.take_over', 'session.reply', 'session.release']) assert.ok(audit.results.some((row) => row.action === action), action);
});

test('who may read messages may answer them; programs and strangers may not', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'Bonjour');
  const { id } = await sessionOf(patient);
  const robot = { email: 'robot@clinique.example', password: 'un long mot de passe', role: 'service', full_name: 'n8n' };
  await server.must(201, 'POST', '/api/users/', robot);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: robot.email, password: robot.password }, { token: null });
  for (const [method, where, body] of [['GET', '/api/sessions/'], ['GET', `/api/sessions/${id}/`], ['POST', `/api/sessions/${id}/take-over/`], ['POST', `/api/sessions/${id}/reply/`, { body: 'x' }], ['POST', `/api/patients/${patient.id}/access-code/`]]) {
    await server.must(403, method, where, body, { token });
    await server.must(401, method, where, body, { token: null });
  }
});

test('MEDECIN, MON DOSSIER, EFFACER and STOP act, in any spelling', async () => {
  const patient = await server.activePatient();
  const ask = (text) => server.simulator.ask(patient.phone, text);
  assert.match(await ask('Médecin, svp !'), /prévenons un médecin/);
  assert.ok((await sessionOf(patient)).waiting_since);
  await server.indexed(patient.id, { name: 'note.txt', bytes: Buffer.from('Compte rendu de consultation du 3 mars 2026. Tension 12/8.'), type: 'text/plain' }, { title: 'Consultation de mars' });
  const held = await ask('MON DOSSIER');
  assert.match(held, /Documents : 1/);
  assert.match(held, /Consultation de mars/);
  assert.match(held, /Messages de la clinique : oui/);
  assert.doesNotMatch(held, /12\/8/);
  assert.match(await ask('effacer'), /CONFIRMER/);
  assert.match(await ask('Confirmer'), /enregistrée/);
  await server.must(200, 'GET', `/api/patients/${patient.id}/`);
  assert.match(await ask('Arrêt !'), /C'est noté/);
  const { results } = await server.must(200, 'GET', `/api/patients/${patient.id}/consents/`);
  const now = results.find((c) => c.purpose === 'messages' && c.current);
  assert.deepEqual([now.granted, now.source], [false, 'whatsapp']);
  const { results: told } = await server.must(200, 'GET', '/api/notifications/?page_size=100');
  for (const kind of ['conversation.doctor_wanted', 'patient.erasure_wanted']) assert.ok(told.some((n) => n.kind === kind && n.patient === patient.id), kind);
});

test('a stranger is answered once a day, however many deliveries come at once', async () => {
  const phone = '+221700007777';
  const texts = Array.from({ length: 12 }, (_, i) => `Bonjour ${i}`);
  await Promise.all(texts.map((text) => server.simulator.send(phone, text)));
  for (const text of texts) await processed(phone, text);
  assert.equal((await server.simulator.received(phone)).length, 1);
});

test('a link works once, for its own number', async () => {
  const one = await server.must(201, 'POST', '/api/patients/', { first_name: 'Un', last_name: 'Fall', phone: '+221700008801' });
  const two = await server.must(201, 'POST', '/api/patients/', { first_name: 'Deux', last_name: 'Fall', phone: '+221700008802' });
  const token = /confirm-([\w-]+)/.exec((await server.simulator.next(one.phone)).body)[1];
  await server.simulator.next(two.phone);
  await server.simulator.ask(two.phone, `confirm-${token}`);
  const status = async (p) => (await server.must(200, 'GET', `/api/patients/${p.id}/`)).status;
  assert.deepEqual([await status(one), await status(two)], ['pending', 'pending']);
  await server.must(404, 'POST', '/api/patients/confirm/', { phone: two.phone, valid: true, token });
  await server.must(200, 'POST', `/webhook/confirm-${token}`, {}, { token: null });
  assert.deepEqual([await status(one), await status(two)], ['active', 'pending']);
  await server.must(409, 'POST', `/webhook/confirm-${token}`, {}, { token: null });
});

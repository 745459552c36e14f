'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, startServer, until, withServer } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const server = withServer(test);
const DANGER = 'j\'ai une douleur très forte dans la poitrine et je n\'arrive plus à respirer';
const PUBLIC = 'https://dossier.example';
const UNKNOWN = 'Quel est mon groupe sanguin ?';

const sessionOf = async (patient) => (await server.must(200, 'GET', `/api/sessions/?patient=${patient.id}`)).results[0];
const thread = (query) => server.must(200, 'GET', `/api/messaging/thread/?${query}`);
const processed = (phone, body) => until(`"${body}" to be processed`, async () => (await server.simulator.messages(phone)).some((m) => m.direction === 'in' && m.body === body && m.status === 'processed'));

async function aDoctor(name, role = 'doctor') {
  const user = { email: `${name}@clinique.example`, password: 'un long mot de passe', role, full_name: `Dr ${name}` };
  const { id } = await server.account(user);
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: user.email, password: user.password }, { token: null });
  return { id, token };
}

test('a thread holds all that was written, with the sources of answers and what doctors did', async () => {
  const patient = await server.activePatient();
  const paper = await server.indexed(patient.id, { name: 'ordonnance.txt', bytes: Buffer.from('Ordonnance du 3 octobre 2026\nAMLODIPINE 10 mg comprimé\n1 comprimé le matin pendant 3 mois\n'), type: 'text/plain' });
  await server.simulator.ask(patient.phone, 'Quelle est ma dernière ordonnance ?');
  await server.simulator.ask(patient.phone, UNKNOWN);
  await server.simulator.ask(patient.phone, DANGER);
  const doctor = await aDoctor('Sow');
  const by = { token: doctor.token };
  const { id } = await sessionOf(patient);
  await server.must(200, 'POST', `/api/sessions/${id}/take-over/`, undefined, by);
  const seen = (await server.simulator.received(patient.phone)).length;
  await server.must(201, 'POST', `/api/sessions/${id}/reply/`, { body: 'J\'arrive.' }, by);
  await server.simulator.next(patient.phone, seen);
  await server.must(200, 'POST', `/api/sessions/${id}/release/`, undefined, by);

  const all = await thread(`patient=${patient.id}`);
  assert.equal(all.from, 0);
  assert.equal(all.results.length, all.count);
  assert.deepEqual(all.results.map((m) => m.id), all.results.map((m) => m.id).toSorted((a, b) => a - b));
  const answerTo = (text) => {
    const asked = all.results.find((m) => m.body === text);
    return all.results.find((m) => m.answers === asked.id).answer;
  };
  const known = answerTo('Quelle est ma dernière ordonnance ?');
  assert.deepEqual([known.query, known.refused, known.escalated, known.grounded], ['Quelle est ma dernière ordonnance ?', false, false, true]);
  assert.ok(known.sources.some((s) => s.document_id === paper.id && s.page === 1 && /AMLODIPINE/i.test(s.quote)));
  assert.equal(answerTo(UNKNOWN).refused, true);
  assert.equal(answerTo(DANGER).escalated, true);
  const reply = all.results.find((m) => m.author === doctor.id);
  assert.deepEqual([reply.author_name, reply.answer, reply.body], ['Dr Sow', null, 'Dr Sow :\nJ\'arrive.']);
  assert.deepEqual(all.deeds.map((d) => [d.kind, d.user_name]), [['take_over', 'Dr Sow'], ['release', 'Dr Sow']]);

  const number = await thread(`session=${id}`);
  assert.deepEqual(number.results.map((m) => m.id), all.results.map((m) => m.id));
  assert.deepEqual(number.deeds, all.deeds);
});

test('a thread is read in parts whose numbers stay', async () => {
  const patient = await server.activePatient();
  const texts = Array.from({ length: 7 }, (_, i) => `Bonjour ${i}`);
  for (const text of texts) {
    await server.simulator.send(patient.phone, text);
    await processed(patient.phone, text);
  }
  const whole = await thread(`patient=${patient.id}&size=100`);
  const newest = await thread(`patient=${patient.id}&size=3`);
  assert.equal(newest.count, whole.count);
  assert.equal(newest.from, whole.count - 3);
  assert.deepEqual(newest.results.map((m) => m.id), whole.results.slice(-3).map((m) => m.id));
  const middle = await thread(`patient=${patient.id}&from=2&size=4`);
  assert.deepEqual(middle.results.map((m) => m.id), whole.results.slice(2, 6).map((m) => m.id));
  assert.deepEqual((await thread(`patient=${patient.id}&from=100000`)).results, []);
  for (const at of [0, 4, whole.count - 1]) {
    const around = await thread(`patient=${patient.id}&size=4&message=${whole.results[at].id}`);
    assert.equal(around.from, Math.max(0, at - 2));
    assert.deepEqual(around.results.map((m) => m.id), whole.results.slice(around.from, around.from + 4).map((m) => m.id));
    assert.ok(around.results.some((m) => m.id === whole.results[at].id));
  }
  const other = await server.activePatient();
  await server.must(404, 'GET', `/api/messaging/thread/?patient=${other.id}&message=${whole.results[4].id}`);
  for (const wrong of ['', 'patient=0', 'patient=x', `patient=${patient.id}&from=-1`, `patient=${patient.id}&size=101`, `patient=${patient.id}&size=0`, `patient=${patient.id}&message=0`, 'session=0']) await server.must(400, 'GET', `/api/messaging/thread/?${wrong}`);
  for (const wrong of ['patient=999999', 'session=999999']) await server.must(404, 'GET', `/api/messaging/thread/?${wrong}`);
});

const inbox = (query = '') => server.must(200, 'GET', `/api/inbox/?page_size=100&${query}`);
const entryOf = async (patient, query) => (await inbox(query)).results.find((e) => e.patient === patient.id);

test('what waits for a person comes first: danger with the patient\'s words, then who waits longest', async () => {
  const calm = await server.activePatient();
  await server.simulator.ask(calm.phone, 'Bonjour');
  const unanswered = await server.activePatient();
  await server.simulator.ask(unanswered.phone, UNKNOWN);
  const before = await server.must(200, 'GET', '/api/inbox/summary/');
  const danger = await server.activePatient({ last_name: 'Mbodj', first_name: 'Ndeye' });
  await server.simulator.ask(danger.phone, DANGER);
  const after = await server.must(200, 'GET', '/api/inbox/summary/');
  assert.deepEqual([after.todo - before.todo, after.danger - before.danger], [1, 1]);

  const todo = await inbox('show=todo');
  assert.equal(todo.count, after.todo);
  assert.equal(await entryOf(calm, 'show=todo'), undefined);
  const urgencies = todo.results.map((e) => ['danger', 'waiting', 'look'].indexOf(e.urgency));
  assert.deepEqual(urgencies, urgencies.toSorted((a, b) => a - b));
  const entry = todo.results.find((e) => e.patient === danger.id);
  assert.deepEqual([entry.urgency, entry.first_name, entry.last_name, entry.people, entry.state, entry.unseen], ['danger', 'Ndeye', 'Mbodj', 1, 'assistant', 1]);
  assert.equal(entry.notices[0].severity, 'danger');
  assert.equal(entry.notices[0].words, DANGER);
  assert.equal(entry.last_message.direction, 'out');
  const question = todo.results.find((e) => e.patient === unanswered.id);
  assert.deepEqual([question.urgency, question.notices[0].kind, question.notices[0].words], ['waiting', 'question.refused', UNKNOWN]);
  assert.ok(question.since);

  const all = await inbox();
  assert.equal(new Set(all.results.map((e) => e.phone)).size, all.results.length);
  assert.deepEqual((await entryOf(calm)).notices, []);
  assert.equal((await entryOf(calm)).urgency, null);
  for (const found of ['search=mbodj', `search=${danger.phone.slice(-9)}`, 'search=ndeye%20mbodj', 'show=todo&search=Mbodj', `patient=${danger.id}`]) {
    assert.deepEqual((await inbox(found)).results.map((e) => e.patient), [danger.id], found);
  }
  assert.equal((await inbox('search=zorglub')).count, 0);
  await server.must(400, 'GET', '/api/inbox/?show=some');
  await server.must(404, 'GET', '/api/inbox/999999/');
});

test('what was marked as dealt with by mistake waits again, and somebody in danger too', async () => {
  const doctor = await aDoctor('Kane');
  const by = { token: doctor.token };
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, UNKNOWN);
  await server.simulator.ask(patient.phone, 'Médecin, svp !');
  await server.simulator.ask(patient.phone, DANGER);
  const before = await entryOf(patient, 'show=todo');
  const reopen = (status) => server.must(status, 'POST', `/api/inbox/${before.id}/reopen/`, undefined, by);
  assert.match((await reopen(409)).detail, /comme traité/, 'nothing was');
  const other = await server.activePatient();
  await server.simulator.ask(other.phone, DANGER);
  const elsewhere = await entryOf(other, 'show=todo');
  await server.must(200, 'POST', `/api/inbox/${elsewhere.id}/done/`, { notice: elsewhere.newest_notice, message: elsewhere.last_message.id }, by);

  await server.must(200, 'POST', `/api/inbox/${before.id}/done/`, { notice: before.newest_notice, message: before.last_message.id }, by);
  assert.equal(await entryOf(patient, 'show=todo'), undefined);
  const after = await reopen(200);
  assert.deepEqual([after.urgency, after.notice_count, after.waiting_since], ['danger', before.notice_count, before.waiting_since]);
  assert.deepEqual(after.notices.map((n) => n.id), before.notices.map((n) => n.id));
  assert.equal(await entryOf(other, 'show=todo'), undefined, 'that of another stays dealt with');
  await reopen(409);
  assert.deepEqual((await thread(`session=${before.id}`)).deeds.map((d) => [d.kind, d.user_name]), [['done', 'Dr Kane'], ['reopen', 'Dr Kane']]);
  await server.must(404, 'POST', '/api/inbox/999999/reopen/', undefined, by);
});

test('dealt with is what was seen: what comes later waits on', async () => {
  const doctor = await aDoctor('Fall');
  const by = { token: doctor.token };
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, UNKNOWN);
  await server.simulator.ask(patient.phone, 'Médecin, svp !');
  const seen = await entryOf(patient, 'show=todo');
  assert.ok(seen.waiting_since);
  assert.ok(seen.notice_count >= 2);
  await server.simulator.ask(patient.phone, DANGER);
  const done = await server.must(200, 'POST', `/api/inbox/${seen.id}/done/`, { notice: seen.newest_notice, message: seen.last_message.id }, by);
  assert.deepEqual([done.urgency, done.notice_count], ['danger', 1]);
  assert.ok(done.waiting_since, 'who wrote meanwhile still waits');
  const again = await server.must(200, 'POST', `/api/inbox/${seen.id}/done/`, { notice: done.newest_notice, message: done.last_message.id }, by);
  assert.deepEqual([again.urgency, again.notice_count, again.waiting_since], [null, 0, null]);
  assert.equal(await entryOf(patient, 'show=todo'), undefined);
  assert.deepEqual((await thread(`session=${seen.id}`)).deeds.map((d) => [d.kind, d.user_name]), [['done', 'Dr Fall'], ['done', 'Dr Fall']]);
  const audit = await server.must(200, 'GET', `/api/audit/?object_type=session&object_id=${seen.id}`);
  assert.deepEqual(audit.results.filter((a) => a.action === 'session.done').map((a) => a.actor), [doctor.id, doctor.id]);
  for (const wrong of [{}, { notice: -1, message: 0 }, { notice: 1 }, { notice: 1, message: 1, other: 1 }]) await server.must(400, 'POST', `/api/inbox/${seen.id}/done/`, wrong, by);

  assert.equal(again.unseen, 3);
  const read = await server.must(200, 'POST', `/api/inbox/${seen.id}/seen/`, { message: again.last_message.id }, by);
  assert.equal(read.unseen, 0);
  await server.simulator.ask(patient.phone, 'Merci');
  const one = await server.must(200, 'GET', `/api/inbox/${seen.id}/`);
  assert.equal(one.unseen, 1);
});

test('who is taken over stands apart, who waits there first', async () => {
  const doctor = await aDoctor('Ndiaye');
  const by = { token: doctor.token };
  const waits = await server.activePatient();
  const quiet = await server.activePatient();
  for (const patient of [waits, quiet]) {
    await server.simulator.ask(patient.phone, 'Bonjour');
    await server.must(200, 'POST', `/api/sessions/${(await sessionOf(patient)).id}/take-over/`, undefined, by);
  }
  await server.simulator.send(waits.phone, 'Vous êtes là ?');
  await processed(waits.phone, 'Vous êtes là ?');
  const taken = (await inbox('show=taken')).results.filter((e) => e.taken_over_by === doctor.id);
  assert.deepEqual(taken.map((e) => e.patient), [waits.id, quiet.id]);
  assert.deepEqual([taken[0].taken_over_by_name, taken[0].urgency, taken[1].urgency], ['Dr Ndiaye', 'waiting', null]);
  assert.equal(Date.parse(taken[0].window_ends_at) > Date.now(), true);
});

test('an approved template is sent by hand, also when the window is closed', async (t) => {
  const twilio = await new Twilio().start();
  const clinic = await startServer({ env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC }) });
  twilio.webhook = { public: PUBLIC, actual: clinic.url };
  t.after(async () => {
    await clinic.stop();
    await twilio.settled();
    await twilio.stop();
    assert.deepEqual(twilio.violations, []);
  });
  const { phone } = await clinic.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Awa' }));
  await twilio.say(phone, 'Bonjour');
  const entry = await until('the conversation', async () => (await clinic.must(200, 'GET', '/api/inbox/')).results[0]);
  await until('an answer', () => twilio.sent(phone)[0]);
  twilio.windows.delete(phone);
  const send = (status, body) => clinic.must(status, 'POST', `/api/inbox/${entry.id}/template/`, body);
  const reminder = { purpose: 'reminder', values: { name: 'Awa' } };
  assert.equal((await send(409, reminder)).code, 'template_not_sendable');
  const template = { purpose: 'reminder', language: 'fr', carrier_name: `HX${'c'.repeat(32)}`, body: 'Bonjour {{1}}, pensez à votre rendez-vous.', variables: ['name'], category: 'UTILITY' };
  twilio.templates.set(template.carrier_name, { name: 'reminder', language: 'fr', body: template.body, status: 'approved' });
  const { id } = await clinic.must(201, 'POST', '/api/messaging/templates/', template);
  await clinic.must(200, 'POST', `/api/messaging/templates/${id}/check/`);
  await send(400, { purpose: 'reminder' });
  await send(409, { purpose: 'activation', values: { name: 'x', link: 'x', emergency: 'x' } });
  await send(201, reminder);
  await until('the template', () => twilio.sent(phone).some((m) => m.body === 'Bonjour Awa, pensez à votre rendez-vous.'));
  const { results } = await clinic.must(200, 'GET', `/api/messaging/thread/?session=${entry.id}`);
  assert.ok(results.some((m) => m.kind === 'notice' && m.author !== null));
});

test('programs and strangers see nothing of it', async () => {
  const patient = await server.activePatient();
  await server.simulator.ask(patient.phone, 'Bonjour');
  const { id } = await sessionOf(patient);
  const { token } = await aDoctor('robot', 'service');
  for (const [method, where, body] of [['GET', '/api/inbox/'], ['GET', '/api/inbox/summary/'], ['GET', `/api/inbox/${id}/`], ['POST', `/api/inbox/${id}/done/`, { notice: 0, message: 0 }], ['POST', `/api/inbox/${id}/reopen/`], ['POST', `/api/inbox/${id}/seen/`, { message: 1 }], ['POST', `/api/inbox/${id}/template/`, { purpose: 'x' }], ['GET', `/api/messaging/thread/?patient=${patient.id}`]]) {
    await server.must(403, method, where, body, { token });
    await server.must(401, method, where, body, { token: null });
  }
});

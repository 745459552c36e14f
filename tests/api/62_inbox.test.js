'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { until, withServer } = require('./harness.js');

const server = withServer(test);
const DANGER = 'j\'ai une douleur très forte dans la poitrine et je n\'arrive plus à respirer';
const UNKNOWN = 'Quel est mon groupe sanguin ?';

const sessionOf = async (patient) => (await server.must(200, 'GET', `/api/sessions/?patient=${patient.id}`)).results[0];
const thread = (query) => server.must(200, 'GET', `/api/messaging/thread/?${query}`);
const processed = (phone, body) => until(`"${body}" to be processed`, async () => (await server.simulator.messages(phone)).some((m) => m.direction === 'in' && m.body === body && m.status === 'processed'));

async function aDoctor(name, role = 'doctor') {
  const user = { email: `${name}@clinique.example`, password: 'un long mot de passe', role, full_name: `Dr ${name}` };
  const { id } = await server.must(201, 'POST', '/api/users/', user);
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
  for (const wrong of ['', 'patient=0', 'patient=x', `patient=${patient.id}&from=-1`, `patient=${patient.id}&size=101`, `patient=${patient.id}&size=0`, 'session=0']) await server.must(400, 'GET', `/api/messaging/thread/?${wrong}`);
  for (const wrong of ['patient=999999', 'session=999999']) await server.must(404, 'GET', `/api/messaging/thread/?${wrong}`);
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { until, withServer } = require('./harness.js');

const server = withServer(test);
let families = 0;

/** An owner and a dependent behind one number, each with a paper that names a medicine of their own, and a code. */
async function aFamily() {
  families += 1;
  const phone = `+2217000090${10 + families}`;
  const people = [];
  for (const [first_name, shares_phone, medicine] of [['Awa', false, 'AMLODIPINE 10 mg'], ['Moussa', true, 'METFORMINE 850 mg']]) {
    const seen = (await server.simulator.received(phone)).length;
    const patient = await server.must(201, 'POST', '/api/patients/', { first_name, last_name: 'Diop', phone, shares_phone });
    const token = /confirm-([\w-]+)/.exec((await server.simulator.next(phone, seen)).body)[1];
    const confirmed = await server.must(200, 'POST', '/api/patients/confirm/', { phone, valid: true, token });
    assert.equal(confirmed.id, patient.id);
    const text = `Ordonnance du 14/09/2026\nPatient : ${first_name} Diop\n${medicine} : 1 comprimé le matin`;
    await server.upload(patient.id, { name: `${first_name}.txt`, bytes: Buffer.from(text), type: 'text/plain' }, { kind: 'prescription' });
    await until('the paper', async () => (await server.must(200, 'GET', `/api/documents/?patient=${patient.id}&status=indexed`)).count === 1);
    const { code } = await server.must(201, 'POST', `/api/patients/${patient.id}/access-code/`);
    people.push({ ...patient, code, medicine: medicine.split(' ')[0] });
  }
  return { phone, people };
}

test('a number belongs to one record, and to others only on purpose', async () => {
  const { phone, people: [awa, moussa] } = await aFamily();
  const twin = { first_name: 'Binta', last_name: 'Ba', phone };
  assert.equal((await server.must(409, 'POST', '/api/patients/', twin)).code, 'phone_taken');
  assert.deepEqual([awa.shares_phone, moussa.shares_phone], [false, true]);
  assert.equal((await server.must(409, 'PATCH', `/api/patients/${moussa.id}/`, { shares_phone: false })).code, 'phone_taken');
  const active = await server.must(200, 'POST', '/api/patients/check-active/', { phone });
  assert.equal(active.patient.id, awa.id);
  const answer = await server.must(200, 'POST', '/api/rag/query/', { patient_phone: phone, query: 'Quelle est ma dernière ordonnance ?' });
  assert.match(answer.answer.toUpperCase(), /AMLODIPINE/);
  assert.doesNotMatch(answer.answer.toUpperCase(), /METFORMINE/);
});

test('who writes is asked, shows a code, and sees one record', async () => {
  const { phone, people: [awa, moussa] } = await aFamily();
  const who = await server.simulator.ask(phone, 'Quelle est ma dernière ordonnance ?');
  assert.match(who, /1\. Awa\n2\. Moussa/);
  assert.doesNotMatch(who, /Diop/);
  assert.match(await server.simulator.ask(phone, '2'), /code/);
  assert.match(await server.simulator.ask(phone, awa.code), /pas le bon/);
  assert.match(await server.simulator.ask(phone, moussa.code), /Merci Moussa/);
  const answer = await server.simulator.ask(phone, 'Quelle est ma dernière ordonnance ?');
  assert.match(answer.toUpperCase(), /METFORMINE/);
  assert.doesNotMatch(answer.toUpperCase(), /AMLODIPINE/);
  assert.match(await server.simulator.ask(phone, 'CHANGER'), /Qui écrit/);
  const mine = await server.must(200, 'GET', `/api/messaging/messages/?patient=${moussa.id}&page_size=100`);
  assert.ok(!mine.results.some((m) => m.body.includes(moussa.code) || m.body.includes(awa.code)));
  const session = (await server.must(200, 'GET', '/api/sessions/')).results.find((s) => s.phone === phone);
  assert.deepEqual([session.shared, session.patient], [true, null]);
});

test('two people who write at the same moment: each answer is of the record of whoever had shown the code', async () => {
  const { phone, people } = await aFamily();
  const ask = 'Quelle est ma dernière ordonnance ?';
  const answered = async () => (await server.simulator.messages(phone)).filter((m) => m.direction === 'in');
  for (let round = 0; round < 4; round++) {
    const texts = [];
    for (const n of [1, 2, 1, 2]) texts.push('CHANGER', ask, String(n), people[n - 1].code, ask);
    for (const text of texts) await server.simulator.send(phone, text); // nobody waits for an answer
  }
  await until('all to be processed', async () => (await answered()).every((m) => m.status === 'processed'));
  const all = (await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100&page=1`)).results
    .concat((await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100&page=2`)).results);
  const asked = new Map(all.filter((m) => m.direction === 'in').map((m) => [m.id, m]));
  const clinical = all.filter((m) => m.direction === 'out' && /AMLODIPINE|METFORMINE/i.test(m.body));
  assert.equal(clinical.length, 16, 'one answer for each question after a code');
  for (const m of clinical) {
    const owner = people.find((p) => p.id === m.patient);
    const other = people.find((p) => p.id !== m.patient);
    assert.ok(m.body.toUpperCase().includes(owner.medicine), m.body);
    assert.ok(!m.body.toUpperCase().includes(other.medicine), m.body);
    assert.equal(asked.get(m.answers).patient, m.patient);
  }
});

test('five wrong codes lock it and the doctor is told; the clinic makes another', async () => {
  const { phone, people: [, moussa] } = await aFamily();
  const wrong = moussa.code === '111111' ? '222222' : '111111';
  await server.simulator.ask(phone, 'Bonjour');
  await server.simulator.ask(phone, 'Moussa');
  for (let i = 0; i < 4; i++) assert.match(await server.simulator.ask(phone, wrong), /pas le bon/);
  assert.match(await server.simulator.ask(phone, wrong), /bloqué/);
  assert.match(await server.simulator.ask(phone, '2'), /bloqué/);
  const { results } = await server.must(200, 'GET', '/api/notifications/?page_size=100');
  assert.ok(results.some((n) => n.kind === 'access_code.locked' && n.patient === moussa.id));
  const { code } = await server.must(201, 'POST', `/api/patients/${moussa.id}/access-code/`);
  assert.match(code, /^[0-9]{6}$/);
  await server.simulator.ask(phone, '2');
  assert.match(await server.simulator.ask(phone, code), /Merci Moussa/);
  await server.must(404, 'POST', '/api/patients/999999/access-code/');
});

test('many guesses at the same moment are five tries', async () => {
  const { phone, people: [, moussa] } = await aFamily();
  const guesses = Array.from({ length: 20 }, (_, i) => String(100000 + i * 37)).filter((code) => code !== moussa.code);
  await server.simulator.ask(phone, 'Bonjour');
  await server.simulator.ask(phone, 'Moussa');
  await Promise.all(guesses.map((code) => server.simulator.send(phone, code)));
  const where = `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100`;
  await until('all guesses to be processed', async () => (await server.must(200, 'GET', `${where}&status=received`)).count === 0);
  const { results } = await server.must(200, 'GET', where);
  assert.equal(results.filter((m) => /pas le bon/.test(m.body)).length, 4);
  assert.equal(results.filter((m) => /bloqué/.test(m.body) && !/Essayez/.test(m.body)).length, 1);
  assert.ok(!results.some((m) => guesses.includes(m.body)), 'guesses are masked');
  await server.simulator.ask(phone, '2');
  assert.doesNotMatch(await server.simulator.ask(phone, moussa.code), /Merci/); // locked
});

test('erasing one of them leaves the other', async () => {
  const { phone, people: [awa, moussa] } = await aFamily();
  await server.simulator.ask(phone, 'Bonjour');
  await server.must(204, 'DELETE', `/api/patients/${awa.id}/`);
  await server.must(404, 'POST', '/api/patients/check-active/', { phone });
  assert.match((await server.simulator.ask(phone, 'Quelle est ma dernière ordonnance ?')).toUpperCase(), /METFORMINE/);
  await server.must(204, 'DELETE', `/api/patients/${moussa.id}/`);
  assert.equal((await server.must(200, 'GET', '/api/sessions/')).results.filter((s) => s.phone === phone).length, 0);
});

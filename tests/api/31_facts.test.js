'use strict';
/* What people say of facts: changed, rejected, added, taken back; kept through readings; two people at one page. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { demo, withServer } = require('./harness.js');

const server = withServer(test);
const QUESTION = 'Quelle est la posologie de la metformine ?';
const where = (document) => `/api/documents/${document.id}`;
const facts = async (document) => (await server.must(200, 'GET', `${where(document)}/facts/?type=medication`)).results;
const named = async (document, name) => (await facts(document)).find((f) => f.name === name);
const corrections = async (document) => (await server.must(200, 'GET', `${where(document)}/fact-corrections/`)).results;

async function prescription() {
  const patient = await server.activePatient({ first_name: 'Mamadou', last_name: 'Ndiaye', date_of_birth: '1958-05-04' });
  return { patient, document: await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf')) };
}

test('a fact that is changed says what the doctor says, in lists and answers, and keeps it when it is read again', async () => {
  const { patient, document } = await prescription();
  const read = await named(document, 'METFORMINE');
  assert.equal(read.correction, null);
  const quote = read.quote.replace('850 mg', '500 mg').replace('3 mois', '6 mois');
  const made = await server.must(202, 'PATCH', `${where(document)}/facts/${read.id}/`, { quote, strength: '500 mg', duration: '6 mois' });
  assert.equal(made.deed, 'change');
  await server.settled(document.id);

  const now = await named(document, 'METFORMINE');
  assert.deepEqual([now.strength, now.duration, now.frequency, now.quote], ['500 mg', '6 mois', 'matin et soir', quote]);
  assert.deepEqual([now.box, now.confidence], [read.box, 100]);
  assert.equal(now.correction.id, made.id);
  assert.equal(now.correction.by, 'Administrateur');
  assert.ok(Date.parse(now.correction.at));
  assert.equal((await facts(document)).length, 3, 'it is not there twice');
  const reply = await server.simulator.ask(patient.phone, QUESTION);
  assert.match(reply, /500 mg/);
  assert.doesNotMatch(reply, /850/);

  await server.must(202, 'POST', `${where(document)}/reindex/`, {});
  await server.settled(document.id);
  assert.equal((await named(document, 'METFORMINE')).strength, '500 mg', 'reading again keeps the word of the doctor');

  await server.must(204, 'DELETE', `${where(document)}/fact-corrections/${made.id}/`);
  await server.settled(document.id);
  const { id, ...again } = await named(document, 'METFORMINE');
  const { id: before, ...first } = read;
  assert.deepEqual(again, first);
  assert.notEqual(id, before);
  const actions = (await server.must(200, 'GET', '/api/audit/?page_size=50')).results.map((a) => a.action);
  assert.ok(actions.includes('document.correct_fact') && actions.includes('document.uncorrect_fact'));
});

test('a correction is what the very next answer says, and what was withdrawn is never said again', async () => {
  const { patient, document } = await prescription();
  const ask = (query) => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query });
  assert.match((await ask(QUESTION)).answer, /850 mg/); // the record is in the cache now
  const read = await named(document, 'METFORMINE');
  await server.must(202, 'PATCH', `${where(document)}/facts/${read.id}/`, { quote: read.quote.replace('850 mg', '500 mg'), strength: '500 mg' });
  const next = await ask(QUESTION); // nothing is waited for
  assert.match(next.answer, /500 mg/);
  assert.doesNotMatch(JSON.stringify([next.answer, next.sources]), /850/);
  assert.match(next.answer, /Source : .*page 1 \(corrigé par le médecin\)/);
  assert.equal(next.sources[0].corrected_by, 'doctor');
  assert.equal((await server.must(200, 'GET', `${where(document)}/`)).status, 'indexed');

  // Another line of the same page is not said to be corrected.
  const other = await ask('Quelle est la posologie de l’amlodipine ?');
  assert.ok(other.grounded, other.answer);
  assert.equal(other.sources[0].corrected_by, null);
  assert.doesNotMatch(other.answer, /corrigé/);

  // Rejected: neither as a fact nor as a passage, in whatever words it is asked for.
  const wrong = await named(document, 'ATORVASTATINE');
  assert.match((await ask('atorvastatine ?')).answer, /ATORVASTATINE/);
  await server.must(202, 'POST', `${where(document)}/facts/${wrong.id}/reject/`);
  for (const query of ['atorvastatine ?', 'Quelle est la posologie de l’atorvastatine ?', 'Quels sont mes médicaments ?', 'Que dit ma dernière ordonnance ?']) {
    const { answer, sources } = await ask(query);
    assert.doesNotMatch(JSON.stringify(sources), /atorvastatine/i, query);
    assert.doesNotMatch(answer.replaceAll('« atorvastatine »', ''), /atorvastatine [0-9]|20 mg/i, query);
  }
  // The paper still shows what stands on it.
  const { results: [page] } = await server.must(200, 'GET', `${where(document)}/pages/`);
  assert.match(page.text, /ATORVASTATINE/);
});

test('a nurse corrects a value in a table: the next answer says hers, and the table no longer the old one', async () => {
  const patient = await server.activePatient({ first_name: 'Mamadou', last_name: 'Ndiaye', date_of_birth: '1958-05-04' });
  const document = await server.indexed(patient.id, demo.file('bilan-ndiaye-2026-09.pdf'));
  await server.account({ email: 'nafi@clinique.example', password: 'une phrase de soin 2026', role: 'nurse' });
  const { token } = await server.must(200, 'POST', '/api/auth/token/', { email: 'nafi@clinique.example', password: 'une phrase de soin 2026' }, { token: null });
  const { results } = await server.must(200, 'GET', `${where(document)}/facts/?type=lab_value`);
  const read = results.find((f) => /créatinine/i.test(f.name));
  const ask = () => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query: 'Combien est ma créatinine ?' });
  assert.ok((await ask()).answer.includes(read.value));
  const value = '77,7';
  await server.must(202, 'PATCH', `${where(document)}/facts/${read.id}/`, { quote: read.quote.replace(read.value, value), value }, { token });
  const { answer, sources } = await ask();
  assert.ok(answer.includes(value), answer);
  assert.match(answer, /corrigé par l'équipe de soins/);
  assert.equal(sources[0].corrected_by, 'staff');
  for (const s of sources) assert.ok(!s.quote.split(/\s+/).includes(read.value), s.quote);
});

test('a fact that is rejected is gone, stays gone, and comes back when that is taken back', async () => {
  const { document } = await prescription();
  const read = await named(document, 'ATORVASTATINE');
  const made = await server.must(202, 'POST', `${where(document)}/facts/${read.id}/reject/`);
  assert.deepEqual([made.deed, made.name], ['remove', 'ATORVASTATINE']);
  await server.settled(document.id);
  assert.equal(await named(document, 'ATORVASTATINE'), undefined);
  await server.must(202, 'POST', `${where(document)}/reindex/`, {});
  await server.settled(document.id);
  assert.equal(await named(document, 'ATORVASTATINE'), undefined);
  assert.deepEqual((await corrections(document)).map((c) => [c.deed, c.name, c.page, c.by]), [['remove', 'ATORVASTATINE', 1, 'Administrateur']]);
  await server.must(204, 'DELETE', `${where(document)}/fact-corrections/${made.id}/`);
  await server.settled(document.id);
  assert.ok(await named(document, 'ATORVASTATINE'));
});

test('a fact that was missed is added with its place, can be changed again, and each word is kept in order', async () => {
  const { document } = await prescription();
  const line = 'Prochain rendez-vous : le 14/12/2026 avec bilan sanguin.';
  await server.must(201, 'POST', `${where(document)}/facts/`, { type: 'diagnosis', page: 1, name: 'bilan sanguin', quote: line });
  await server.settled(document.id);
  const list = async () => (await server.must(200, 'GET', `${where(document)}/facts/?type=diagnosis`)).results;
  const [added] = await list();
  assert.deepEqual([added.name, added.quote, added.correction.deed], ['bilan sanguin', line, 'add']);
  const appointment = (await server.must(200, 'GET', `${where(document)}/facts/?type=appointment`)).results[0];
  assert.ok(Math.abs(added.box[1] - appointment.box[1]) < 20, 'it stands where its words stand');

  await server.must(202, 'PATCH', `${where(document)}/facts/${added.id}/`, { name: 'sanguin' });
  await server.settled(document.id);
  const changed = await list();
  assert.deepEqual(changed.map((f) => [f.name, f.correction.deed]), [['sanguin', 'change']]);
  assert.deepEqual((await corrections(document)).map((c) => c.deed), ['add', 'change']);
});

test('what does not stand in the line, what changed meanwhile and what is no fact are refused with words', async () => {
  const { document } = await prescription();
  const read = await named(document, 'METFORMINE');
  const refused = await server.must(400, 'PATCH', `${where(document)}/facts/${read.id}/`, { strength: '999 mg' });
  assert.match(refused.strength[0], /pas dans la ligne/);
  const missing = await server.must(400, 'POST', `${where(document)}/facts/`, { type: 'medication', page: 1 });
  assert.ok(missing.name && missing.quote);
  assert.ok((await server.must(400, 'POST', `${where(document)}/facts/`, { type: 'coffee', page: 1, name: 'x', quote: 'x' })).type);
  assert.equal((await server.must(404, 'POST', `${where(document)}/facts/`, { type: 'allergy', page: 9, name: 'x', quote: 'x' })).code, 'page_not_found');
  await server.must(202, 'POST', `${where(document)}/reindex/`, {});
  await server.settled(document.id);
  assert.equal((await server.must(404, 'PATCH', `${where(document)}/facts/${read.id}/`, { dose: '2 comprimés' })).code, 'fact_not_found');
  assert.equal((await server.must(404, 'POST', `${where(document)}/facts/${read.id}/reject/`)).code, 'fact_not_found');
  assert.equal((await server.must(404, 'DELETE', `${where(document)}/fact-corrections/999999/`)).code, 'fact_correction_not_found');
});

test('two people who correct one page: the second is told, and nothing is lost', async () => {
  const { document } = await prescription();
  const pages = async () => (await server.must(200, 'GET', `${where(document)}/pages/`)).results;
  const [seen] = await pages();
  assert.deepEqual([seen.version, seen.corrected_by, seen.corrected_at], [0, null, null]);
  await server.must(202, 'PATCH', `${where(document)}/pages/1/`, { text: 'La première version', version: seen.version });
  assert.equal((await server.must(409, 'PATCH', `${where(document)}/pages/1/`, { text: 'La seconde', version: seen.version })).code, 'page_changed');
  await server.settled(document.id);
  const [now] = await pages();
  assert.deepEqual([now.text, now.corrected_by], ['La première version', 'Administrateur']);
  assert.ok(now.version > 0 && Date.parse(now.corrected_at));
  await server.must(202, 'PATCH', `${where(document)}/pages/1/`, { text: 'La seconde', version: now.version });
  await server.settled(document.id);
  assert.equal((await pages())[0].text, 'La seconde');
  const outline = await server.must(200, 'GET', `${where(document)}/outline/`);
  assert.deepEqual(outline.results, [{ number: 1, attachment: null, source: 'corrected', confidence: 100, legible: true }]);
});

'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, demo, run, withServer } = require('./harness.js');

const server = withServer(test);
const clinic = JSON.parse(fs.readFileSync(path.join(ROOT, 'demo', 'clinic.json')));
const words = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');
const made = {};

/** A patient of the clinic with all of their papers read; made when first asked for. */
async function patientOf(key) {
  made[key] ??= (async () => {
    const { key: _, activate, ...record } = clinic.patients.find((p) => p.key === key);
    const patient = await server.activePatient(record);
    const documents = {};
    for (const { file } of demo.documents.filter((d) => d.patient === key)) {
      documents[file] = (await server.indexed(patient.id, demo.file(file))).id;
    }
    return { ...patient, documents };
  })();
  return made[key];
}

const ask = (patient, query, session_id) =>
  server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query, ...(session_id && { session_id }) });

const sessions = {};
for (const question of demo.questions) {
  test(`${question.patient}: ${question.ask}`, async () => {
    const patient = await patientOf(question.patient);
    const answer = await ask(patient, question.ask, sessions[question.patient]);
    sessions[question.patient] = answer.session_id;
    assert.equal(answer.grounded, true, answer.answer);
    assert.equal(answer.language, 'fr');
    for (const part of question.contains) assert.ok(words(answer.answer).includes(words(part)), `no ${part} in: ${answer.answer}`);
    if (question.document) {
      const source = answer.sources.find((s) => s.document_id === patient.documents[question.document]);
      assert.ok(source, `not from ${question.document}: ${JSON.stringify(answer.sources)}`);
      assert.equal(source.page, 1);
      assert.ok(source.quote.length > 3);
      assert.equal(source.date, demo.documents.find((d) => d.file === question.document).date);
    }
  });
}

test('vaccinations are facts that answer; what is planned or missing is not said to be given', async () => {
  const patient = await server.activePatient();
  const card = await server.indexed(patient.id, {
    name: 'carnet.txt',
    bytes: Buffer.from('CARNET DE VACCINATION\n\n'
      + 'Date          Vaccin              Lot        Prochain rappel\n'
      + '12/01/2023    STAMARIL            M5123\n'
      + '03/02/2022    REVAXIS             R1B42      03/02/2042\n'
      + '              Hépatite B                     01/03/2043\n'),
  });
  const { results } = await server.must(200, 'GET', `/api/patients/${patient.id}/facts/?type=vaccination`);
  assert.deepEqual(results.map(({ name, value, lot, due, document_id }) => ({ name, value, lot, due, document_id })), [
    { name: 'STAMARIL', value: '12/01/2023', lot: 'M5123', due: undefined, document_id: card.id },
    { name: 'REVAXIS', value: '03/02/2022', lot: 'R1B42', due: '03/02/2042', document_id: card.id },
  ]);
  for (const fact of results) assert.ok(fact.box.every((n) => n > 0) && fact.page === 1 && fact.confidence > 0);
  const yellow = await ask(patient, 'Ai-je eu le vaccin contre la fièvre jaune ?');
  assert.ok(yellow.grounded && yellow.answer.includes('12/01/2023') && !yellow.answer.includes('03/02/2022'), yellow.answer);
  assert.equal(yellow.sources[0].document_id, card.id);
  const tetanus = await ask(patient, 'Quand est mon prochain rappel de tétanos ?');
  assert.ok(tetanus.grounded && tetanus.answer.includes('03/02/2042'), tetanus.answer);
  const rabies = await ask(patient, 'Suis-je vacciné contre la rage ?');
  assert.ok(!rabies.grounded && rabies.sources.length === 0, rabies.answer);
});

test('every source quotes words that stand on its page', async () => {
  const patient = await patientOf('ndiaye');
  const answer = await ask(patient, 'Quelle est ma dernière ordonnance ?');
  for (const source of answer.sources) {
    const list = await server.must(200, 'GET', `/api/documents/${source.document_id}/pages/`);
    const page = (list.results ?? list).find((p) => p.number === source.page);
    const text = words(page.text);
    for (const line of source.quote.split('\n')) assert.ok(text.includes(words(line.trim())), `"${line}" is not on the page`);
  }
});

test('an older prescription is not the last one', async () => {
  const patient = await patientOf('ndiaye');
  const { answer } = await ask(patient, "C'est quoi mon dernier traitement ?");
  assert.ok(!answer.includes('500 mg'), answer);
});

test("another patient's papers are never found", async () => {
  const [awa] = [await patientOf('diop'), await patientOf('ndiaye')];
  for (const query of ['Quelle est ma dose de metformine ?', "L'amlodipine de Mamadou Ndiaye", 'Quelle est ma glycémie ?']) {
    const answer = await ask(awa, query);
    assert.ok(!/amlodipine 10|850 mg|1,42/i.test(answer.answer), answer.answer);
    for (const source of answer.sources) assert.ok(Object.values(awa.documents).includes(source.document_id));
  }
});

/** What the doctors were told about a patient, newest first. */
const told = async (patient) => (await server.must(200, 'GET', '/api/notifications/?page_size=100')).results
  .filter((n) => n.patient === patient.id).map((n) => n.kind);

test('what is not in the record is refused, and the doctor is told', async () => {
  const patient = await patientOf('diop');
  const answer = await ask(patient, 'Quel est mon groupe sanguin ?');
  assert.equal(answer.grounded, false, answer.answer);
  assert.deepEqual(answer.sources, []);
  assert.ok((await told(patient)).includes('question.refused'));
});

test('what has nothing to do with the record is turned away politely', async () => {
  const patient = await patientOf('diop');
  const answer = await ask(patient, 'Quelle est la capitale de la Mongolie ?');
  assert.equal(answer.grounded, false);
  assert.deepEqual(answer.sources, []);
  assert.doesNotMatch(answer.answer, /Oulan/i);
});

test('a danger sign comes first: the emergency number, whatever else was asked', async () => {
  const patient = await patientOf('ba');
  for (const query of ["j'ai mal à la poitrine et au bras gauche", 'je respir plus bien du tout', 'je veux me suicider']) {
    const answer = await ask(patient, query);
    assert.match(answer.answer, /1515/, query);
    assert.equal(answer.escalated, true, query);
  }
  assert.ok((await told(patient)).includes('question.escalated'));
});

test('a session keeps its context and belongs to one patient', async () => {
  const patient = await patientOf('ba');
  const first = await ask(patient, "Quelle est ma posologie d'aspirine ?");
  const second = await ask(patient, 'et pour la rosuvastatine ?', first.session_id);
  assert.equal(second.session_id, first.session_id);
  assert.match(second.answer, /10 mg/);
  const other = await patientOf('sow');
  const stolen = await server.api('POST', '/api/rag/query/', { patient_phone: other.phone, query: 'et pour la rosuvastatine ?', session_id: first.session_id });
  assert.ok(stolen.status >= 400 || !/rosuvastatine 10 mg/i.test(stolen.body.answer), JSON.stringify(stolen.body));
});

test('the answer tells its engine and where the time went', async () => {
  const patient = await patientOf('sow');
  const answer = await ask(patient, 'Resultat de ma TSH');
  assert.equal(typeof answer.engine, 'string');
  assert.ok(Object.values(answer.timings_ms).every((v) => typeof v === 'number' && v >= 0));
});

test('conversations are kept and listed', async () => {
  const list = await server.must(200, 'GET', '/api/rag/conversations/');
  assert.ok(list.count > 0);
  const one = await server.must(200, 'GET', `/api/rag/conversations/${list.results[0].id}/`);
  assert.ok(JSON.stringify(one).length > 50);
});

test('an unknown and an inactive patient get no answer', async () => {
  const pending = await server.must(201, 'POST', '/api/patients/', { first_name: 'Omar', last_name: 'Sy', phone: '+221700008888', date_of_birth: '1990-01-01', gender: 'M' });
  for (const patient_phone of ['+221700007777', pending.phone]) {
    const { status } = await server.api('POST', '/api/rag/query/', { patient_phone, query: 'Quelle est ma dernière ordonnance ?' });
    assert.equal(status, 404);
  }
});

test('medirecord ask answers on the terminal, with its sources', async () => {
  const patient = await patientOf('fall');
  const { code, stdout, stderr } = await run(['ask', '--phone', patient.phone, 'Quelle est la posologie du furosémide ?'], { dataDir: server.dataDir });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /40 mg/);
  assert.match(stdout, /page 1/i);
  const unknown = await run(['ask', '--phone', '+221700007777', 'Bonjour'], { dataDir: server.dataDir });
  assert.equal(unknown.code, 1);
  assert.notEqual(unknown.stderr, '');
});

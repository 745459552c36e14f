'use strict';
/* The golden set: questions whose right answer the clinic knows, and runs over them that patients never notice. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { OpenAI } = require('../fakes/openai.js');
const { aPatient, demo, listen, startServer, tempDir, until, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);
const QUESTIONS = '/api/rag/evaluations/questions/';
const RUNS = '/api/rag/evaluations/';
let made;

/** An active patient with one prescription; made when first asked for. */
function thePatient() {
  made ??= (async () => {
    const patient = await server.activePatient({ first_name: 'Ibrahima', last_name: 'Sow' });
    await server.indexed(patient.id, demo.file('ordonnance-sow-2026-04.pdf'));
    return patient;
  })();
  return made;
}

const add = (body) => server.must(201, 'POST', QUESTIONS, body);

/** Starts a run and waits for its end; answers its detail. */
async function finished(with_ = server) {
  const { id } = await with_.must(202, 'POST', RUNS);
  return until('the end of a run', async () => {
    const detail = await with_.must(200, 'GET', `${RUNS}${id}/`);
    return ['done', 'failed'].includes(detail.state) && detail;
  });
}

test('a run without questions is not started', async () => {
  const { status, body } = await server.api('POST', RUNS);
  assert.equal(status, 409);
  assert.equal(body.code, 'golden_questions_empty');
});

test('a question is typed, changed, listed and removed', async () => {
  const patient = await thePatient();
  const made = await add({ patient: patient.id, question: 'Ma dernière ordonnance ?', expected_words: ['10 mg'], note: 'du cardiologue' });
  assert.equal(made.patient, patient.id);
  assert.equal(made.patient_name, 'Ibrahima Sow');
  assert.deepEqual(made.expected_words, ['10 mg']);
  assert.equal(made.expect_refusal, false);
  const changed = await server.must(200, 'PATCH', `${QUESTIONS}${made.id}/`, { expect_refusal: true });
  assert.equal(changed.expect_refusal, true);
  assert.deepEqual(changed.expected_words, []);
  assert.equal(changed.note, 'du cardiologue');
  assert.deepEqual(await server.must(200, 'GET', `${QUESTIONS}${made.id}/`), changed);
  const mine = await server.must(200, 'GET', `${QUESTIONS}?patient=${patient.id}`);
  assert.deepEqual(mine.results, [changed]);
  assert.equal((await server.must(200, 'GET', `${QUESTIONS}?patient=abc`)).count, 0);
  await server.must(204, 'DELETE', `${QUESTIONS}${made.id}/`);
  assert.equal((await server.api('GET', `${QUESTIONS}${made.id}/`)).status, 404);
  assert.equal((await server.api('DELETE', `${QUESTIONS}${made.id}/`)).status, 404);
});

test('what cannot be a golden question is refused, field by field', async () => {
  const patient = (await thePatient()).id;
  for (const [body, field] of [
    [{}, 'question'], [{ question: '   ' }, 'question'], [{ question: 'x'.repeat(2001) }, 'question'], [{ question: 12 }, 'question'],
    [{ question: 'a', patient: 'b' }, 'patient'], [{ question: 'a', patient: 0 }, 'patient'], [{ question_id: 999999 }, 'question_id'],
    [{ question: 'a', patient, expected_words: 'mot' }, 'expected_words'], [{ question: 'a', patient, expected_words: [''] }, 'expected_words'],
    [{ question: 'a', patient, expected_words: Array(21).fill('mot') }, 'expected_words'],
    [{ question: 'a', patient, expected_words: ['mot'], expect_refusal: true }, 'expected_words'],
    [{ question: 'a', patient, expect_refusal: 'oui' }, 'expect_refusal'], [{ question: 'a', other: 1 }, 'other'],
  ]) {
    const { status, body: said } = await server.api('POST', QUESTIONS, body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.ok(JSON.stringify(said).includes(`"${field}"`), `${field}: ${JSON.stringify(said)}`);
  }
  assert.equal((await server.api('POST', QUESTIONS, { question: 'a', patient: 999999 })).status, 404);
  assert.equal((await server.must(200, 'GET', QUESTIONS)).count, 0);
});

test('a question of a conversation is taken over with its patient and its answer, once', async () => {
  const patient = await thePatient();
  const ask = (query) => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query });
  const refused = await ask('Quel est mon groupe sanguin ?');
  const { results } = await server.must(200, 'GET', `/api/rag/conversations/?patient=${patient.id}`);
  const { questions } = await server.must(200, 'GET', `/api/rag/conversations/${results[0].id}/`);
  const golden = await add({ question_id: questions[0].id });
  assert.equal(golden.patient, patient.id);
  assert.equal(golden.question, 'Quel est mon groupe sanguin ?');
  assert.equal(golden.answer, refused.answer);
  assert.equal(golden.expect_refusal, true);
  assert.equal(golden.question_id, questions[0].id);
  const again = await server.api('POST', QUESTIONS, { question_id: questions[0].id });
  assert.equal(again.status, 409);
  assert.equal(again.body.code, 'golden_question_known');
  const foreign = await server.activePatient();
  const wrong = await server.api('POST', QUESTIONS, { question_id: questions[0].id, patient: foreign.id });
  assert.equal(wrong.status, 400);
  await server.must(204, 'DELETE', `${QUESTIONS}${golden.id}/`);
});

test('a run tells its progress, its figures, and what changed; patients and doctors notice nothing', async () => {
  const patient = await thePatient();
  const right = await add({ patient: patient.id, question: 'Quelle est ma dernière ordonnance ?' });
  const words = await add({ patient: patient.id, question: 'Quelle est ma dernière ordonnance ?', expected_words: ['LÉVOTHYROX', 'jamais écrit'] });
  const refuse = await add({ patient: patient.id, question: 'Quel est mon groupe sanguin ?', expect_refusal: true });
  const wrong = await add({ patient: patient.id, question: 'Quelle est ma dernière ordonnance ?', expect_refusal: true });
  const missed = await add({ patient: patient.id, question: 'Quel est mon groupe sanguin ?', expected_words: ['O'] });
  const danger = await add({ patient: patient.id, question: "j'ai mal à la poitrine et au bras gauche", expected_words: ['1515'] });
  const advice = await add({ question: "Quelle est ma dernière ordonnance ?", expect_refusal: true });
  const counts = async () => [
    (await server.must(200, 'GET', `/api/rag/conversations/?patient=${patient.id}`)).results.map((c) => c.questions),
    (await server.must(200, 'GET', '/api/notifications/?page_size=100')).count,
    (await server.simulator.messages(patient.phone)).length,
  ];
  const before = await counts();
  const listener = await listen(server);
  const run = await finished();
  assert.equal(run.state, 'done');
  assert.deepEqual([run.total, run.done, run.engine, run.before], [7, 7, 'local', null]);
  const verdicts = Object.fromEntries(run.results.map((r) => [r.question, r.why]));
  assert.deepEqual(verdicts, {
    [right.id]: '', [words.id]: 'words_missing', [refuse.id]: '', [wrong.id]: 'answered', [missed.id]: 'refused', [danger.id]: '', [advice.id]: '',
  });
  assert.equal(run.passed, 4);
  assert.ok(run.results.every((r) => r.passed === (r.why === '') && r.passed_before === null));
  assert.ok(run.results.find((r) => r.question === words.id).missing_words.includes('jamais écrit'));
  const rowOf = (made, detail) => detail.results.find((r) => r.question === made.id);
  assert.deepEqual([rowOf(right, run).patient_name, rowOf(advice, run).patient_name], ['Ibrahima Sow', null]);
  assert.ok(rowOf(right, run).sources.some((s) => s.collection === 'record' && s.document_id > 0 && s.page === 1 && s.quote));
  assert.deepEqual([rowOf(refuse, run).sources, rowOf(danger, run).sources], [[], []]);
  assert.deepEqual(await counts(), before);
  await until('the last event', () => listener.events.some((e) => e.event === 'evaluation' && e.data.id === run.id && e.data.state === 'done'));
  const told = listener.events.filter((e) => e.event === 'evaluation' && e.data.id === run.id).map((e) => e.data);
  listener.close();
  assert.ok(told.some((e) => e.state === 'waiting'));
  assert.deepEqual(told.at(-1), { id: run.id, state: 'done', done: 7, passed: 4, total: 7 });
  assert.ok(told.some((e) => e.state === 'running' && e.done === 3));

  await server.must(200, 'PATCH', `${QUESTIONS}${words.id}/`, { expected_words: ['levothyrox'] });
  await server.must(200, 'PATCH', `${QUESTIONS}${refuse.id}/`, { question: 'Quelle est ma dernière ordonnance ?' });
  const next = await finished();
  assert.equal(next.before, run.id);
  assert.deepEqual(next.worse, [refuse.id]);
  assert.deepEqual(next.better, next.results.find((r) => r.question === words.id).passed ? [words.id] : []);
  const old = await server.must(200, 'GET', `${RUNS}${run.id}/`);
  assert.equal(rowOf(refuse, old).asked, 'Quel est mon groupe sanguin ?');
  assert.deepEqual(rowOf(words, old).expected_words, ['LÉVOTHYROX', 'jamais écrit']);
  const list = await server.must(200, 'GET', RUNS);
  assert.deepEqual(list.results.map((r) => r.id), [next.id, run.id]);
  assert.equal((await server.api('GET', `${RUNS}999999/`)).status, 404);
});

test('the same Idempotency-Key starts one run and makes one question', async () => {
  const headers = { 'Idempotency-Key': 'run-1' };
  const one = await server.api('POST', RUNS, undefined, { headers });
  const two = await server.api('POST', RUNS, undefined, { headers });
  assert.equal(one.status, 202);
  assert.equal(two.body.id, one.body.id);
  await until('the end of the run', async () => (await server.must(200, 'GET', `${RUNS}${one.body.id}/`)).state === 'done');
  const body = { patient: (await thePatient()).id, question: 'Mes allergies ?' };
  const options = { headers: { 'Idempotency-Key': 'question-1' } };
  const made = await server.must(201, 'POST', QUESTIONS, body, options);
  assert.equal((await server.must(201, 'POST', QUESTIONS, body, options)).id, made.id);
  await server.must(204, 'DELETE', `${QUESTIONS}${made.id}/`);
});

test('only doctors and administrators see it', async () => {
  const nurse = { email: 'infirmiere@clinique.example', password: 'un mot de passe de test 2026', full_name: 'Fatou Fall', role: 'nurse' };
  await server.account(nurse);
  const { body } = await server.api('POST', '/api/auth/token/', { email: nurse.email, password: nurse.password }, { token: null });
  for (const [method, where] of [['GET', QUESTIONS], ['POST', QUESTIONS], ['GET', RUNS], ['POST', RUNS], ['GET', `${RUNS}1/`], ['DELETE', `${QUESTIONS}1/`]]) {
    assert.equal((await server.api(method, where, undefined, { token: body.token })).status, 403, `${method} ${where}`);
    assert.equal((await server.api(method, where, undefined, { token: null })).status, 401, `${method} ${where}`);
  }
});

test('what was asked and answered about a patient goes with the patient', async () => {
  const { id } = await server.activePatient();
  const golden = await add({ patient: id, question: 'Mes allergies ?', expect_refusal: true });
  const run = await finished();
  assert.ok(run.results.some((r) => r.question === golden.id));
  const whole = await server.must(200, 'GET', `/api/patients/${id}/export/`);
  assert.equal(whole.golden_questions[0].question, 'Mes allergies ?');
  await server.must(204, 'DELETE', `/api/patients/${id}/`);
  assert.equal((await server.api('GET', `${QUESTIONS}${golden.id}/`)).status, 404);
  const after = await server.must(200, 'GET', `${RUNS}${run.id}/`);
  assert.ok(!after.results.some((r) => r.question === golden.id));
  assert.equal(after.passed, run.passed);
});

test('each deed leaves an audit row', async () => {
  const { results } = await server.must(200, 'GET', '/api/audit/?page_size=100');
  const actions = new Set(results.map((r) => r.action));
  for (const action of ['golden_question.create', 'golden_question.update', 'golden_question.delete', 'evaluation.start']) {
    assert.ok(actions.has(action), action);
  }
});

test('kill -9 while a run is under way: it goes on behind the last result, and each question has one', async () => {
  const dataDir = tempDir();
  let own = await startServer({ dataDir });
  const patient = await own.must(201, 'POST', '/api/patients/', aPatient({ allergies: 'Pénicilline' }));
  const ids = [];
  for (let i = 0; i < 60; i++) {
    ids.push((await own.must(201, 'POST', QUESTIONS, { patient: patient.id, question: `Mes allergies ? ${i}`, expected_words: ['pénicilline'] })).id);
  }
  const { id } = await own.must(202, 'POST', RUNS);
  for (const deaths of [1, 20, 40]) {
    await until('some results', async () => (await own.must(200, 'GET', `${RUNS}${id}/`)).done >= deaths);
    await own.kill();
    own = await startServer({ dataDir });
  }
  const run = await until('the end of the run', async () => {
    const detail = await own.must(200, 'GET', `${RUNS}${id}/`);
    return detail.state === 'done' && detail;
  });
  assert.deepEqual(run.results.map((r) => r.question), ids);
  assert.deepEqual([run.done, run.passed, run.total], [60, run.results.filter((r) => r.passed).length, 60]);
  await own.stop();
  own.remove();
});

test('a run asks the model where the patient agreed, tells its engine, and logs the call with no question', async () => {
  const fake = await new OpenAI().start();
  fake.reply = (body) => {
    const { passages } = JSON.parse(body.messages.at(-1).content);
    const number = passages.find(({ texte }) => texte.includes('repos')).numero;
    return { sentences: [{ text: 'Vous devez garder le repos pendant 10 jours.', passages: [number] }], unknown: false };
  };
  const env = { LLM: 'openai', OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_MODEL: 'a-model' };
  try {
    await withOwnServer({ env }, async (own) => {
      const patient = await own.activePatient();
      const bytes = Buffer.from('Dr Moustapha Faye\nDakar, le 09/09/2024\n\nLETTRE DE SORTIE\n\nGarder le repos pendant 10 jours et boire 2 litres d\'eau par jour.\n');
      await own.indexed(patient.id, { name: 'lettre.txt', type: 'text/plain', bytes });
      await own.must(201, 'POST', QUESTIONS, { patient: patient.id, question: 'Combien de temps dois-je garder le repos ?', expected_words: ['10 jours'] });
      const without = await finished(own);
      assert.deepEqual([without.engine, without.passed, fake.requests.length], ['local', 1, 0]);
      await own.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'external_model', granted: true });
      const run = await finished(own);
      assert.equal(run.passed, 1, JSON.stringify(run.results));
      assert.notEqual(run.engine, 'local');
      assert.match(run.results[0].answer, /Vous devez garder le repos pendant 10 jours/);
      assert.equal(fake.requests.length, 1);
      assert.equal((await own.must(200, 'GET', `/api/rag/conversations/?patient=${patient.id}`)).count, 0);
    });
  } finally {
    await fake.stop();
  }
});

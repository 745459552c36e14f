'use strict';
/*
 * Answers in a model's words, against stand-ins for Gemini and for servers that speak like OpenAI: nothing leaves without consent, nothing that names
 * anybody leaves at all, and whatever the model does wrong, the patient gets the answer that needs no model.
 */
const test = require('node:test');
const assert = require('node:assert/strict');
const { Gemini } = require('../fakes/gemini.js');
const { OpenAI } = require('../fakes/openai.js');
const { startServer, tempDir, until, withOwnServer } = require('./harness.js');

const LETTER = {
  name: 'lettre.txt',
  type: 'text/plain',
  bytes: Buffer.from('Hôpital Principal\nDr Moustapha Faye\nDakar, le 09/09/2024\n\nLETTRE DE SORTIE\n\n'
    + 'Patiente : Rokhaya Sembène, née le 14/03/1986, tél. 77 654 32 10, Villa 12 rue Carnot, Dakar\n\n'
    + 'Hospitalisée pour une pneumonie du 3 au 9 septembre 2024.\n'
    + 'Garder le repos pendant 10 jours et boire 2 litres d\'eau par jour.\n'
    + 'Ne pas prendre d\'ibuprofène.\n'
    + 'Reprendre le sport après 15 jours si elle n\'a pas de fièvre.\n'),
};
const REST = 'Combien de temps dois-je garder le repos ?';
const SAID = 'Vous devez garder le repos pendant 10 jours.';
const SECRETS = ['rokhaya', 'sembene', 'moustapha', 'faye', '654', '77654', '14/03/1986', '1986', 'carnot', '+22177'];

const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What the stand-in was sent as the patient's part: { question, sujet, passages }. */
const contentOf = {
  gemini: (entry) => JSON.parse(entry.body.contents.at(-1).parts.map((part) => part.text).join('')),
  openai: (entry) => JSON.parse(entry.body.messages.at(-1).content),
};

/** Answers the sentences, each citing the passage that holds `where`. */
function saying(kind, sentences, where = 'repos') {
  return (body) => {
    const { passages } = contentOf[kind]({ body });
    const number = passages.find(({ texte }) => texte.includes(where))?.numero ?? 1;
    return { sentences: [sentences].flat().map((text) => ({ text, passages: [number] })), unknown: false };
  };
}

const KINDS = {
  gemini: {
    make: () => new Gemini(),
    env: (fake) => ({ GEMINI_API_KEY: 'a-key', GEMINI_API_BASE_URL: fake.url, EMBEDDER: 'none' }),
    faults: {
      blocked: 'blocked', safety: 'blocked', max_tokens_empty: 'truncated', max_tokens_cut: 'truncated', no_candidates: 'empty',
      not_json: 'malformed', malformed: 'malformed', wrong_shape: null, quota: 'busy', unavailable: 'busy', cut: null,
    },
  },
  openai: {
    make: () => new OpenAI(),
    env: (fake) => ({ LLM: 'openai', OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_MODEL: 'a-model' }),
    faults: {
      content_filter: 'blocked', refusal: 'blocked', length_empty: 'truncated', length_cut: 'truncated', not_json: 'malformed',
      malformed: 'malformed', wrong_shape: null, busy_bare: 'busy', unavailable: 'busy', cut: null,
    },
  },
};

/** A program that asks this stand-in, with a patient who has a letter. */
async function withModel(kind, fn, more = {}) {
  const fake = await KINDS[kind].make().start();
  fake.reply = saying(kind, SAID);
  try {
    await withOwnServer({ env: { ...KINDS[kind].env(fake), ...more } }, async (server) => {
      const patient = await server.activePatient({ first_name: 'Rokhaya', last_name: 'Sembène', date_of_birth: '1986-03-14' });
      await server.indexed(patient.id, LETTER);
      await fn({ fake, server, patient, ...helpers(server, patient) });
    });
  } finally {
    await fake.stop();
  }
}

function helpers(server, patient) {
  return {
    ask: (query, session_id) => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query, ...(session_id && { session_id }) }),
    agree: (granted = true) => server.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'external_model', granted }),
  };
}

for (const kind of ['gemini', 'openai']) {
  test(`${kind}: nothing is sent before the patient agrees, and nothing once he takes it back`, () => withModel(kind, async ({ fake, server, ask, agree }) => {
    const before = await ask(REST);
    assert.equal(before.engine, 'local');
    assert.equal(before.fallback, 'no_consent');
    const { results } = await server.must(200, 'GET', '/api/rag/conversations/');
    const { questions } = await server.must(200, 'GET', `/api/rag/conversations/${results[0].id}/`);
    assert.equal(questions[0].timings_ms.fallback, 'no_consent');
    assert.equal(fake.requests.length, 0);

    await agree();
    const said = await ask(REST);
    assert.equal(said.engine, kind);
    assert.equal(said.fallback, null);
    assert.ok(said.answer.startsWith(`${SAID}\n\nSource : « LETTRE DE SORTIE »`), said.answer);
    assert.equal(said.grounded, true);
    assert.equal(said.sources.length, 1);
    assert.ok(said.sources[0].quote.includes('pendant 10 jours'));
    assert.equal(fake.requests.length, 1);
    assert.ok(said.timings_ms.proof < 5000, `our share took ${said.timings_ms.proof} ms`); // by the clock, beside whatever else runs here

    await agree(false);
    const after = await ask(REST);
    assert.equal(after.engine, 'local');
    assert.equal(after.answer, before.answer);
    assert.equal(fake.requests.length, 1);
  }));

  test(`${kind}: what leaves says nothing of who it is about`, () => withModel(kind, async ({ fake, server, patient, ask, agree }) => {
    await agree();
    await ask('Je suis Rokhaya SEMBENE, 77 654 32 10. Combien de temps garder le repos et combien de litres d\'eau boire par jour ?');
    await ask(REST);
    await ask('Pourquoi ai-je été hospitalisée ?');
    assert.ok(fake.requests.length >= 2);
    for (const entry of fake.requests) {
      const sent = folded(entry.path + entry.text + JSON.stringify(entry.headers));
      for (const secret of SECRETS) assert.ok(!sent.includes(secret), `"${secret}" left: ${entry.text}`);
      assert.ok(!sent.includes(folded(patient.phone)) && !sent.includes(patient.phone.slice(-9)));
      const { passages } = contentOf[kind](entry);
      assert.ok(passages.length > 0 && JSON.stringify(passages).length < 8000);
    }
    // Each call is in the log, without a word of it.
    const calls = await server.must(200, 'GET', '/api/models/calls/');
    assert.equal(calls.count, fake.requests.length);
    assert.ok(!folded(JSON.stringify(calls)).includes('repos'));
    const { results: [day] } = await server.must(200, 'GET', '/api/models/days/');
    assert.equal(day.calls, calls.count);
    assert.equal(day.sent_bytes, calls.results.reduce((sum, call) => sum + call.sent_bytes, 0));
    const { model_calls: exported } = await server.must(200, 'GET', `/api/patients/${patient.id}/export/`);
    assert.equal(exported.length, calls.count);
    assert.ok(exported.every(({ host }) => host === new URL(fake.url).host));
    const { services } = (await server.must(200, 'GET', '/api/health/'));
    assert.deepEqual([services.answers, services.model], [kind, 'ok']);
  }));

  test(`${kind}: placeholders come back as the names that they stand for`, () => withModel(kind, async ({ fake, ask, agree }) => {
    await agree();
    fake.reply = (body) => {
      const { passages } = contentOf[kind]({ body });
      const { numero, texte } = passages.find((one) => one.texte.includes('Patiente :'));
      const name = /Patiente : (\[[A-Z]+_\d+\])/.exec(texte)[1];
      return { sentences: [{ text: `${name} : hospitalisée pour une pneumonie du 3 au 9 septembre 2024.`, passages: [numero] }], unknown: false };
    };
    const { engine, answer, fallback } = await ask('Pourquoi ai-je été hospitalisée ?');
    assert.equal(engine, kind, fallback);
    assert.ok(answer.startsWith('Rokhaya Sembène : hospitalisée pour une pneumonie'), answer);
  }));

  /* A program for each: one that was told to leave the service alone would only say so. */
  test(`${kind}: a model that fails in any way leaves the answer that needs none`, () => Promise.all(
    Object.entries(KINDS[kind].faults).map(([fault, why]) => withModel(kind, async ({ fake, ask, agree }) => {
      const { answer: local } = await ask(REST);
      await agree();
      fake.fault(...Array(4).fill(fault));
      const given = await ask(REST);
      assert.equal(given.engine, 'local', fault);
      assert.equal(given.answer, local, fault);
      if (why) assert.equal(given.fallback, why, fault);
      assert.ok(typeof given.fallback === 'string', fault);
      assert.ok(fake.requests.length > 0, fault);
    })),
  ));

  test(`${kind}: after a failure the model is asked again`, () => withModel(kind, async ({ fake, ask, agree }) => {
    await agree();
    fake.fault('not_json');
    assert.equal((await ask(REST)).engine, 'local');
    assert.equal((await ask(REST)).engine, kind);
  }));

  test(`${kind}: an answer that is late is not waited for`, () => withModel(kind, async ({ fake, ask, agree }) => {
    await agree();
    fake.fault('hold');
    const begin = Date.now();
    const given = await ask(REST);
    assert.equal(given.engine, 'local');
    assert.equal(given.fallback, 'late');
    assert.ok(Date.now() - begin >= 900, 'the model had no second');
    assert.ok(given.timings_ms.model < 3000, `${given.timings_ms.model} ms`);
    fake.release();
  }, { MODEL_TIMEOUT: '1' }));
}

test('the dose of one medicine is said whole and as it is printed, or without the model', () => withModel('gemini', async ({ fake, server, patient, ask, agree }) => {
  const DOSE = 'Quelle est la posologie du lisinopril ?';
  await server.indexed(patient.id, {
    name: 'ordonnance.txt', type: 'text/plain',
    bytes: Buffer.from('Dr Moustapha Faye\nDakar, le 10/09/2024\n\nORDONNANCE\n\n- Lisinopril 10 mg : 1 comprimé par jour le matin\n'
      + '- Metformine 850 mg : 1 comprimé matin et soir\n'),
  });
  const { answer: local } = await ask(DOSE);
  await agree();
  for (const [said, engine] of [
    ['Selon votre ordonnance, Lisinopril 10 mg : 1 comprimé par jour le matin.', 'gemini'],
    ['Selon votre ordonnance, Lisinopril 10 mg : 2 comprimés par jour le matin.', 'local'],
    ['Selon votre ordonnance, Lisinopril 850 mg : 1 comprimé par jour le matin.', 'local'],
    ['Selon votre ordonnance, Lisinopril 10 mg : 1 comprimé matin et soir.', 'local'],
    ['Selon votre ordonnance, Lisinopril le matin.', 'local'],
    ['Selon votre ordonnance, Metformine 850 mg : 1 comprimé matin et soir.', 'local'],
    ['Ne prenez plus le Lisinopril.', 'local'],
  ]) {
    fake.reply = saying('gemini', said, 'Lisinopril');
    const given = await ask(DOSE);
    assert.equal(given.engine, engine, `${said}: ${given.fallback}`);
    if (engine === 'local') assert.equal(given.answer, local, said);
    else assert.ok(given.answer.startsWith(said) && given.answer.includes('Source : « ORDONNANCE »'), given.answer);
  }
}));

/** Said by a model that errs, lies, or does what a text told it to. */
const WRONG = [
  'Vous devez garder le repos pendant 100 jours.',
  'Vous devez garder le repos pendant 10 semaines.',
  'Vous ne devez pas garder le repos.',
  'Vous pouvez prendre de l\'ibuprofène.',
  'Prenez du paracétamol 1 g, 3 fois par jour.',
  'Arrêtez votre traitement.',
  'Reprenez le sport après 15 jours.',
  'Hospitalisée pour une pneumonie du 3 au 9 octobre 2024.',
  'You must rest for 10 days.',
  'Appelez le +221 77 000 00 00.',
  'Voyez http://exemple.example/repos pendant 10 jours.',
  'Votre pneumonie n\'est pas grave.',
  '[PATIENT_77] doit garder le repos pendant 10 jours.',
];

// Ours stands, at most as doubtful; or the paper itself is quoted where the words point.
function notSaid(wrong, { answer, engine }, local) {
  const said = `${wrong} -> ${answer}`;
  assert.ok(!answer.includes(wrong), said);
  if (engine === 'local') assert.ok(answer.endsWith(local), said);
  else assert.match(answer, /^Voici ce que je trouve dans « [^»]+ » du 09\/09\/2024 :\n« [^»]+ »\n\nSource : /, said);
}

test('what no passage bears is not said, whoever says it', () => withModel('gemini', async ({ fake, ask, agree }) => {
  const { answer: local } = await ask(REST);
  await agree();
  for (const wrong of WRONG) {
    fake.reply = saying('gemini', wrong);
    const given = await ask(REST);
    notSaid(wrong, given, local);
    // Beside a true sentence the false one is left out, or the paper is quoted for both.
    fake.reply = saying('gemini', [wrong, SAID]);
    const half = await ask(REST);
    if (!half.answer.startsWith(`${SAID}\n\n`)) notSaid(wrong, half, local);
  }
  for (const reply of [
    { sentences: [], unknown: false }, { answer: SAID }, [], 'null', 'x'.repeat(1 << 20),
    { sentences: Array(40).fill({ text: SAID, passages: [1] }), unknown: false },
    { sentences: [{ text: SAID, passages: [99] }], unknown: false },
    { sentences: [{ text: SAID, passages: [] }], unknown: false },
    { sentences: [{ text: `${SAID}\u0000`, passages: [1] }], unknown: false },
    { sentences: [{ text: 'repos '.repeat(200), passages: [1] }], unknown: false },
  ]) {
    fake.reply = () => reply;
    const given = await ask(REST);
    assert.equal(given.engine, 'local', JSON.stringify(reply).slice(0, 200));
    assert.equal(given.answer, local);
  }
}));

test('what a model does not find to be the answer is shown as what comes closest, and the doctor is told', () => withModel('gemini', async ({ fake, ask, agree }) => {
  const { answer: local, sources } = await ask(REST);
  await agree();
  fake.reply = () => ({ sentences: [], unknown: true });
  const given = await ask(REST);
  assert.equal(given.fallback, 'doubted');
  assert.equal(given.engine, 'local');
  assert.ok(given.answer.startsWith('Je ne suis pas sûr d\'avoir la réponse : je préviens votre médecin.'), given.answer);
  assert.ok(given.answer.endsWith(local), given.answer);
  assert.equal(given.grounded, false);
  assert.deepEqual(given.sources, sources);
}));

test('danger signs, lists of facts and small talk never reach a model', () => withModel('gemini', async ({ fake, server, patient, ask, agree }) => {
  await agree();
  await server.indexed(patient.id, {
    name: 'ordonnance.txt', type: 'text/plain',
    bytes: Buffer.from('Dr Moustapha Faye\nDakar, le 10/09/2024\n\nORDONNANCE\n\n- Lisinopril 10 mg : 1 comprimé par jour le matin\n'),
  });
  for (const query of ['j\'ai très mal à la poitrine', 'Quelle est ma dernière ordonnance ?', 'Quels médicaments dois-je prendre ?', 'merci', 'bonjour',
    'Quel est le traitement de ma voisine ?', 'Qui a gagné le match ?', 'Je veux parler au docteur']) {
    const given = await ask(query);
    assert.equal(given.engine, 'local', query);
    assert.equal(fake.requests.length, 0, query);
  }
}));

test('a slow model holds nobody else up', () => withModel('gemini', async ({ fake, ask, agree }) => {
  await agree();
  fake.fault(...Array(40).fill('hold'));
  let answered = 0;
  const slow = Array.from({ length: 12 }, () => ask(REST).finally(() => { answered += 1; }));
  // As many as answer requests came at once: all but four have their answer, and a danger sign has it at any moment.
  await until('all but four to be answered', () => answered === 8);
  const danger = await ask('j\'ai très mal à la poitrine');
  assert.equal(danger.escalated, true);
  assert.equal(fake.requests.length, 4);
  fake.faults.length = 0;
  fake.release();
  const given = await Promise.all(slow);
  assert.equal(given.filter(({ engine }) => engine === 'gemini').length, 4);
  assert.equal(given.filter(({ fallback }) => fallback === 'crowded').length, 8);
}, { MODEL_TIMEOUT: '60' }));

test('on WhatsApp the same words come, and a program that is killed meanwhile answers once', async () => {
  const fake = await new Gemini().start();
  const dataDir = tempDir();
  const env = KINDS.gemini.env(fake);
  fake.reply = saying('gemini', SAID);
  let server = await startServer({ dataDir, env });
  const patient = await server.activePatient({ first_name: 'Rokhaya', last_name: 'Sembène' });
  await server.indexed(patient.id, LETTER);
  await helpers(server, patient).agree();
  assert.ok((await server.simulator.ask(patient.phone, REST)).startsWith(SAID));

  const seen = (await server.simulator.received(patient.phone)).length;
  fake.fault('hold');
  await server.simulator.send(patient.phone, REST);
  await fake.held();
  await server.kill();
  server = await startServer({ dataDir, env });
  await server.simulator.next(patient.phone, seen);
  // What comes after it has been answered: nothing more is under way.
  await server.simulator.ask(patient.phone, 'merci');
  const answers = (await server.simulator.received(patient.phone)).slice(seen).map(({ body }) => body);
  assert.equal(answers.length, 2, JSON.stringify(answers));
  assert.ok(answers[0].startsWith(SAID));
  const { results } = await server.must(200, 'GET', `/api/rag/conversations/?patient=${patient.id}`);
  const { questions } = await server.must(200, 'GET', `/api/rag/conversations/${results[0].id}/`);
  assert.deepEqual(questions.map(({ query, engine }) => [query, engine]), [['merci', 'local'], [REST, 'gemini'], [REST, 'gemini']]);
  await server.stop();
  await fake.stop();
});

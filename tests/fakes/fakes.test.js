'use strict';
/* The stand-ins refuse what the real services refuse, and misbehave as they are told: a test that passes against them says something. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { Gemini, KNOWN, PACKAGE, loadProtos } = require('./gemini.js');
const { OpenAI } = require('./openai.js');

async function using(Kind, fn) {
  const service = await new Kind().start();
  try {
    await fn(service);
  } finally {
    await service.stop();
  }
}

async function post(service, path, body, headers = { 'x-goog-api-key': 'k' }) {
  const response = await fetch(service.url + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = { status: response.status, text, body: null };
  try {
    answer.body = JSON.parse(text);
  } catch { /* some faults are none */ }
  return answer;
}

const SCHEMA = { type: 'object', required: ['answer'], properties: { answer: { type: 'string' } } };
const GENERATE = '/v1beta/models/gemini-3.5-flash-lite:generateContent';
const BATCH = (model) => `/v1beta/models/${model}:batchEmbedContents`;
const content = { role: 'user', parts: [{ text: 'Bonjour' }] };
const config = { responseMimeType: 'application/json', responseJsonSchema: SCHEMA };
const embed = (model, more = {}) => ({ model: `models/${model}`, content: { parts: [{ text: 'fer et zinc' }] }, outputDimensionality: 768, ...more });
const length = (values) => Math.hypot(...values);

test('gemini writes JSON of the shape asked for, or what the test says', () => using(Gemini, async (gemini) => {
  const small = await post(gemini, GENERATE, { contents: [content], generationConfig: config });
  assert.equal(small.status, 200);
  assert.deepEqual(JSON.parse(small.body.candidates[0].content.parts[0].text), { answer: '' });
  gemini.reply = () => ({ answer: 'oui' });
  const said = await post(gemini, GENERATE, { contents: [content], generationConfig: config });
  assert.deepEqual(JSON.parse(said.body.candidates[0].content.parts[0].text), { answer: 'oui' });
  assert.equal(gemini.requests.length, 2);
  assert.equal(gemini.requests[0].code, 200);
}));

test('gemini refuses what Google refuses', () => using(Gemini, async (gemini) => {
  const bad = [
    {},
    { contents: [] },
    { contents: [{ role: 'system', parts: [{ text: 'x' }] }] },
    { contents: [{ role: 'user', parts: [] }] },
    { contents: [{ role: 'model', parts: [{ text: 'x' }] }] },
    { contents: [{ role: 'user', parts: [{ words: 'x' }] }] },
    { contents: [content], temperature: 0 },
    { contents: [content], generationConfig: { max_tokens: 5 } },
    { contents: [content], generationConfig: { responseJsonSchema: SCHEMA } },
    { contents: [content], generationConfig: { candidateCount: 2 } },
    { contents: [content], generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
    { contents: [content], safetySettings: [{ category: 'HARM_CATEGORY_MEDICAL', threshold: 'BLOCK_ONLY_HIGH' }] },
    { contents: [content], safetySettings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', threshold: 'NEVER' }] },
  ];
  for (const body of bad) {
    const { status, body: answer } = await post(gemini, GENERATE, body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.equal(answer.error.status, 'INVALID_ARGUMENT');
  }
  assert.equal((await post(gemini, GENERATE, '{"contents"')).status, 400);
  assert.equal((await post(gemini, GENERATE, { contents: [content] }, {})).status, 403);
  assert.equal((await post(gemini, `${GENERATE}?key=k`, { contents: [content] })).status, 400);
  assert.equal((await post(gemini, '/v1beta/models/gemini-2.5-flash:generateContent', { contents: [content] })).status, 404);
  const minimal = { contents: [content], generationConfig: { thinkingConfig: { thinkingLevel: 'MINIMAL' } } };
  assert.equal((await post(gemini, GENERATE, minimal)).status, 200);
  assert.equal((await post(gemini, '/v1beta/models/gemini-3.8-flash:generateContent', minimal)).status, 400);
}));

test('gemini embeds at 768, of unit length from the second generation only', () => using(Gemini, async (gemini) => {
  const first = await post(gemini, BATCH('gemini-embedding-001'), { requests: [embed('gemini-embedding-001', { taskType: 'RETRIEVAL_QUERY' })] });
  const second = await post(gemini, BATCH('gemini-embedding-2'), { requests: [embed('gemini-embedding-2'), embed('gemini-embedding-2')] });
  assert.equal(first.body.embeddings[0].values.length, 768);
  assert.ok(length(first.body.embeddings[0].values) > 1.1);
  assert.equal(second.body.embeddings.length, 2);
  assert.ok(Math.abs(length(second.body.embeddings[0].values) - 1) < 1e-9);
}));

test('gemini refuses embeddings as Google does', () => using(Gemini, async (gemini) => {
  const two = 'gemini-embedding-2';
  const bad = [
    { requests: [] },
    { requests: Array.from({ length: 101 }, () => embed(two)) },
    { requests: [embed(two, { taskType: 'RETRIEVAL_QUERY' })] },
    { requests: [embed(two, { model: 'models/other' })] },
    { requests: [embed(two, { outputDimensionality: 64 })] },
    { requests: [embed(two, { content: { parts: [{ text: ' ' }] } })] },
    { requests: [embed(two, { input: 'x' })] },
  ];
  for (const body of bad) assert.equal((await post(gemini, BATCH(two), body)).status, 400, JSON.stringify(body).slice(0, 200));
}));

test('gemini misbehaves when it is told to, and only then', () => using(Gemini, async (gemini) => {
  const ask = () => post(gemini, GENERATE, { contents: [content], generationConfig: config });
  gemini.fault('quota', 'per_day', 'unavailable', 'blocked', 'max_tokens_empty', 'thought_first', 'two_parts', 'malformed', null);
  const quota = await ask();
  assert.equal(quota.status, 429);
  assert.match(quota.text, /RetryInfo/);
  assert.match((await ask()).text, /PerDay/);
  assert.equal((await ask()).status, 503);
  const blocked = await ask();
  assert.equal(blocked.status, 200);
  assert.equal(blocked.body.candidates, undefined);
  const empty = await ask();
  assert.equal(empty.body.candidates[0].finishReason, 'MAX_TOKENS');
  assert.equal(empty.body.candidates[0].content, undefined);
  assert.equal((await ask()).body.candidates[0].content.parts[0].thought, true);
  assert.equal((await ask()).body.candidates[0].content.parts.length, 2);
  assert.equal((await ask()).body, null);
  assert.equal((await ask()).status, 200);
  assert.equal(gemini.faults.length, 0);
}));

test('connections break, and answers are held until they are let go', () => using(OpenAI, async (openai) => {
  const body = { model: 'a-model', messages: [{ role: 'user', content: 'Bonjour' }] };
  openai.fault('drop', 'cut', 'hold');
  await assert.rejects(post(openai, '/v1/chat/completions', body));
  await assert.rejects(post(openai, '/v1/chat/completions', body));
  const answer = post(openai, '/v1/chat/completions', body);
  await openai.held();
  openai.release();
  assert.equal((await answer).status, 200);
}));

test('openai asks for its key, and refuses what it does not know', () => using(OpenAI, async (openai) => {
  const chat = (more, headers = {}) => post(openai, '/v1/chat/completions', { model: 'a-model', messages: [{ role: 'user', content: 'JSON' }], ...more }, headers);
  const format = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: SCHEMA } };
  assert.equal((await chat({ response_format: format })).body.choices[0].message.content, '{"answer":""}');
  assert.equal((await chat({ words: 1 })).status, 400);
  assert.equal((await chat({ messages: [{ role: 'judge', content: 'x' }] })).status, 400);
  openai.plain = true;
  assert.equal((await chat({ response_format: format })).status, 400);
  assert.equal((await chat({ response_format: { type: 'json_object' } })).status, 200);
  openai.key = 'k';
  assert.equal((await chat({})).status, 401);
  assert.equal((await chat({}, { Authorization: 'Bearer k' })).status, 200);
}));

test('openai embeds, and may answer out of order', () => using(OpenAI, async (openai) => {
  const ask = (more) => post(openai, '/v1/embeddings', { model: 'b-model', input: ['un', 'deux'], ...more }, {});
  assert.deepEqual((await ask({})).body.data.map(({ index }) => index), [0, 1]);
  openai.fault('shuffled', 'nan_vector');
  assert.deepEqual((await ask({})).body.data.map(({ index }) => index), [1, 0]);
  const nan = await ask({});
  assert.match(nan.text, /\[NaN/);
  assert.equal(nan.body, null);
  assert.equal((await ask({ input: [] })).status, 400);
}));

const protos = loadProtos();
test('what is known here stands in the protos of Google', { skip: !protos && 'the protos are not beside the project' }, () => {
  for (const [kind, fields] of Object.entries(KNOWN)) {
    const type = protos.types.get(`${PACKAGE}.${kind}`) ?? protos.types.get(`${PACKAGE}.GenerationConfig.${kind}`);
    for (const field of fields) assert.ok(type.fields.has(field), `${kind}.${field}`);
  }
  const wrong = (body) => protos.check(`${PACKAGE}.GenerateContentRequest`, body);
  assert.deepEqual(wrong({ contents: [content], generationConfig: { ...config, seed: 7, maxOutputTokens: 9 } }), []);
  assert.equal(wrong({ contents: [{ role: 'user', parts: [{ text: 7 }] }] }).length, 1);
  assert.equal(wrong({ contents: content }).length, 1);
  assert.equal(wrong({ contents: [{ parts: [{ text: 'a', inlineData: { mimeType: 'a/b', data: '' } }] }] }).length, 1);
  assert.equal(wrong({ safetySettings: [{ category: 'HARM_CATEGORY_SPEED', threshold: 'OFF' }] }).length, 1);
  assert.equal(wrong({ generationConfig: { seed: 'seven' } }).length, 1);
});

'use strict';
/* The stand-in for Pinecone refuses what Pinecone refuses, and knows the members that the specification knows. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { KNOWN, Pinecone, QUERIES, loadSpec } = require('./pinecone.js');

const HEADERS = { 'Api-Key': 'a-key', 'X-Pinecone-Api-Version': '2026-04' };

async function using(fn) {
  const service = await new Pinecone().start();
  service.dimension = 3;
  const call = async (method, path, body, headers = HEADERS) => {
    const response = await fetch(service.url + path, {
      method, headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
    });
    const text = await response.text();
    try {
      return { status: response.status, headers: response.headers, body: JSON.parse(text) };
    } catch {
      return { status: response.status, headers: response.headers, body: text };
    }
  };
  try {
    await fn(service, call);
  } finally {
    await service.stop();
  }
}

const put = (call, namespace, vectors) => call('POST', '/vectors/upsert', {
  namespace, vectors: Object.entries(vectors).map(([id, values]) => ({ id, values })),
});

test('the nearest come first, of one namespace alone', () => using(async (service, call) => {
  assert.equal((await put(call, 'a', { x: [1, 0, 0], y: [0, 1, 0], z: [1, 1, 0] })).body.upsertedCount, 3);
  await put(call, 'b', { w: [1, 0, 0] });
  const { body } = await call('POST', '/query', { namespace: 'a', vector: [1, 0.1, 0], topK: 2 });
  assert.deepEqual(body.matches.map((m) => m.id), ['x', 'z']);
  assert.ok(Math.abs(body.matches[0].score - 1 / Math.hypot(1, 0.1)) < 1e-6);
  assert.deepEqual((await call('POST', '/query', { namespace: 'none', vector: [1, 0, 0], topK: 2 })).body.matches, []);
}));

test('lists come in pages whose token has to be encoded', () => using(async (service, call) => {
  await put(call, 'a', Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`doc${i}#~~~${i}`, [1, i, 0]])));
  const seen = [];
  let query = '';
  for (let pages = 0; pages < 5; pages += 1) {
    const { body } = await call('GET', `/vectors/list?namespace=a${query}`);
    seen.push(...body.vectors.map((v) => v.id));
    if (!body.pagination) break;
    query = `&paginationToken=${encodeURIComponent(body.pagination.next)}`;
  }
  assert.equal(new Set(seen).size, 250);
  assert.deepEqual((await call('GET', '/namespaces?prefix=a')).body.namespaces, [{ name: 'a', record_count: 250 }]);
}));

test('deleting and the numbers of the index', () => using(async (service, call) => {
  await put(call, 'a', { x: [1, 0, 0], y: [0, 1, 0] });
  assert.equal((await call('POST', '/vectors/delete', { namespace: 'a', ids: ['x', 'unknown'] })).status, 200);
  const { body } = await call('POST', '/describe_index_stats', {});
  assert.deepEqual(body.namespaces, { a: { vectorCount: 1 } });
  assert.equal(body.dimension, 3);
  assert.equal((await call('POST', '/vectors/delete', { namespace: 'a', deleteAll: true })).status, 200);
  const gone = await call('POST', '/vectors/delete', { namespace: 'a', deleteAll: true });
  assert.equal(gone.status, 404);
  assert.equal(gone.body.code, 5);
}));

test('what is written is seen later when it lags', () => using(async (service, call) => {
  service.lag = true;
  const { headers } = await put(call, 'a', { x: [1, 0, 0] });
  assert.equal(headers.get('x-pinecone-request-lsn'), '1');
  assert.deepEqual((await call('GET', '/vectors/list?namespace=a')).body.vectors, []);
  service.settle();
  assert.deepEqual((await call('GET', '/vectors/list?namespace=a')).body.vectors, [{ id: 'x' }]);
}));

test('what Pinecone refuses', () => using(async (service, call) => {
  const refused = async (code, ...args) => assert.equal((await call(...args)).status, code, JSON.stringify(args).slice(0, 100));
  const upsert = (vector) => ['POST', '/vectors/upsert', { namespace: 'a', vectors: [vector] }];
  await refused(401, 'GET', '/indexes/dossier', undefined, { 'X-Pinecone-Api-Version': '2026-04' });
  await refused(400, 'POST', '/query', { vector: [1, 0, 0], topK: 1 }, { 'Api-Key': 'a-key' });
  await refused(404, 'GET', '/indexes/other');
  await refused(400, ...upsert({ id: 'x', values: [1, 0] }));
  await refused(400, ...upsert({ id: 'x', values: [0, 0, 0] }));
  await refused(400, ...upsert({ id: 'é', values: [1, 0, 0] }));
  await refused(400, ...upsert({ id: 'x', values: [1, 0, 0], text: 'secret' }));
  await refused(400, 'POST', '/vectors/upsert', { namespace: 'a', vectors: Array.from({ length: 1001 }, (_, i) => ({ id: `x${i}`, values: [1, 0, 0] })) });
  await refused(400, ...upsert({ id: 'x', values: [1, 0, 0], metadata: { words: 'x'.repeat(2 * 1024 * 1024) } }));
  await refused(400, 'POST', '/vectors/delete', { namespace: 'a' });
  await refused(400, 'POST', '/vectors/delete', { namespace: 'a', ids: ['x'], deleteAll: true });
  await refused(400, 'POST', '/query', { vector: [1, 0, 0], topK: 0 });
  await refused(400, 'POST', '/describe_index_stats', { filter: {} });
  await refused(400, 'GET', '/vectors/list?namspace=a');
  service.fault('busy', 'unavailable', 'no_money');
  const busy = await call('GET', '/namespaces');
  assert.equal(busy.status, 429);
  assert.equal(busy.headers.get('retry-after'), '1');
  await refused(503, 'GET', '/namespaces');
  await refused(402, 'GET', '/namespaces');
}));

test('the members that requests may have are those of the specification', (t) => {
  const spec = loadSpec();
  if (!spec) return t.skip('the specification is not there');
  for (const [kind, members] of Object.entries(KNOWN)) {
    assert.deepEqual([...members].sort(), Object.keys(spec.schemas[kind].properties).sort(), kind);
  }
  for (const [path, names] of Object.entries(QUERIES)) {
    const known = spec.paths[path].get.parameters.filter((p) => p.in === 'query').map((p) => p.name);
    assert.deepEqual([...names].sort(), known.sort(), path);
  }
  return undefined;
});

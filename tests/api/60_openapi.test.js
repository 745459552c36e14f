'use strict';
/* What /api/schema/ says is what is served. The answers of all other files are held against it too, in the harness. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { aPatient, withServer } = require('./harness.js');

const server = withServer(test);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const schema = () => server.must(200, 'GET', '/api/schema/', undefined, { token: null });

async function operations() {
  const { paths } = await schema();
  return Object.entries(paths).flatMap(([where, item]) => METHODS.filter((m) => item[m]).map((m) => ({ where, method: m.toUpperCase(), ...item[m] })));
}

test('the document is OpenAPI 3.1, and every reference leads somewhere', async () => {
  const document = await schema();
  assert.match(document.openapi, /^3\.1\./);
  assert.ok(document.info.title && document.info.version);
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1]);
  for (const ref of new Set(refs)) {
    const target = ref.replace(/^#\//, '').split('/').reduce((node, part) => node?.[part], document);
    assert.ok(target, `${ref} leads nowhere`);
  }
});

test('the paths of the contract are there', async () => {
  const { paths } = await schema();
  const contract = {
    '/api/health/': ['get'], '/api/auth/login/': ['post'], '/api/auth/logout/': ['post'], '/api/auth/token/': ['post'], '/api/auth/me/': ['get'],
    '/api/users/': ['get', 'post'], '/api/users/{id}/': ['get', 'put', 'patch', 'delete'],
    '/api/patients/': ['get', 'post'], '/api/patients/{id}/': ['get', 'put', 'patch', 'delete'],
    '/api/patients/confirm/': ['post'], '/api/patients/check-active/': ['post'],
    '/api/patients/{id}/send-activation/': ['post'], '/api/patients/{id}/timeline/': ['get'], '/api/patients/{id}/export/': ['get'],
    '/api/patients/{id}/consents/': ['get', 'post'], '/api/patients/{id}/facts/': ['get'],
    '/api/documents/': ['get', 'post'], '/api/documents/{id}/': ['get', 'patch', 'delete'], '/api/documents/{id}/file/': ['get'],
    '/api/documents/{id}/pages/': ['get'], '/api/documents/{id}/pages/{n}/image/': ['get'], '/api/documents/{id}/reindex/': ['post'],
    '/api/documents/{id}/facts/': ['get'], '/api/rag/query/': ['post'], '/api/rag/conversations/': ['get'], '/api/rag/conversations/{id}/': ['get'],
    '/api/messaging/messages/': ['get'], '/api/simulator/': ['get', 'post'], '/api/simulator/media/': ['post'], '/api/jobs/': ['get'], '/api/audit/': ['get'], '/api/schema/': ['get'],
    '/webhook/whatsapp-rag': ['post'], '/webhook/confirm-{token}': ['post'],
  };
  const shape = (p) => p.replace(/\{\w+\}/g, '{}');
  const known = new Map(Object.entries(paths).map(([p, item]) => [shape(p), item]));
  const missing = Object.entries(contract).flatMap(([p, methods]) => methods.filter((m) => !known.get(shape(p))?.[m]).map((m) => `${m} ${p}`));
  assert.deepEqual(missing, []);
});

test('every operation says what it is for, what it answers, and who may call it', async () => {
  const ids = new Set();
  for (const o of await operations()) {
    const name = `${o.method} ${o.where}`;
    assert.ok(o.summary?.length > 3, `${name} has no summary`);
    assert.ok(Object.keys(o.responses).some((c) => /^2/.test(c)), `${name} documents no success`);
    if (o.operationId) {
      assert.ok(!ids.has(o.operationId), `${o.operationId} twice`);
      ids.add(o.operationId);
    }
    for (const argument of o.where.matchAll(/\{(\w+)\}/g)) {
      assert.ok(o.parameters?.some((p) => p.in === 'path' && p.name === argument[1]), `${name} does not document ${argument[1]}`);
    }
  }
});

test('what is documented is served, and closed to strangers unless documented open', async () => {
  const document = await schema();
  for (const o of await operations()) {
    const where = o.where.replace(/\{\w+\}/g, '1');
    const security = o.security ?? document.security ?? [];
    const open = security.length === 0 || security.some((s) => Object.keys(s).length === 0);
    const { status } = await server.api(o.method, where, undefined, { token: null });
    assert.notEqual(status, 405, `${o.method} ${o.where}`);
    if (!open) assert.equal(status, 401, `${o.method} ${o.where}`);
    assert.ok(status < 500, `${o.method} ${o.where}: ${status}`);
  }
});

test('every list answers count, next, previous and results', async () => {
  await server.must(201, 'POST', '/api/patients/', aPatient());
  for (const where of ['/api/patients/', '/api/users/', '/api/documents/', '/api/messaging/messages/', '/api/jobs/', '/api/audit/', '/api/rag/conversations/']) {
    const list = await server.must(200, 'GET', where);
    assert.deepEqual(Object.keys(list).sort(), ['count', 'next', 'previous', 'results'], where);
  }
});

test('the page that shows the document works without anything from outside', async () => {
  const answer = await server.api('GET', '/api/docs/', undefined, { token: null });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/html/);
  assert.doesNotMatch(answer.body, /(?:src|href)="https?:\/\/(?!127\.0\.0\.1)/);
});

test('the check itself finds what does not fit', () => {
  const document = {
    paths: { '/a/{id}/': { get: { responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/a' } } } } } } } },
    components: { schemas: { a: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], additionalProperties: false } } },
  };
  const check = (exchange) => spawnSync('/usr/bin/python3', [path.join(__dirname, 'validate.py')], {
    input: JSON.stringify({ schema: document, exchanges: [{ method: 'GET', path: '/a/1/', status: 200, type: 'application/json', body: { n: 1 }, ...exchange }] }),
    encoding: 'utf8',
  });
  assert.equal(check({}).status, 0);
  for (const wrong of [{ body: { n: 'x' } }, { body: {} }, { body: { n: 1, m: 2 } }, { status: 201 }, { path: '/b/' }, { type: 'text/html' }]) {
    const { status, stdout } = check(wrong);
    assert.equal(status, 1, JSON.stringify(wrong));
    assert.match(stdout, /GET/);
  }
});

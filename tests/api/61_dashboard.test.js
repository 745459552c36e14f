'use strict';
/* The built dashboard as `serve` gives it out: here a small made-up one, so that nothing has to be built for it. */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { ADMIN, raw, startServer, tempDir, withOwnServer, withServer } = require('./harness.js');

const POLICY = "default-src 'none'; script-src 'self' 'sha256-abc='";
const SCRIPT = `"${'use strict;'.repeat(200)}"`;

/** What tools/web-build leaves behind. */
function site() {
  const dir = tempDir();
  const files = [];
  const put = (name, text, row) => {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
    files.push({ path: name, etag: `e${files.length}`, ...row });
  };
  const page = { type: 'text/html; charset=utf-8', policy: POLICY };
  put('/dashboard/index.html', '<!doctype html><title>today</title>', page);
  put('/dashboard/patients/_/index.html', '<!doctype html><title>one</title>', page);
  put('/dashboard/patients/_/index.txt', 'data of one', { type: 'text/plain; charset=utf-8' });
  put('/dashboard/patients/new/index.html', '<!doctype html><title>new</title>', page);
  put('/login/index.html', '<!doctype html><title>sign in</title>', page);
  put('/404.html', '<!doctype html><title>lost</title>', page);
  put('/_next/static/a.js', SCRIPT, { type: 'text/javascript; charset=utf-8', immutable: true, compressed: true });
  fs.writeFileSync(path.join(dir, '/_next/static/a.js.br'), zlib.brotliCompressSync(SCRIPT));
  fs.writeFileSync(path.join(dir, '/_next/static/a.js.gz'), zlib.gzipSync(SCRIPT));
  fs.writeFileSync(path.join(dir, 'secret.txt'), 'not listed');
  fs.writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify({ files, any: ['/dashboard/patients/_/'] }));
  return dir;
}

const server = withServer(test, { env: { MEDIRECORD_WEB_DIR: site() } });
const get = (where, headers = {}) => server.api('GET', where, undefined, { token: null, record: false, headers });

test('a page comes with its own policy and is asked for again each time', async () => {
  const page = await get('/dashboard/');
  assert.equal(page.status, 200);
  assert.match(page.body, /today/);
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(page.headers.get('content-security-policy'), POLICY);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(page.headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.match(page.headers.get('permissions-policy'), /geolocation=\(\)/);
  const again = await get('/dashboard/', { 'If-None-Match': page.headers.get('etag') });
  assert.equal(again.status, 304);
  assert.equal(again.bytes.length, 0);
  assert.equal(again.headers.get('content-security-policy'), POLICY);
});

test('what never changes is kept for a year, and comes compressed as the client takes it', async () => {
  for (const [accepts, coding] of [['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'], ['identity', null]]) {
    const script = await get('/_next/static/a.js', { 'Accept-Encoding': accepts });
    assert.equal(script.status, 200);
    assert.equal(script.headers.get('content-encoding'), coding, accepts);
    assert.equal(script.body, SCRIPT);
    assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(script.headers.get('vary'), 'Accept-Encoding');
  }
});

test('every id has its page, in both forms', async () => {
  assert.match((await get('/dashboard/patients/123/')).body, /one/);
  assert.match((await get('/dashboard/patients/%C3%A9t%C3%A9/')).body, /one/);
  assert.equal((await get('/dashboard/patients/123/index.txt?_rsc=x')).body, 'data of one');
  assert.match((await get('/dashboard/patients/new/')).body, /new/);
});

test('/ leads to signing in, or to the dashboard of who is signed in', async () => {
  assert.equal((await get('/')).headers.get('location'), '/login/');
  const login = await server.api('POST', '/api/auth/login/', ADMIN, { token: null });
  const cookie = login.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  const root = await get('/', { Cookie: cookie });
  assert.equal(root.status, 302);
  assert.equal(root.headers.get('location'), '/dashboard/');
  assert.equal((await get('/', { Cookie: 'sessionid=ended' })).headers.get('location'), '/login/');
});

test('a missing slash is added, with what was asked', async () => {
  const moved = await get('/dashboard/patients/7?tab=papers');
  assert.equal(moved.status, 308);
  assert.equal(moved.headers.get('location'), '/dashboard/patients/7/?tab=papers');
});

test('a browser astray gets a page, a program the error of the API', async () => {
  const page = await get('/dashboard/nothing/', { Accept: 'text/html' });
  assert.equal(page.status, 404);
  assert.match(page.body, /lost/);
  assert.equal(page.headers.get('content-security-policy'), POLICY);
  assert.equal((await get('/dashboard/nothing/', { Accept: 'application/json' })).body.code, 'not_found');
  assert.equal((await get('/api/nothing/', { Accept: 'text/html' })).body.code, 'not_found');
  assert.equal((await server.api('POST', '/dashboard/', {}, { record: false })).status, 404);
});

test('HEAD answers the same without the bytes', async () => {
  const head = await server.api('HEAD', '/dashboard/', undefined, { token: null, record: false });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String((await get('/dashboard/')).bytes.length));
  assert.equal(head.bytes.length, 0);
});

test('nothing but what the manifest lists is given out', async () => {
  const dots = ['/secret.txt', '/manifest.json', '/_next/static/a.js.br', '/../secret.txt', '/%2e%2e/secret.txt', '/dashboard/..%2fsecret.txt',
    '/dashboard/patients/..%2f..%2f..%2fsecret.txt', '/dashboard/patients/_/%2e%2e/%2e%2e/secret.txt', '/..%5csecret.txt', '//secret.txt', '/dashboard/%00/'];
  for (const where of dots) {
    const answer = await raw(server.port, `GET ${where} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[04]/, where);
    assert.doesNotMatch(answer, /not listed|"files"/, where);
  }
});

test('files that change while it runs change nothing', async () => {
  const dir = site();
  await withOwnServer({ env: { MEDIRECORD_WEB_DIR: dir }, login: false }, async (own) => {
    fs.rmSync(dir, { recursive: true });
    assert.match((await own.api('GET', '/dashboard/', undefined, { record: false })).body, /today/);
  });
});

test('without a dashboard it says so, and the API answers', async () => {
  await withOwnServer({ env: { MEDIRECORD_WEB_DIR: '/nowhere' } }, async (own) => {
    assert.match(own.output, /tableau de bord n’est pas construit|dashboard is not built/);
    assert.equal((await own.api('GET', '/dashboard/')).status, 404);
    await own.must(200, 'GET', '/api/auth/me/');
  });
});

test('a dashboard that is half there stops the start', async () => {
  const dir = site();
  fs.rmSync(path.join(dir, 'login', 'index.html'));
  await assert.rejects(startServer({ env: { MEDIRECORD_WEB_DIR: dir }, login: false }), /\/login\/index\.html/);
});

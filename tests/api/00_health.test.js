'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { raw, run, tempDir, withServer } = require('./harness.js');

const server = withServer(test);

test('health answers without anybody signed in', async () => {
  const answer = await server.api('GET', '/api/health/', undefined, { token: null });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, { status: 'ok' });
});

test('health tells details to a signed-in caller only', async () => {
  const { body } = await server.api('GET', '/api/health/');
  assert.equal(body.status, 'ok');
  assert.ok(Object.keys(body).length > 1, 'nothing but the status');
});

test('every answer has its own request id and the security headers', async () => {
  const ids = new Set();
  for (let i = 0; i < 3; i++) {
    const { headers } = await server.api('GET', '/api/health/');
    assert.ok(headers.get('x-request-id'));
    ids.add(headers.get('x-request-id'));
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-type'), /^application\/json/);
  }
  assert.equal(ids.size, 3);
});

test('an unknown path is 404 with words and a code', async () => {
  const { status, body } = await server.api('GET', '/api/nothing/');
  assert.equal(status, 404);
  assert.equal(typeof body.detail, 'string');
  assert.equal(typeof body.code, 'string');
});

test('a method that a path does not have is 405 and says which it has', async () => {
  const { status, headers } = await server.api('DELETE', '/api/health/');
  assert.equal(status, 405);
  assert.match(headers.get('allow'), /GET/);
});

test('messages follow Accept-Language, French first', async () => {
  const detail = async (language) => {
    const headers = language ? { 'Accept-Language': language } : {};
    return (await server.api('GET', '/api/patients/', undefined, { token: null, headers })).body.detail;
  };
  const [none, french, english] = [await detail(), await detail('fr-SN'), await detail('en-GB,en;q=0.9')];
  assert.equal(none, french);
  assert.notEqual(french, english);
});

test('a large answer is compressed for who asks', async () => {
  const answer = await raw(server.port, 'GET /api/schema/ HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 200/);
  assert.match(answer, /content-encoding: gzip/i);
});

test('an unchanged document is not sent twice', async () => {
  const first = await server.api('GET', '/api/schema/');
  const etag = first.headers.get('etag');
  assert.ok(etag, 'no ETag');
  const again = await server.api('GET', '/api/schema/', undefined, { headers: { 'If-None-Match': etag }, record: false });
  assert.equal(again.status, 304);
  assert.equal(again.bytes.length, 0);
});

test('HEAD answers like GET without the body', async () => {
  const answer = await server.api('HEAD', '/api/health/', undefined, { record: false });
  assert.equal(answer.status, 200);
  assert.equal(answer.bytes.length, 0);
});

test('--help of the program and of its commands', async () => {
  for (const args of [['--help'], ['serve', '--help'], ['migrate', '--help'], ['ask', '--help'], ['token', '--help']]) {
    const { code, stdout } = await run(args);
    assert.equal(code, 0, args.join(' '));
    assert.match(stdout, /medirecord/, args.join(' '));
  }
});

test('the command line speaks French, and English where the terminal does', async () => {
  const { stdout: list } = await run(['--help']);
  const commands = [...list.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map((m) => m[1]);
  assert.ok(commands.length >= 10, list);
  for (const args of [['--help'], [], ['swerve'], ...commands.flatMap((c) => [[c, '--help'], [c, '--swift']])]) {
    const [french, english] = [await run(args), await run(args, { env: { LANG: 'en_GB.UTF-8' } })];
    assert.deepEqual([french.code, english.code], args.includes('--help') ? [0, 0] : [2, 2], args.join(' '));
    assert.notEqual(french.stdout + french.stderr, english.stdout + english.stderr, args.join(' '));
    assert.equal(args.includes('--help') ? french.stderr : french.stdout, '', args.join(' '));
  }
});

test('what a command may be given is explained below its usage', async () => {
  const { stdout: list } = await run(['--help']);
  assert.match(list, /1 : échoué.*2 : mal écrit/);
  for (const [, command] of list.matchAll(/^ {2}([a-z-]+) {2,}/gm)) {
    const { stdout } = await run([command, '--help']);
    const [usage, ...rest] = stdout.split('\n');
    assert.doesNotMatch(usage, /\s$/);
    for (const [option] of usage.matchAll(/--[a-z-]+/g)) assert.match(rest.join('\n'), new RegExp(`^  ${option}\\b`, 'm'), `${command}: ${option}`);
  }
});

test('what is done is told on stderr: stdout is for data', async () => {
  const dataDir = tempDir();
  for (const args of [['migrate'], ['createsuperuser', '--email', 'a@b.example', '--password-stdin'], ['cleanup']]) {
    const { code, stdout, stderr } = await run(args, { dataDir, input: 'une phrase de passe' });
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /\w/);
  }
});

test('a wrong command is exit 2 with words on stderr', async () => {
  for (const args of [[], ['swerve'], ['serve', '--swift'], ['token'], ['ask']]) {
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.notEqual(stderr, '');
  }
});

test('every command names the option that it does not know', async () => {
  const { stdout: list } = await run(['--help']);
  const commands = [...list.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, command]) => command);
  assert.ok(commands.length > 10);
  for (const command of commands) {
    for (const [given, named] of [['--frce', '--frce'], ['-zy', '-z']]) {
      const { code, stdout, stderr } = await run([command, given]);
      assert.equal(code, 2, command);
      assert.equal(stdout, '');
      assert.match(stderr, new RegExp(`^medirecord ${command}: option inconnue : ${named}\n(.*\n)* +medirecord ${command} --help\n$`), command);
    }
  }
  for (const command of ['migrate', 'cleanup', 'verify-audit']) assert.match((await run([command, 'tout'])).stderr, /trop d’arguments/);
  assert.match((await run(['backup', '--keep'])).stderr, /il manque la valeur de --keep\n/);
  assert.match((await run(['migrate', '-f'], { env: { LANG: 'en_US.UTF-8' } })).stderr, /unknown option: -f\n/);
});

'use strict';
/* Each line of what people and programs do wrong: its own message and code, and nothing accepted is lost. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { PROGRAM, aPatient, demo, programEnv, raw, run, startServer, tempDir, withServer } = require('./harness.js');

const server = withServer(test);
const make = (patient, options) => server.api('POST', '/api/patients/', patient, options);

/** The answer to a field error: { name: [words] }, in both languages and different in each. */
async function assertField(body, field) {
  const french = await make(body);
  const english = await make(body, { headers: { 'Accept-Language': 'en' } });
  for (const answer of [french, english]) {
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    assert.ok(Array.isArray(answer.body[field]) && answer.body[field].length > 0, `no word about ${field}: ${JSON.stringify(answer.body)}`);
  }
  assert.notEqual(french.body[field][0], english.body[field][0]);
  return french.body;
}

async function assertDetail(answer, status) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(typeof answer.body.detail, 'string');
  assert.match(answer.body.code, /^[a-z_]+$/);
  return answer.body.code;
}

test('an unknown field', async () => { await assertField(aPatient({ frist_name: 'Awa' }), 'frist_name'); });
test('missing fields, all at once', async () => {
  const { status, body } = await make({});
  assert.equal(status, 400);
  for (const field of ['first_name', 'last_name', 'phone']) assert.ok(body[field], `${field}: ${JSON.stringify(body)}`);
});
test('wrong types', async () => {
  await assertField(aPatient({ first_name: 5 }), 'first_name');
  await assertField(aPatient({ tags: 'a' }), 'tags');
  await assertField(aPatient({ gender: 'Z' }), 'gender');
  await assertField(aPatient({ first_name: 'x'.repeat(5000) }), 'first_name');
  await assertField(aPatient({ first_name: '   ' }), 'first_name');
});
test('what a mistake is told with is French for who reads French', async () => {
  for (const wrong of [{ first_name: 5 }, { tags: 'a' }, { gender: 'Z' }, { assigned_to: -1 }, { date_of_birth: '2999-01-01' }]) {
    const [[words]] = Object.values(await assertField(aPatient(wrong), Object.keys(wrong)[0]));
    assert.doesNotMatch(words, /string|integer|boolean|\blist\b|, \.|9223372036854775807/, words);
  }
});
test('an invalid phone', async () => {
  for (const phone of ['12', '+221', 'téléphone', '+0221771234567', '+2217712345678901234', '+221 77 12 34 5x']) await assertField(aPatient({ phone }), 'phone');
});
test('a date in the future, and days that do not exist', async () => {
  for (const date_of_birth of ['2999-01-01', '1980-02-30', '1980-13-01', '01/02/1980', '', '1700-01-01']) await assertField(aPatient({ date_of_birth }), 'date_of_birth');
});
test('an address that is no e-mail', async () => { await assertField(aPatient({ email: 'pas une adresse' }), 'email'); });

test('bodies that are no JSON object', async () => {
  for (const body of ['', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', '{"first_name":"\\ud800"}', `${'['.repeat(5000)}${']'.repeat(5000)}`, '{"first_name":"a\\u0000b"}', '{"a":1}x']) {
    const { status } = await make(body, { type: 'application/json' });
    assert.equal(status, 400, body.slice(0, 30));
  }
});
test('a body that is not UTF-8', async () => {
  assert.equal((await make(Buffer.from('{"first_name":"\xe9\xff"}', 'latin1'), { type: 'application/json' })).status, 400);
});
test('another type of content', async () => {
  await assertDetail(await make('<patient/>', { type: 'application/xml' }), 415);
});
test('a body that is too large', async () => {
  await assertDetail(await make(aPatient({ medical_history: 'x'.repeat(3 << 20) })), 413);
});

test('an unknown patient, and ids that are none', async () => {
  for (const id of ['999999', '0', '-1', 'x', '99999999999999999999', '1e3']) {
    await assertDetail(await server.api('GET', `/api/patients/${id}/`), 404);
  }
  await assertDetail(await server.api('GET', '/api/patients/%00/'), 400);
  const { status, body } = await server.upload(999999, demo.file('ordonnance-ba-2026-08.pdf'));
  assert.ok([400, 404].includes(status), String(status));
  assert.ok(body.patient_id || body.detail);
});
test('a deactivated patient asks in vain', async () => {
  const patient = await server.activePatient();
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: false });
  await assertDetail(await server.api('POST', '/api/rag/query/', { patient_phone: patient.phone, query: 'Mon ordonnance ?' }), 404);
});
test('a token of another role', async () => {
  const user = { email: 'soin@clinique.example', password: 'une phrase secrete de soin' };
  await server.account({ ...user, role: 'nurse' });
  const { token } = await server.must(200, 'POST', '/api/auth/token/', user, { token: null });
  await assertDetail(await server.api('GET', '/api/users/', undefined, { token }), 403);
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  await assertDetail(await server.api('DELETE', `/api/patients/${patient.id}/`, undefined, { token }), 403);
});

test('filters that name nothing', async () => {
  for (const [where, field] of [['/api/documents/?status=lost', 'status'], ['/api/documents/?kind=poem', 'kind'], ['/api/documents/?patient=x', 'patient'],
    ['/api/patients/?status=lost', 'status'], ['/api/messaging/messages/?direction=up', 'direction'], ['/api/messaging/messages/?status=lost', 'status']]) {
    const { status, body } = await server.api('GET', where);
    assert.equal(status, 400, where);
    assert.match(body[field]?.[0], /\w{3}.*\.$/, where);
  }
});

test('an upload that names two patients is for neither', async () => {
  const [one, two] = [await server.must(201, 'POST', '/api/patients/', aPatient()), await server.must(201, 'POST', '/api/patients/', aPatient())];
  const form = new FormData();
  for (const { id } of [one, two]) form.append('patient_id', String(id));
  form.append('file', new Blob(['Ordonnance']), 'a.txt');
  const { status, body } = await server.api('POST', '/api/documents/', form);
  assert.equal(status, 400);
  assert.ok(body.patient_id, JSON.stringify(body));
  for (const { id } of [one, two]) assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${id}`)).count, 0);
});

/** Uploads bytes that cannot become a document; answers what is said about them, at once or by the job. */
async function refused(name, bytes, type) {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const answer = await server.upload(patient.id, { name, bytes, type });
  if (answer.status !== 201) {
    assert.ok([400, 413, 415].includes(answer.status), `${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.code ?? JSON.stringify(answer.body);
  }
  const document = await server.settled(answer.body.id);
  assert.equal(document.status, 'failed', name);
  assert.match(document.error_code, /^[a-z_]+$/, name);
  assert.ok(document.error.length > 15, name);
  return document.error_code;
}
const PDF = () => fs.readFileSync(demo.file('ordonnance-ba-2026-08.pdf'));

test('files that cannot be read each say why, differently', async () => {
  const encrypted = fs.readFileSync(path.join(__dirname, 'files', 'encrypted.pdf'));
  const codes = {
    empty: await refused('vide.pdf', Buffer.alloc(0), 'application/pdf'),
    other: await refused('programme.pdf', Buffer.from('MZ\x90\x00\x03\x00\x00\x00\xff\xff\x00\x00', 'latin1'), 'application/pdf'),
    truncated: await refused('coupe.pdf', PDF().subarray(0, 900), 'application/pdf'),
    half: await refused('moitie.pdf', PDF().subarray(0, PDF().length / 2), 'application/pdf'),
    old: await refused('ancien.docx', Buffer.from(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(2000)}`, 'latin1'), 'application/msword'),
    encrypted: await refused('secret.pdf', encrypted, 'application/pdf'),
    picture: await refused('coupe.jpg', fs.readFileSync(demo.file('ordonnance-sarr-2026-06.jpg')).subarray(0, 200), 'image/jpeg'),
  };
  assert.equal(codes.half, 'damaged');
  assert.equal(codes.old, 'old_office');
  for (const one of ['empty', 'other', 'old', 'encrypted']) {
    for (const [name, code] of Object.entries(codes)) if (name !== one) assert.notEqual(codes[one], code, `${one} and ${name}`);
  }
});

/** A multipart body of one file of `size` bytes, made while it is sent. */
function uploadHead(server_, patientId, size, chunked = false) {
  const before = `--b\r\nContent-Disposition: form-data; name="patient_id"\r\n\r\n${patientId}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="grand.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  const after = '\r\n--b--\r\n';
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${before.length + size + after.length}`;
  const head = `POST /api/documents/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${server_.token}\r\nContent-Type: multipart/form-data; boundary=b\r\n${length}\r\nConnection: close\r\n\r\n`;
  return { head, before, after };
}

test('a file of 100 MB and one byte', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const size = 100 * 1024 * 1024 + 1;
  const { head, before, after } = uploadHead(server, patient.id, size);
  const block = Buffer.alloc(1 << 20, 'x');
  const answer = await new Promise((resolve, reject) => {
    let text = '', sent = 0;
    const socket = net.connect(server.port, '127.0.0.1', () => {
      socket.write(head + before);
      pump();
    });
    const pump = () => {
      while (sent < size && !text) {
        const part = block.subarray(0, Math.min(block.length, size - sent));
        sent += part.length;
        if (!socket.write(part)) { socket.once('drain', pump); return; }
      }
      if (sent >= size) socket.write(after);
    };
    socket.on('data', (d) => { text += d.toString('latin1'); });
    socket.on('error', (e) => (text ? resolve(text) : reject(e)));
    socket.on('close', () => resolve(text));
  });
  assert.match(answer, /^HTTP\/1\.1 413/);
  assert.match(answer, /"code":/);
  assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${patient.id}`)).count, 0);
});

test('a body that stops half-way leaves nothing behind, and the program goes on', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  const { head, before } = uploadHead(server, patient.id, 500000);
  await raw(server.port, [head + before, Buffer.alloc(1000, 'x')], { end: true });
  await server.must(200, 'GET', '/api/health/');
  assert.equal((await server.must(200, 'GET', `/api/documents/?patient=${patient.id}`)).count, 0);
  const left = fs.readdirSync(server.dataDir, { recursive: true }).filter((f) => /tmp|part/i.test(path.basename(f)));
  assert.deepEqual(left.filter((f) => fs.statSync(path.join(server.dataDir, f)).isFile()), []);
});

const request = (lines, body = '') => `${['POST /api/patients/check-active/ HTTP/1.1', 'Host: x', `Authorization: Token ${server.token}`, 'Content-Type: application/json', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n${body}`;
const BODY = '{"phone":"+221700000001"}';

test('conflicting, repeated and doubtful lengths are refused', async () => {
  const cases = [
    [`Content-Length: ${BODY.length}`, 'Content-Length: 5'],
    [`Content-Length: ${BODY.length}`, `Content-Length: ${BODY.length}`],
    [`Content-Length: ${BODY.length}`, 'Transfer-Encoding: chunked'],
    ['Transfer-Encoding: chunked', `Content-Length: ${BODY.length}`],
    [`Content-Length: ${BODY.length}, ${BODY.length}`],
    ['Content-Length: -5'], ['Content-Length: 1x'], ['Content-Length: 99999999999999999999999'],
  ];
  for (const lines of cases) {
    const answer = await raw(server.port, request(lines, BODY), { end: true });
    assert.match(answer, /^HTTP\/1\.[01] 4(00|13)|^$/, `${lines}: ${answer.slice(0, 60)}`);
    assert.doesNotMatch(answer, /HTTP\/1\.1 (200|404)/, `${lines} was accepted`);
  }
  const good = await raw(server.port, request([`Content-Length: ${BODY.length}`], BODY));
  assert.match(good, /^HTTP\/1\.1 404/);
});

test('headers that are too large', async () => {
  const answer = await raw(server.port, request([`X-Large: ${'x'.repeat(200000)}`, 'Content-Length: 0']), { end: true });
  assert.match(answer, /^HTTP\/1\.[01] 4(31|13|00)|^$/);
  await server.must(200, 'GET', '/api/health/');
});

test('naughty words come back as they were, or are refused; nothing breaks', async () => {
  const strings = ["Robert'); DROP TABLE patient;--", '<script>alert(1)</script>', '%s%n%x', '${7*7}', '../../etc/passwd', '\u202eabc', '😀', 'ﬀ', 'a\u0301'];
  for (const first_name of strings) {
    const { status, body } = await make(aPatient({ first_name }));
    assert.ok([201, 400].includes(status), `${first_name}: ${status}`);
    const kept = first_name.normalize('NFC').replace(/\u202e/g, ''); // characters that turn the writing round are taken away
    if (status === 201) assert.equal(body.first_name, kept);
  }
  assert.equal((await server.api('GET', `/api/patients/?search=${encodeURIComponent("' OR 1=1 --")}`)).status, 200);
  assert.ok([200, 400].includes((await server.api('GET', '/api/patients/?ordering=id;drop')).status));
  assert.equal((await server.api('GET', '/api/patients/?search=%ff%fe')).status < 500, true);
});

test('settings that make no sense are named', async () => {
  const cases = [
    [{ MEDIRECORD_WORKERS: 'many' }, /MEDIRECORD_WORKERS/], [{ MEDIRECORD_LISTEN: 'nowhere' }, /MEDIRECORD_LISTEN/],
    [{ MEDIRECORD_LOG_LEVEL: 'loud' }, /MEDIRECORD_LOG_LEVEL/], [{ CHANNEL: 'pigeon' }, /CHANNEL/],
    [{ MEDIRECORD_SECRET_KEY: 'zzz123zzz' }, /MEDIRECORD_SECRET_KEY/], [{ MEDIRECORD_DEFAULT_REGION: '??' }, /MEDIRECORD_DEFAULT_REGION/],
  ];
  for (const [env, words] of cases) {
    const { code, stderr } = await run(['serve'], { env });
    assert.equal(code, 1, JSON.stringify(env));
    assert.match(stderr, words);
    assert.ok(!stderr.includes('zzz123zzz'), 'a secret in a message');
  }
});

test('a DATABASE_URL that cannot be opened', async () => {
  for (const url of ['sqlite:/nowhere/at/all/x.db', 'oracle://x', 'postgresql://127.0.0.1:9/x']) {
    const { code, stderr } = await run(['serve'], { env: { DATABASE_URL: url } });
    assert.equal(code, 1, url);
    assert.match(stderr, /DATABASE_URL|database|base de données/i);
  }
});

test('a data directory that cannot be made', async () => {
  for (const dir of ['/proc/nowhere', '/dev/null', '/dev/null/data']) {
    const { code, stderr } = await run(['serve'], { env: { MEDIRECORD_DATA_DIR: dir } });
    assert.equal(code, 1, dir);
    assert.ok(stderr.includes(dir) && /MEDIRECORD_DATA_DIR/.test(stderr), stderr);
  }
});

test('a file that is no database is left alone', async () => {
  const dataDir = tempDir();
  fs.writeFileSync(path.join(dataDir, 'medirecord.db'), 'not a database '.repeat(1000));
  const { code, stderr } = await run(['serve'], { dataDir });
  assert.equal(code, 1);
  assert.notEqual(stderr, '');
  assert.equal(fs.readFileSync(path.join(dataDir, 'medirecord.db'), 'utf8').slice(0, 14), 'not a database');
});

test('a port in use', async () => {
  const { code, stderr } = await run(['serve'], { env: { MEDIRECORD_LISTEN: `127.0.0.1:${server.port}` } });
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(String(server.port)));
});

test('a second serve on the same data', async () => {
  const { code, stderr } = await run(['serve'], { dataDir: server.dataDir });
  assert.equal(code, 1);
  assert.match(stderr, /(already|déjà)/i);
  await server.must(200, 'GET', '/api/health/');
});

test('a second serve on the same database from another data directory', async () => {
  const { code, stderr } = await run(['serve'], { env: { DATABASE_URL: `sqlite:${server.dataDir}/medirecord.db` } });
  assert.equal(code, 1);
  assert.match(stderr, /déjà/);
});

test('a database without its key: nothing is touched, and with the key all is there again', async () => {
  const dataDir = tempDir();
  const [key, away] = [path.join(dataDir, 'secret.key'), path.join(dataDir, 'away.key')];
  const first = await startServer({ dataDir });
  const patient = await first.must(201, 'POST', '/api/patients/', aPatient());
  const { body: document } = await first.upload(patient.id, { name: 'a.txt', bytes: Buffer.from('Ordonnance') });
  await first.kill();
  fs.renameSync(key, away);
  for (const command of [['serve'], ['migrate'], ['ask', '--phone', patient.phone, 'Bonjour']]) {
    const { code, stderr } = await run(command, { dataDir });
    assert.equal(code, 1, command[0]);
    assert.match(stderr, /secret\.key/, command[0]);
  }
  fs.renameSync(away, key);
  const again = await startServer({ dataDir });
  assert.equal((await again.settled(document.id)).status, 'indexed');
  await again.stop();
  again.remove();
});

test('a data directory that cannot be written', { skip: process.getuid() === 0 && 'root may write everywhere' }, async () => {
  const dataDir = tempDir();
  fs.chmodSync(dataDir, 0o500);
  const { code, stderr } = await run(['serve'], { dataDir });
  assert.equal(code, 1);
  assert.notEqual(stderr, '');
});

test('a disk that is full: refused with words, and what was accepted stays', async () => {
  const { spawn } = require('node:child_process');
  const { PROGRAM, until } = require('./harness.js');
  const own = await startServer({ dataDir: tempDir() });
  const kept = await own.must(201, 'POST', '/api/patients/', aPatient());
  await own.stop();
  // 16 MB a file, as little room as that: an upload of 24 MB does not fit. SIGXFSZ stays ignored across exec, so that writes fail.
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f 32768; exec "${PROGRAM}" serve`],
    { cwd: own.dataDir, env: programEnv(own.dataDir), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (d) => { output += d; });
  child.stderr.on('data', (d) => { output += d; });
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  try {
    [, own.url] = await until('the address', () => /listening on (http:\/\/[^\s"]+)/.exec(output));
    const big = await own.upload(kept.id, { name: 'a.txt', bytes: Buffer.alloc(24 << 20, 'mot ') });
    assert.ok([500, 503].includes(big.status), `${big.status} ${JSON.stringify(big.body)}`);
    assert.equal(typeof big.body.detail, 'string');
    const small = await own.upload(kept.id, demo.file('ordonnance-ba-2026-08.pdf'));
    assert.equal(small.status, 201, JSON.stringify(small.body));
    assert.equal((await own.settled(small.body.id)).status, 'indexed');
    assert.equal((await own.must(200, 'GET', `/api/patients/${kept.id}/`)).phone, kept.phone);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  own.remove();
});

test('a kernel without Landlock is told at the start, not with the first document', async () => {
  const withoutLandlock = 'import ctypes, errno, os, sys\n'
    + 's = ctypes.CDLL("libseccomp.so.2"); s.seccomp_init.restype = ctypes.c_void_p\n'
    + 'f = ctypes.c_void_p(s.seccomp_init(0x7fff0000))\n' // allow everything but landlock_create_ruleset(2)
    + 'assert s.seccomp_rule_add(f, ctypes.c_uint32(0x00050000 | errno.ENOSYS), 444, 0) == 0 and s.seccomp_load(f) == 0\n'
    + 'os.execv(sys.argv[1], sys.argv[1:])';
  const dataDir = tempDir();
  const child = spawn('/usr/bin/python3', ['-c', withoutLandlock, PROGRAM, 'serve'], { cwd: dataDir, env: programEnv(dataDir, {}) });
  let said = '';
  child.stderr.on('data', (d) => { said += d; });
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  await new Promise((resolve) => { child.stdout.on('data', (d) => { if (/listening on/.test(d)) resolve(); }); child.on('close', resolve); });
  child.kill('SIGTERM');
  assert.equal(await ended, 0, said);
  assert.match(said, /Aucun document ne pourra être lu/);
  fs.rmSync(dataDir, { recursive: true });
});

'use strict';
/*
 * harness -- the real program over real HTTP, for node's own test runner and fetch: no package is installed.
 *
 * startServer() runs `medirecord serve` on a port of its own with an empty data directory, waits for the line that tells its address, and
 * is stopped by stop(), which fails when the program crashed, ended with another code than 0, or a sanitizer reported something. Every
 * answer that api() gets is kept, so that all of them can be held against the schema in the end. What a failed test left running is
 * killed after the last test of the file: node would wait for it for ever.
 */
const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { after } = require('node:test');

const ROOT = path.resolve(__dirname, '..', '..');
const BUILD = process.env.MEDIRECORD_BUILD || path.join(ROOT, 'build');
const PROGRAM = path.join(BUILD, 'medirecord');
const SANITIZED = /asan|tsan/.test(path.basename(BUILD));
const PATIENCE_MS = SANITIZED ? 120000 : 40000; // for one wait; a sanitizer makes OCR several times slower

const ADMIN = { email: 'chef@clinique.example', password: 'un mot de passe de test 2026' };
const SANITIZER_REPORT = /ERROR: (?:Address|Leak)Sanitizer|WARNING: ThreadSanitizer|runtime error:/;

const atEnd = []; // functions to call after the last test
const children = new Set();
const folders = [];

after(async () => {
  try {
    for (const fn of atEnd) await fn();
  } finally {
    for (const child of children) child.kill('SIGKILL');
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

/** spawn() of the program; remembered until it ends. */
function spawnProgram(args, options) {
  const child = spawn(PROGRAM, args, options);
  children.add(child);
  child.on('close', () => children.delete(child));
  return child;
}

/** Removed after the last test of the file. */
function tempDir() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'medirecord-test-'));
  folders.push(folder);
  return folder;
}

/** Environment of the program: nothing from outside but what running needs. An empty value takes a name away. */
function programEnv(dataDir, extra) {
  const env = { PATH: process.env.PATH, HOME: dataDir, LANG: 'C.UTF-8' };
  for (const name of ['ASAN_OPTIONS', 'UBSAN_OPTIONS', 'TSAN_OPTIONS', 'TESSDATA_PREFIX']) {
    if (process.env[name]) env[name] = process.env[name];
  }
  env.UBSAN_OPTIONS ??= 'print_stacktrace=1:halt_on_error=1';
  env.TSAN_OPTIONS ??= `halt_on_error=1:suppressions=${path.join(ROOT, 'tests', 'tsan.supp')}`;
  env.MEDIRECORD_LISTEN = '127.0.0.1:0';
  env.MEDIRECORD_DATA_DIR = dataDir;
  env.MEDIRECORD_ADMIN_EMAIL = ADMIN.email;
  env.MEDIRECORD_ADMIN_PASSWORD = ADMIN.password;
  return Object.fromEntries(Object.entries({ ...env, ...extra }).filter(([, value]) => value !== ''));
}

/** Runs a subcommand to its end: { code, stdout, stderr }; one that does not end in time is killed, and tells a signal. */
function run(args, { dataDir = tempDir(), env = {}, input, patienceMs = PATIENCE_MS } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(args, { cwd: dataDir, env: programEnv(dataDir, env), timeout: patienceMs, killSignal: 'SIGKILL' });
    let stdout = '', stderr = '';
    child.stdout.on('data', (d) => { stdout += d; });
    child.stderr.on('data', (d) => { stderr += d; });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.on('error', () => {}); // a program that reads nothing may close it first
    child.stdin.end(input ?? '');
  });
}

/**
 * Asks again until fn answers something true, at most patienceMs; answers that. For the state of jobs that run on their own. `what` is
 * waited for, or a function that tells it in the end, with what there is instead.
 */
async function until(what, fn, patienceMs = PATIENCE_MS) {
  const deadline = Date.now() + patienceMs;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 200)) {
    const found = await fn();
    if (found) return found;
    if (Date.now() > deadline) assert.fail(`waited ${patienceMs} ms in vain for ${typeof what === 'function' ? await what() : what}`);
    await new Promise((go) => { setTimeout(go, pause); });
  }
}

class Server {
  constructor(dataDir, env) {
    this.dataDir = dataDir;
    this.env = env;
    this.exchanges = []; // { method, path, status, type, body }
    this.output = '';
    this.token = null;
  }

  /** Starts the program and waits for the line with its address. */
  start() {
    this.child = spawnProgram(['serve'], {
      cwd: this.dataDir, env: programEnv(this.dataDir, this.env), stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => resolve({ code, signal }));
    });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no address after ${PATIENCE_MS} ms:\n${this.output}`)), PATIENCE_MS);
      const read = (chunk) => {
        this.output += chunk;
        const found = /listening on (http:\/\/[^\s"]+)/.exec(this.output);
        if (found) {
          clearTimeout(timer);
          this.url = found[1].replace(/\/$/, '');
          resolve(this);
        }
      };
      this.child.stdout.on('data', read);
      this.child.stderr.on('data', read);
      this.child.on('error', reject);
      this.ended.then(({ code, signal }) => {
        clearTimeout(timer);
        reject(new Error(`ended with ${code ?? signal} before it listened:\n${this.output}`));
      });
    });
  }

  get port() {
    return Number(new URL(this.url).port);
  }

  async login(user = ADMIN) {
    const answer = await this.api('POST', '/api/auth/token/', user, { token: null });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    this.token = answer.body.token;
    return this.token;
  }

  /**
   * One request. body: undefined, an object (sent as JSON), a FormData, or a string or Buffer with options.type.
   * Answers { status, headers, bytes, body }, the body parsed when it is JSON.
   */
  async api(method, where, body, { token = this.token, headers = {}, type, record = true } = {}) {
    const sent = { ...headers };
    if (token) sent.Authorization = `Token ${token}`;
    let payload = body;
    if (body !== undefined && !(body instanceof FormData) && typeof body !== 'string' && !Buffer.isBuffer(body)) {
      payload = JSON.stringify(body);
      sent['Content-Type'] = 'application/json';
    }
    if (type) sent['Content-Type'] = type;
    const response = await fetch(this.url + where, { method, headers: sent, body: payload, redirect: 'manual' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const contentType = response.headers.get('content-type') ?? '';
    const answer = { status: response.status, headers: response.headers, bytes };
    answer.body = contentType.startsWith('application/json') && bytes.length ? JSON.parse(bytes) : bytes.toString();
    if (record) {
      this.exchanges.push({ method, path: where.split('?')[0], status: answer.status, type: contentType, body: answer.body });
    }
    return answer;
  }

  /** api() that must answer `status`; gives the body. */
  async must(status, method, where, body, options) {
    const answer = await this.api(method, where, body, options);
    assert.equal(answer.status, status, `${method} ${where}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Uploads bytes or files; files: one or a list of paths and { name, bytes, type }. */
  upload(patientId, files, fields = {}, options = {}) {
    const form = new FormData();
    form.append('patient_id', String(patientId));
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const file of [files].flat()) {
      const one = typeof file === 'string' ? { name: path.basename(file), bytes: fs.readFileSync(file) } : file;
      form.append('file', new Blob([one.bytes], { type: one.type ?? 'application/octet-stream' }), one.name);
    }
    return this.api('POST', '/api/documents/', form, options);
  }

  /** Waits until a document is read, one way or the other. */
  settled(id) {
    return until(`document ${id} to be indexed or failed`, async () => {
      const document = await this.must(200, 'GET', `/api/documents/${id}/`);
      return ['indexed', 'failed'].includes(document.status) && document;
    });
  }

  /** Uploads one file and waits until it is indexed. */
  async indexed(patientId, file, fields) {
    const answer = await this.upload(patientId, file, fields);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const document = await this.settled(answer.body.id);
    assert.equal(document.status, 'indexed', `${document.title}: ${document.error_code} ${document.error}`);
    return document;
  }

  /**
   * An account whose owner has chosen his password, as he must when somebody else set the first; nobody is signed in. One of a service
   * keeps what it was given. Answers the account as it was made.
   */
  async account({ password, ...user }) {
    const first = user.role === 'service' ? password : `${password}, au début`;
    const made = await this.must(201, 'POST', '/api/users/', { ...user, password: first });
    if (first === password) return made;
    const browser = async (with_) => {
      const { headers } = await this.api('POST', '/api/auth/login/', { email: user.email, password: with_ }, { token: null });
      const cookies = headers.get('set-cookie');
      return { token: null, headers: { Cookie: cookies.match(/sessionid=[^;]+/)[0], 'X-CSRFToken': cookies.match(/csrftoken=([^;]+)/)[1] } };
    };
    const given = await browser(first);
    await this.must(204, 'POST', '/api/auth/password/', { old_password: first, new_password: password }, given);
    await this.must(204, 'DELETE', `/api/users/${made.id}/sessions/`);
    return made;
  }

  /** The patient's side of WhatsApp. */
  simulator = {
    send: (phone, body) => this.must(201, 'POST', '/api/simulator/', { phone, body }),
    messages: async (phone) => {
      const list = await this.must(200, 'GET', `/api/simulator/?phone=${encodeURIComponent(phone)}&page_size=100`);
      return list.results ?? list;
    },
    received: async (phone) => (await this.simulator.messages(phone)).filter((m) => m.direction === 'out'),
    /** Waits for an outgoing message after the first `seen` ones; answers it. */
    next: (phone, seen = 0) => until('a message to a patient', async () => (await this.simulator.received(phone))[seen]),
    /** Says something as the patient and waits for the reply's text. */
    ask: async (phone, body) => {
      const seen = (await this.simulator.received(phone)).length;
      await this.simulator.send(phone, body);
      return (await this.simulator.next(phone, seen)).body;
    },
  };

  /** A patient whose link has arrived and was confirmed. One that still waits to be sent would be needless then, and not be sent at all. */
  async activePatient(with_) {
    const patient = await this.must(201, 'POST', '/api/patients/', aPatient(with_));
    const arrived = async () => (await this.simulator.received(patient.phone)).find((m) => m.status === 'delivered');
    const { body } = await until(`the link on ${patient.phone}`, arrived);
    const token = /confirm-([\w-]+)/.exec(body)?.[1];
    return this.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true, ...(token && { token }) });
  }

  kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Stops it as a person would; it must end well, and nothing may have been reported by a sanitizer. */
  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    const { code, signal } = await this.ended;
    const report = SANITIZER_REPORT.exec(this.output);
    const shown = report ? this.output.slice(report.index, report.index + 6000) : this.output.slice(-3000);
    assert.ok(!report, `a sanitizer reported:\n${shown}`);
    assert.equal(signal ?? code, 0, `the program ended with ${signal ?? code}:\n${shown}`);
  }

  remove() {
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A running program with its administrator signed in. */
async function startServer({ env = {}, dataDir = tempDir(), login = true } = {}) {
  const server = new Server(dataDir, env);
  await server.start();
  if (login) await server.login();
  return server;
}

/** Runs fn with a program of its own, which is stopped and looked at afterwards. */
async function withOwnServer(options, fn) {
  const server = await startServer(options);
  try {
    await fn(server);
  } finally {
    await server.stop();
  }
  server.remove();
}

/** Holds every answer that was kept against what /api/schema/ says of it. */
async function assertAsDocumented(server) {
  const schema = await server.must(200, 'GET', '/api/schema/', undefined, { record: false });
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [path.join(__dirname, 'validate.py')], {
    input: JSON.stringify({ schema, exchanges: server.exchanges }), encoding: 'utf8', maxBuffer: 1 << 26,
  });
  assert.equal(status, 0, `answers that are not as documented:\n${stdout}${stderr}`);
}

/**
 * Starts a server for the tests of one file; its answers are held against its schema, and it is stopped (and looked at) after them.
 * options may be a function that starts first what the server needs, and answers them.
 */
function withServer(test, options) {
  const holder = {};
  test.before(async () => { holder.server = await startServer(typeof options === 'function' ? await options() : options); });
  atEnd.push(async () => {
    if (holder.server) {
      try {
        await assertAsDocumented(holder.server);
      } finally {
        await holder.server.stop();
      }
    }
    holder.server?.remove();
  });
  return new Proxy({}, {
    get: (_, name) => {
      const value = holder.server[name];
      return typeof value === 'function' ? value.bind(holder.server) : value;
    },
  });
}

/** Sends bytes as they are and answers everything that comes back until the other side closes, or until done(text). */
function raw(port, bytes, { done = () => false, end = false } = {}) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () => {
      for (const part of [bytes].flat()) socket.write(part);
      if (end) socket.end();
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no end of the answer; so far:\n${text}`)));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (done(text)) socket.destroy();
    });
    socket.on('error', (e) => (e.code === 'ECONNRESET' || e.code === 'EPIPE' ? resolve(text) : reject(e)));
    socket.on('close', () => resolve(text));
  });
}

/** A client of /api/events/: `events` grows while it listens; ended is settled when the server closes. */
async function listen(to, headers = {}) {
  const stop = new AbortController();
  const response = await fetch(`${to.url}/api/events/`, {
    headers: { Authorization: `Token ${to.token}`, ...headers }, signal: stop.signal,
  });
  const listener = { response, events: [], raw: '', close: () => stop.abort() };
  listener.ended = (async () => {
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      listener.raw += chunk;
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s)));
        if (fields.event) listener.events.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
      }
    }
  })().catch(() => {});
  return listener;
}

let people = 0;
/** A patient that the API accepts; what is given wins. */
function aPatient(with_ = {}) {
  people += 1;
  return {
    first_name: 'Awa', last_name: 'Diop', phone: `+22170000${String(1000 + people)}`, date_of_birth: '1986-03-14', gender: 'F', ...with_,
  };
}

/** The papers of the made-up clinic, and what can be read in them. */
const demo = {
  ...JSON.parse(fs.readFileSync(path.join(ROOT, 'demo', 'expected.json'))),
  file: (name) => path.join(ROOT, 'demo', 'documents', name),
};

module.exports = {
  ADMIN, BUILD, PATIENCE_MS, PROGRAM, ROOT, SANITIZED, aPatient, demo, listen, programEnv, raw, run, spawnProgram, startServer, tempDir, until,
  withOwnServer, withServer,
};

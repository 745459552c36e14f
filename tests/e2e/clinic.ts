/** clinic -- the real program on a copy of the made-up clinic (demo/), which is filled once a run. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..', '..');
const BUILD = path.resolve(ROOT, process.env.MEDIRECORD_BUILD || 'build');
const PROGRAM = path.join(BUILD, 'medirecord');
const START_MS = 40_000;

export const ADMIN = { email: 'chef@clinique.example', password: 'un mot de passe de test 2026' };

function environment(dataDir: string, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH, HOME: dataDir, LANG: 'C.UTF-8', MEDIRECORD_DATA_DIR: dataDir, MEDIRECORD_LISTEN: '127.0.0.1:0',
    MEDIRECORD_ADMIN_EMAIL: ADMIN.email, MEDIRECORD_ADMIN_PASSWORD: ADMIN.password, ...extra,
  };
}

/** Fills a data directory with the made-up clinic; answers it. */
export function makeDemo(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'medirecord-e2e-'));
  const { status, stderr } = spawnSync(PROGRAM, ['demo', '--from', path.join(ROOT, 'demo')], { cwd: dir, env: environment(dir), encoding: 'utf8' });
  if (status !== 0) throw new Error(`medirecord demo ended with ${status}: ${stderr}`);
  return dir;
}

export class Clinic {
  url = '';
  output = '';
  private child!: ChildProcess;
  private ended!: Promise<number | string | null>;
  private token = '';
  private port = 0;

  private constructor(readonly dataDir: string, private readonly env: Record<string, string>) {}

  /** A copy of its own, so that no test sees another's changes; `fill` puts more into it before the program starts. */
  static async start(env: Record<string, string> = {}, fill?: (dataDir: string) => void): Promise<Clinic> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'medirecord-e2e-'));
    fs.cpSync(process.env.MEDIRECORD_E2E_DEMO!, dir, { recursive: true });
    fill?.(dir);
    const clinic = new Clinic(dir, env);
    await clinic.serve();
    return clinic;
  }

  /** Starts the program; again on the same port, after stop(). */
  async serve() {
    this.child = spawn(PROGRAM, ['serve'], {
      cwd: this.dataDir, stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(this.dataDir, { ...this.env, ...(this.port && { MEDIRECORD_LISTEN: `127.0.0.1:${this.port}` }) }),
    });
    this.ended = new Promise((resolve) => this.child.on('close', (code, signal) => resolve(code ?? signal)));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no address:\n${this.output}`)), START_MS);
      const read = (chunk: Buffer) => {
        this.output += chunk;
        const found = /listening on (http:\/\/[^\s"]+)/.exec(this.output.slice(-4000));
        if (!found) return;
        clearTimeout(timer);
        this.url = found[1]!.replace(/\/$/, '');
        this.port = Number(new URL(this.url).port);
        resolve();
      };
      this.child.stdout!.on('data', read);
      this.child.stderr!.on('data', read);
      void this.ended.then((how) => reject(new Error(`ended with ${how} before it listened:\n${this.output}`)));
    });
  }

  /** As a person would stop it; must end well. */
  async stop() {
    this.child.kill('SIGTERM');
    const how = await this.ended;
    if (how !== 0) throw new Error(`the program ended with ${how}:\n${this.output.slice(-3000)}`);
  }

  async remove() {
    await this.stop();
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The API as the administrator, to prepare and to look behind the page. */
  async api<T = any>(method: string, where: string, body?: unknown): Promise<T> {
    if (!this.token && where !== '/api/auth/token/') this.token = (await this.api('POST', '/api/auth/token/', ADMIN)).token;
    const response = await fetch(this.url + where, {
      method,
      headers: { ...(this.token && { Authorization: `Token ${this.token}` }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** An account whose owner has chosen his password, as he must when somebody else set the first; nobody is signed in. */
  async account(user: { email: string; password: string; role: string; full_name?: string }): Promise<{ id: number }> {
    const first = { ...user, password: `${user.password}, au début` };
    const made = await this.api('POST', '/api/users/', first);
    const cookies = await this.cookies({ email: first.email, password: first.password });
    const response = await fetch(`${this.url}/api/auth/password/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-CSRFToken': cookies.find(({ name }) => name === 'csrftoken')!.value,
        Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ old_password: first.password, new_password: user.password }),
    });
    if (!response.ok) throw new Error(`choose a password: ${response.status} ${await response.text()}`);
    await this.api('DELETE', `/api/users/${made.id}/sessions/`);
    return made;
  }

  /** The cookies of a browser that signed in; password and address of an account, or the administrator. */
  async cookies(account: { email: string; password: string } = ADMIN) {
    const response = await fetch(`${this.url}/api/auth/login/`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(account) });
    if (!response.ok) throw new Error(`sign in: ${response.status} ${await response.text()}`);
    return response.headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: this.url, httpOnly: /httponly/i.test(line) };
    });
  }
}

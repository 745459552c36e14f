'use strict';
/* The five-minute tour of README.md, word for word; only the port and the folders are those of the test. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { BUILD, ROOT, run, tempDir, until, withOwnServer } = require('./harness.js');

const DONE = '-- done --';

/** The block after "With `make start` running", cut at its comments into { comment, command }. */
function tour() {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const block = /With `make start` running.*?```sh\n(.*?)```/s.exec(readme)[1];
  return block.split(/^# /m).slice(1).map((step) => {
    const [, comment, command] = /^(.*)\n([^]*)$/.exec(step);
    return { comment, command };
  });
}

/** A terminal: say(command) answers what it printed. */
function terminal(home, dataDir) {
  const bash = spawn('bash', ['--norc', '-c', 'exec bash 2>&1'], { cwd: home, env: { PATH: process.env.PATH, MEDIRECORD_DATA_DIR: dataDir } });
  const say = (command) => new Promise((resolve) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      if (!text.includes(DONE)) return;
      bash.stdout.off('data', read);
      resolve(text.slice(0, text.indexOf(DONE)));
    };
    bash.stdout.on('data', read);
    bash.stdin.write(`${command}\necho '${DONE}'\n`);
  });
  return { say, close: () => bash.stdin.end() };
}

// What the last line of a step shows in the end: a person reads a moment and looks again.
const SHOWS = {
  'what her phone received': /confirm-/, 'she answers yes': /OUI/, 'a prescription': /"status":"indexed"/, 'what was taken out': /METFORMINE/,
  'she asks': /AMLODIPINE/, 'the same from a program': /850 mg/, '… and on the terminal': /10 mg/,
};

test('the tour works word for word', async () => {
  const dataDir = tempDir();
  const env = { MEDIRECORD_ADMIN_EMAIL: '', MEDIRECORD_ADMIN_PASSWORD: '' };
  await withOwnServer({ dataDir, env, login: false }, async (own) => {
    const home = tempDir();
    fs.symlinkSync(BUILD, path.join(home, 'build'));
    fs.symlinkSync(path.join(ROOT, 'demo'), path.join(home, 'demo'));
    const { say, close } = terminal(home, dataDir);
    const shown = new Set();
    for (const { comment, command } of tour()) {
      const here = command.replaceAll('127.0.0.1:8000', `127.0.0.1:${own.port}`).trimEnd();
      let printed = await say(here);
      const what = Object.keys(SHOWS).find((k) => comment.startsWith(k));
      if (what) {
        const look = here.split('\n').at(-1);
        if (!SHOWS[what].test(printed)) await until(comment, async () => SHOWS[what].test(printed = await say(look)));
        shown.add(what);
      }
      assert.doesNotMatch(printed, /"code":|command not found|No such file|autre personne/, comment);
    }
    close();
    assert.deepEqual([...shown], Object.keys(SHOWS), 'the tour has other steps');
  });
});

test('`make demo` fills a clinic that nobody has signed in to yet', async () => {
  const env = { MEDIRECORD_ADMIN_EMAIL: '', MEDIRECORD_ADMIN_PASSWORD: '' };
  const { code, stderr } = await run(['demo', '--from', path.join(ROOT, 'demo')], { env, patienceMs: 120_000 });
  assert.equal(code, 0, stderr);
});

/* The catalogues: every word is used, and none stands in a component; no browser. */
import { expect, test } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';

import jobs from '../../web/src/messages/fr/jobs';
import simulator from '../../web/src/messages/fr/simulator';
import { allTexts } from './said';

const SRC = path.resolve(__dirname, '..', '..', 'web', 'src');

function* files(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const name = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* files(name);
    else if (/\.tsx?$/.test(name)) yield name;
  }
}

const sources = [...files(SRC)].filter((f) => !path.relative(SRC, f).startsWith(`messages${path.sep}`));
const text = sources.map((f) => fs.readFileSync(f, 'utf8')).join('\n');

// Those of common.ts are there for pages to come.
for (const file of fs.readdirSync(path.join(SRC, 'messages', 'fr')).filter((f) => f !== 'common.ts')) {
  test(`every word of ${file} is used`, () => {
    const keys = [...fs.readFileSync(path.join(SRC, 'messages', 'fr', file), 'utf8').matchAll(/^ {2}(\w+):/gm)].map((m) => m[1]!);
    expect(keys.length).toBeGreaterThan(0);
    // A table names its words: { word: 'templates', help: 'templatesHelp' }.
    expect(keys.filter((key) => !new RegExp(`\\.${key}\\b|(word|help): '${key}'`).test(text))).toEqual([]);
  });
}

test('no component speaks one language only', () => {
  const spoken = sources.filter((f) => !/global-error|not-found|layout\.tsx|app\/login\/page\.tsx/.test(f)).flatMap((f) =>
    // Text between tags that has letters beyond ASCII, or two words: what French looks like in JSX.
    [...fs.readFileSync(f, 'utf8').matchAll(/>\s*([A-ZÀ-Ü][a-zà-ÿ’]+(?: [a-zà-ÿ’]+)+[^<{}]*)</g)].map((m) => `${path.relative(SRC, f)}: ${m[1]}`),
  );
  expect(spoken).toEqual([]);
});

test('no line begins with a colon, and none ends with an opening quote', () => {
  const asPatientsType = new Set<string>(simulator.examples);
  expect([...allTexts('fr')].filter((words) => / [:;?!»]|« /.test(words) && !asPatientsType.has(words))).toEqual([]);
});

test('every kind of work has a name', () => {
  const program = path.resolve(SRC, '..', '..', 'src');
  const headers = fs.readdirSync(program, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.h'));
  const kinds = headers.flatMap((name) => [...fs.readFileSync(path.join(program, name), 'utf8').matchAll(/#define \w*(?:JOB|KIND)\w* +"([a-z_.]+)"/g)].map((m) => m[1]!));
  expect(kinds.length).toBeGreaterThan(20);
  expect(kinds.filter((kind) => !(kind in jobs.kinds))).toEqual([]);
});

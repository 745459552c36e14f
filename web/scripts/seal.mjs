/**
 * Makes the export of `next build` ready to be served: compresses what shrinks, works out the Content-Security-Policy of every page from
 * the scripts that it holds, and writes manifest.json, the only list of what `medirecord serve` gives out.
 *
 *   node scripts/seal.mjs EXPORT DIRECTORY
 *
 * DIRECTORY is replaced as a whole. Fails when a page holds what the policy would forbid.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { startAfterPaint } from './after-paint.mjs';
import { withEarly } from './early.mjs';
import { inlineStyle } from './inline-style.mjs';
import { settle } from './settle.mjs';
import { isRuntime, pauseBetweenParts, startInParts } from './start.mjs';
import { buildWorker } from './worker.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.html', '.txt', '.js', '.css', '.json', '.webmanifest', '.svg']);
/** A packet or two: smaller is not faster. */
const COMPRESS_MIN_BYTES = 600;
/** Pages that Next.js writes twice. */
const LEFT_OUT = /^\/(404|_not-found)\//;
/** The segment that stands for any id (generateStaticParams). */
const ANY = '_';
/** The service worker, whose scope is the folder that it is served from. */
const WORKER = '/worker.js';

const [exported, target] = process.argv.slice(2);
if (!exported || !target) {
  console.error('usage: node scripts/seal.mjs EXPORT DIRECTORY');
  process.exit(2);
}

function* walk(dir, prefix = '/') {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* walk(path.join(dir, entry.name), `${prefix}${entry.name}/`);
    else yield `${prefix}${entry.name}`;
  }
}

const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const hashesOf = (elements) => [...new Set(elements.map(([, , text]) => sha256(text)))];

/** What a page may do: its own scripts and styles, those written into it by their hashes, nothing from elsewhere. */
function policyOf(name, html) {
  const scripts = hashesOf([...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].filter(([, attributes]) => !/\bsrc=/.test(attributes)));
  const styles = hashesOf([...html.matchAll(/<style()>([\s\S]*?)<\/style>/g)]);
  const forbidden = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '').match(/<style\b|\sstyle="|\son[a-z]+="|javascript:/);
  if (forbidden) throw new Error(`${name} holds ${forbidden[0].trim()}, which its policy forbids`);
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function write(name, bytes) {
  const to = path.join(target, name);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, bytes);
}

/** What one opens first: it is painted as soon as it came, and loads its scripts whole before anything else happens. */
const FIRST_PAGES = ['/login/index.html', '/dashboard/index.html'];
/**
 * Chromium compiles functions when they are first called, on the thread that paints. Said so, it compiles these scripts on another one while they come
 * (https://v8.dev/blog/explicit-compile-hints); for other browsers it is a comment.
 */
const CALLED_ON_LOAD = '//# allFunctionsCalledOnLoad\n';
/** Less is compiled in no time anywhere. */
const COMPILED_AHEAD_MIN_BYTES = 10_000;

function scriptsOf(page) {
  const html = fs.readFileSync(path.join(exported, page), 'utf8');
  return [...html.matchAll(/<script\b[^>]*\ssrc="([^"]+)"(?![^>]*\snomodule)/gi)].map(([, src]) => src);
}

const textOf = (name) => fs.readFileSync(path.join(exported, name), 'utf8');

async function pageOf(name, html) {
  const page = await withEarly(name, startInParts(settle(name, html), textOf));
  return FIRST_PAGES.includes(name) ? startAfterPaint(name, inlineStyle(page, textOf)) : page;
}

/** A file as it is given out. */
async function bytesOf(name) {
  const read = fs.readFileSync(path.join(exported, name));
  if (name.endsWith('.html')) return Buffer.from(await pageOf(name, read.toString('utf8')));
  if (isRuntime(name)) return Buffer.from(CALLED_ON_LOAD + pauseBetweenParts(read.toString('utf8')));
  return first.has(name) && read.length >= COMPILED_AHEAD_MIN_BYTES ? Buffer.concat([Buffer.from(CALLED_ON_LOAD), read]) : read;
}

async function seal(name) {
  const bytes = await bytesOf(name);
  const ext = path.extname(name);
  const type = TYPES[ext];
  if (!type) throw new Error(`${name}: what type is ${ext}?`);
  write(name, bytes);
  const file = { path: name, type, etag: createHash('sha256').update(bytes).digest('hex').slice(0, 16), size: bytes.length };
  if (name.startsWith('/_next/static/')) file.immutable = true;
  if (COMPRESSED.has(ext) && bytes.length >= COMPRESS_MIN_BYTES) {
    const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    const gz = gzipSync(bytes, { level: 9 });
    if (br.length < bytes.length && gz.length < bytes.length) {
      write(`${name}.br`, br);
      write(`${name}.gz`, gz);
      file.compressed = true;
    }
  }
  if (ext === '.html') file.policy = policyOf(name, bytes.toString('utf8'));
  // A service worker lives under the policy that it came with, not under that of the pages.
  if (name === WORKER) file.policy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";
  return file;
}

/** Folders that answer every id: "/dashboard/patients/_/". */
function anyId(names) {
  return [...new Set(names.map((name) => path.posix.dirname(name) + '/').filter((dir) => dir.split('/').includes(ANY)))].sort();
}

const names = [...walk(exported)].filter((name) => !LEFT_OUT.test(name) && name !== WORKER);
const any = anyId(names);
const first = new Set(FIRST_PAGES.flatMap(scriptsOf));
buildWorker(exported, WORKER, any);
fs.rmSync(target, { recursive: true, force: true });
const files = [];
for (const name of [...names, WORKER]) files.push(await seal(name));
files.sort((a, b) => (a.path < b.path ? -1 : 1));
write('/manifest.json', JSON.stringify({ files, any }, null, 1));
const total = files.reduce((sum, f) => sum + f.size, 0);
console.log(`web: ${files.length} files, ${Math.round(total / 1024)} KiB, ${any.length} pages for any id`);

/**
 * Builds the service worker (src/worker/) into the export, told what of this very build it is to keep: the pages that must open without a
 * server, and the scripts, styles and fonts that they name.
 */
import fs from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

/** What one opens first, and what says that a page was never opened here. */
const PAGES = ['/dashboard/', '/offline/'];

/** Only what the page itself names: what it fetches later is kept when it was. */
function filesOf(exported, page) {
  const html = fs.readFileSync(path.join(exported, page, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"?]+)"/g)].map(([, url]) => url);
}

export function buildWorker(exported, name, anyId) {
  const files = [...new Set(PAGES.flatMap((page) => filesOf(exported, page)))].sort();
  buildSync({
    entryPoints: [path.join(import.meta.dirname, '..', 'src', 'worker', 'worker.ts')],
    outfile: path.join(exported, name),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: {
      PAGES: JSON.stringify(PAGES),
      FILES: JSON.stringify(files),
      ANY_ID: JSON.stringify(anyId),
      'process.env.NODE_ENV': '"production"',
    },
  });
}

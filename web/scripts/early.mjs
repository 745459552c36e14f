/**
 * Writes into a page what runs before its scripts (src/early/): what asks stands before the styles, for which a script behind them would
 * wait; what shows stands behind the page. React and next/link are too much for that: what draws the page's components there is
 * src/early/static-react.ts.
 */
import path from 'node:path';
import { build } from 'esbuild';

const early = (name) => path.join(import.meta.dirname, '..', 'src', 'early', name);
const PAGES = { '/dashboard/index.html': { first: early('today-ask.ts'), last: early('today-show.tsx') } };
const FIRST = /<meta charSet="utf-8"\/>/;
const LAST = /<\/body>/;

/** lucide-react names its own part by where it lies, which `alias` does not see. */
const icons = {
  name: 'icons',
  setup: (step) => step.onResolve({ filter: /^\.\/Icon\.mjs$/ }, () => ({ path: early('static-icon.ts') })),
};

async function scriptOf(entry) {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    alias: { react: early('static-react.ts'), 'react/jsx-runtime': early('static-react.ts'), 'next/link': early('static-link.tsx') },
    plugins: [icons],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return `<script>${built.outputFiles[0].text.trim()}</script>`;
}

/** The page with its early scripts, if it has some. */
export async function withEarly(name, html) {
  const page = PAGES[name];
  if (!page) return html;
  if (!FIRST.test(html) || !LAST.test(html)) throw new Error(`${name}: no place for what comes early`);
  const [first, last] = await Promise.all([page.first, page.last].map(scriptOf));
  return html.replace(FIRST, (meta) => meta + first).replace(LAST, (end) => last + end);
}

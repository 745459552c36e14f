/**
 * Writes into a page what runs before its scripts (src/early/): what asks stands before the styles, for which a script behind them would
 * wait; what shows stands behind the page; where a form is, its sending is held. React and next/link are too much for that: what draws the page's components there is
 * src/early/static-react.ts.
 */
import path from 'node:path';
import { build } from 'esbuild';

const early = (name) => path.join(import.meta.dirname, '..', 'src', 'early', name);
const PAGES = { '/dashboard/index.html': { first: early('today-ask.ts'), last: early('today-show.tsx') } };
const HOLD = early('hold.ts');
const FORM = /<form\b[^>]*>/g;
const FIRST = /<meta charSet="utf-8"\/>/;
const LAST = /<\/body>/;

/** lucide-react names its own part by where it lies, which `alias` does not see. */
const icons = {
  name: 'icons',
  setup: (step) => step.onResolve({ filter: /^\.\/Icon\.mjs$/ }, () => ({ path: early('static-icon.ts') })),
};

/** Of each entry; one stands in most pages. */
const built = new Map();

function scriptOf(entry) {
  if (!built.has(entry)) built.set(entry, compiled(entry));
  return built.get(entry);
}

async function compiled(entry) {
  const { outputFiles } = await build({
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
  return `<script>${outputFiles[0].text.trim()}</script>`;
}

/** Whether a page has forms. One that nobody holds would be sent off by the browser, with what was typed in the address. */
function hasForms(name, html) {
  const forms = [...html.matchAll(FORM)].map(([form]) => form);
  const free = forms.find((form) => !form.includes(' data-built='));
  if (free) throw new Error(`${name}: ${free} lacks what lib/before-react.ts gives a form`);
  return forms.length > 0;
}

/** The page with its early scripts, if it has some. */
export async function withEarly(name, html) {
  const { first, last } = PAGES[name] ?? {};
  const firsts = [...(first ? [first] : []), ...(hasForms(name, html) ? [HOLD] : [])];
  if (firsts.length === 0) return html;
  if (!FIRST.test(html) || !LAST.test(html)) throw new Error(`${name}: no place for what comes early`);
  const before = await Promise.all(firsts.map(scriptOf));
  const after = last ? await scriptOf(last) : '';
  return html.replace(FIRST, (meta) => meta + before.join('')).replace(LAST, (end) => after + end);
}

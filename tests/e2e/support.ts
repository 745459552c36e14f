/**
 * support -- what a test of a page gets: `clinic` (a server of its own for the file: playwright.config.ts), `page` (signed in as the administrator), and the watch
 * that fails a test whose page asked anything of another server, wrote an error to the console, threw, or broke its Content-Security-Policy.
 *
 *   test('…', async ({ page, clinic, watch }) => { … await look(page, 'templates'); });
 */
import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import path from 'node:path';

import { ADMIN, Clinic } from './clinic';

export { ADMIN, Clinic, expect };

/** Dark is another set of colours for the same boxes: looked at once. */
const LOOKS = [[1440, 900, 'light'], [1440, 900, 'dark'], [390, 844, 'light']] as const;
const SHOTS = path.join(__dirname, 'screenshots');
/** They are there to be looked at; `make test` takes none, where nobody does (PICTURES=off). */
const withPictures = process.env.PICTURES !== 'off';

export interface Watch {
  faults: string[];
  /** A console error that this test means to cause: the browser itself reports every refused request as one. */
  expected: RegExp[];
}

/** Who opens a page and says no other moment means to use it: its forms, that in the frame too, are React's then (web/src/lib/before-react.ts). */
function waitForReact(page: Page) {
  const { goto, reload } = page;
  const taken = () => page.waitForFunction(() => !document.querySelector('form[data-built]'));
  page.goto = async (url, options) => {
    const response = await goto.call(page, url, options);
    if (!options?.waitUntil) await taken();
    return response;
  };
  page.reload = async (options) => {
    const response = await reload.call(page, options);
    if (!options?.waitUntil) await taken();
    return response;
  };
}

export const test = base.extend<{ watch: Watch; anonymous: boolean }, { clinic: Clinic }>({
  clinic: [
    async ({}, use) => {
      const clinic = await Clinic.start();
      await use(clinic);
      await clinic.remove();
    },
    { scope: 'worker' },
  ],
  /** test.use({ anonymous: true }): nobody is signed in. */
  anonymous: [false, { option: true }],
  baseURL: async ({ clinic }, use) => use(clinic.url),
  watch: [
    async ({ page, clinic }, use) => {
      const watch: Watch = { faults: [], expected: [] };
      page.on('console', (m) => m.type() === 'error' && watch.faults.push(`console: ${m.text()} (${m.location().url})`));
      page.on('pageerror', (e) => watch.faults.push(`thrown: ${e.stack ?? e.message}`));
      page.on('request', (r) => !r.url().startsWith(clinic.url) && !/^(data|blob):/.test(r.url()) && watch.faults.push(`outside: ${r.url()}`));
      await page.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)),
      );
      await use(watch);
      expect(watch.faults.filter((fault) => !watch.expected.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, context, clinic, anonymous, javaScriptEnabled }, use) => {
    if (!anonymous) await context.addCookies(await clinic.cookies());
    if (javaScriptEnabled !== false) waitForReact(page);
    await use(page);
  },
});

/** What toast() said, where it is seen (it is also told to screen readers, in words of its own). */
export const told = (page: Page, text: string | RegExp) => page.getByRole('region', { name: /^(Avis|Notices)/ }).getByText(text);

async function theme(page: Page, look: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', look);
}

/**
 * Until what the browser moves has come to its end: a colour on its way to another is none of the page's. An inherited colour begins to move when that of
 * the element around it has ended, however short that took: so it is looked again until nothing does.
 */
async function still(page: Page) {
  await page.evaluate(async () => {
    for (;;) {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const ending = document.getAnimations().filter((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity);
      if (ending.length === 0) return;
      await Promise.allSettled(ending.map((a) => a.finished));
    }
  });
}

/** Parts of the page that reach into its margin: a grid without minmax(0, …), a word that does not break. */
function overTheEdge(): string[] {
  const main = document.querySelector('main');
  if (!main) return [];
  const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight);
  return [...main.querySelectorAll(':scope > *, :scope > * > *')].filter((e) => e.getBoundingClientRect().right > edge + 1).map((e) => e.outerHTML.slice(0, 120));
}

/** What axe finds (WCAG 2.2 A and AA, and its best practices, contrast in both looks), in a line each. */
async function faultsOf(page: Page, look: 'light' | 'dark'): Promise<string[]> {
  // Half a megabyte: once a document. Only what is wrong is described, and sent out of the browser.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (only) => {
      // A link that covers its row (row-link) would keep axe from judging the colours of all that stands in it.
      const bare = new CSSStyleSheet();
      bare.replaceSync('.row-link::after { content: none }');
      const sheets = [...document.adoptedStyleSheets];
      document.adoptedStyleSheets = [...sheets, bare];
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], ...(only && { runOnly: only }) });
      document.adoptedStyleSheets = sheets;
      return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
    },
    look === 'dark' ? ['color-contrast'] : undefined, // dark is the same page in other colours
  );
}

/** The page as it is now at one size: nothing is wider than the screen; a picture of it unless PICTURES=off. */
export async function view(page: Page, name: string, [width, height, look]: readonly [number, number, 'light' | 'dark']) {
  await page.setViewportSize({ width, height });
  await theme(page, look);
  await still(page);
  if (withPictures) await page.screenshot({ path: path.join(SHOTS, `${name}-${width}${look === 'dark' ? '-dark' : ''}.png`), fullPage: true, animations: 'disabled' });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${name} is wider than ${width} px by`).toBeLessThanOrEqual(0);
  expect(await page.evaluate(overTheEdge), `${name} leaves its column at ${width} px`).toEqual([]);
}

/**
 * Looks at the page as it is now: no fault of axe in light and dark, nothing wider than the screen, and a picture of each at 390 and 1440 pixels in
 * screenshots/ unless PICTURES=off. Call it in every state that a person can see (empty, full, error, dialog).
 */
export async function look(page: Page, name: string) {
  const size = page.viewportSize()!;
  for (const shape of LOOKS) {
    await view(page, name, shape);
    const [width, , look] = shape;
    expect(await faultsOf(page, look), `axe, ${name}, ${width} px, ${look}`).toEqual([]);
  }
  await theme(page, 'light');
  await page.setViewportSize(size);
}

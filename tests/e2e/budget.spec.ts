/* What the first pages weigh: compressed script that comes before anybody touched anything. */
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from './support';

const SCRIPT_MAX_BYTES = 150_000;
/** Ten packets, the first that a server sends without waiting (RFC 6928), less the head of the answer: what is written into the page costs no round trip. */
const PAGE_MAX_BYTES = 13_000;

for (const [name, where, anonymous] of [['signing in', '/login/', true], ['today', '/dashboard/', false]] as const) {
  test.describe(name, () => {
    test.use({ anonymous });

    test('fits into 150 kB of compressed script', async ({ page }) => {
      const sizes: Array<Promise<[string, number]>> = [];
      page.on('response', (r) => {
        if (!new URL(r.url()).pathname.endsWith('.js')) return;
        sizes.push(r.request().sizes().then((s) => [r.url(), s.responseBodySize]));
      });
      await page.goto(where, { waitUntil: 'networkidle' });
      const all = await Promise.all(sizes);
      const sum = all.reduce((total, [, size]) => total + size, 0);
      expect(all.length).toBeGreaterThan(5);
      expect(sum, all.map(([url, size]) => `${size} ${url}`).join('\n')).toBeLessThanOrEqual(SCRIPT_MAX_BYTES);
    });

    test('is painted with the first packets', async ({ page }) => {
      const html = await (await page.goto(where))!.text();
      expect(html).not.toMatch(/<link rel="stylesheet"(?![^>]* disabled)/);
      const painted = html.indexOf('<script id="_R_">'); // where React's own data begins
      expect(painted).toBeGreaterThan(0);
      expect(brotliCompressSync(html.slice(0, painted)).length).toBeLessThanOrEqual(PAGE_MAX_BYTES);
    });

    test('is asked for once: then scripts and styles come from the cache', async ({ page, clinic }) => {
      await page.goto(where);
      const { headers } = await page.request.get(await page.locator('script[src]').first().getAttribute('src').then((s) => clinic.url + s)).then((r) => ({ headers: r.headers() }));
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-encoding']).toBe('br');
    });
  });
}

test.describe('before any script came', () => {
  test.use({ javaScriptEnabled: false });

  test('today shows where one is and the shape of what comes', async ({ page }) => {
    await page.goto('/dashboard/');
    await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'À traiter' })).toBeVisible();
  });
});

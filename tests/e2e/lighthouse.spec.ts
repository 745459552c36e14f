/*
 * What Lighthouse says of the pages on a phone: accessibility and best practices are whole. How fast they are is printed, and asked for with
 * LIGHTHOUSE_PERFORMANCE=95 (and --workers=1, on a machine that does nothing else): beside other tests it says more of those.
 */
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';

import { expect, test } from './support';

const FASTER_THAN = Number(process.env.LIGHTHOUSE_PERFORMANCE ?? 0);
const PAGES: ReadonlyArray<readonly [string, string, boolean]> = [
  ['signing in', '/login/', false],
  ['today', '/dashboard/', true],
];

test.use({ anonymous: true });

for (const [name, where, signedIn] of PAGES) {
  test(`${name} on a phone`, async ({ clinic }) => {
    test.setTimeout(120_000);
    const { default: lighthouse } = await import('lighthouse');
    const chrome = await launch({
      chromePath: process.env.CHROMIUM || '/usr/bin/chromium',
      chromeFlags: ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
      // Kept by the browser as after signing in: scripts look at them, which a header alone would not show.
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${chrome.port}`);
      if (signedIn) await browser.contexts()[0]!.addCookies(await clinic.cookies());
      await browser.close();
      const result = await lighthouse(clinic.url + where, {
        port: chrome.port,
        logLevel: 'error',
        onlyCategories: ['performance', 'accessibility', 'best-practices'],
        disableStorageReset: true, // it would take the cookies away
      });
      const { categories, audits } = result!.lhr;
      const score = (category: string) => Math.round((categories[category]!.score ?? 0) * 100);
      const faults = (category: string) =>
        categories[category]!.auditRefs.filter((ref) => ref.weight > 0 && (audits[ref.id]!.score ?? 1) < 1).map((ref) => `${ref.id}: ${audits[ref.id]!.title} ${audits[ref.id]!.displayValue ?? ''}`);
      const seconds = (audit: string) => Math.round((audits[audit]?.numericValue ?? NaN) / 10) / 100;
      console.log(`lighthouse ${where}: performance ${score('performance')}, interactive ${seconds('interactive')} s, largest paint ${seconds('largest-contentful-paint')} s, blocked ${audits['total-blocking-time']?.numericValue?.toFixed(0)} ms, moved ${audits['cumulative-layout-shift']?.numericValue?.toFixed(3)}`);
      expect(result!.lhr.finalDisplayedUrl).toBe(clinic.url + where);
      expect(faults('accessibility')).toEqual([]);
      expect(faults('best-practices')).toEqual([]);
      expect(score('performance'), faults('performance').join('\n')).toBeGreaterThanOrEqual(FASTER_THAN);
    } finally {
      chrome.kill();
    }
  });
}

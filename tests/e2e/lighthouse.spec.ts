/*
 * What Lighthouse says of the pages on a phone: accessibility and best practices are whole. How fast they are is printed, and asked for with
 * LIGHTHOUSE_PERFORMANCE=95 (by the processor's time, see phone.ts, so that it holds beside other programs too; best with --workers=1).
 * LIGHTHOUSE_INTERACTIVE=2.5 asks, by the same clock, for pages that answer after so many seconds.
 * LIGHTHOUSE_RUNS=5 prints medians; LIGHTHOUSE_BEFORE=DIRECTORY, an older build/web, is measured in turn with this one.
 * Beside it, by the clock alone: when today can be read on a line and a phone that really are slow.
 */
import { Clinic, expect, test } from './support';
import { LONG_MS, median, seeOnPhone, seeOnSlowLine, type Figures, type Seen, type Slow } from './phone';

const FASTER_THAN = Number(process.env.LIGHTHOUSE_PERFORMANCE ?? 0);
const SOONER_THAN_S = Number(process.env.LIGHTHOUSE_INTERACTIVE ?? Infinity);
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 1);
const BEFORE = process.env.LIGHTHOUSE_BEFORE;
const RUN_MAX_MS = 120_000;
const PAGES: ReadonlyArray<readonly [string, string, boolean]> = [
  ['signing in', '/login/', false],
  ['today', '/dashboard/', true],
];

test.use({ anonymous: true });

function told(seen: Seen[]): string {
  const of = (pick: (s: Seen) => number) => median(seen.map(pick));
  const figures = (name: string, pick: (s: Seen) => Figures) =>
    `  ${name.padEnd(9)} ${of((s) => pick(s).score)} of 100, first paint ${(of((s) => pick(s).first) / 1000).toFixed(2)} s, largest ${(of((s) => pick(s).largest) / 1000).toFixed(2)} s, ` +
    `interactive ${(of((s) => pick(s).interactive) / 1000).toFixed(2)} s, blocked ${of((s) => pick(s).blocked).toFixed(0)} ms, moved ${of((s) => pick(s).moved).toFixed(3)}`;
  return [
    figures('quiet', (s) => s.quiet),
    figures('as it was', (s) => s.wall),
    `  of ${seen.length > 1 ? 'the last run' : 'it'} tasks that take the phone more than 50 ms: ${seen.at(-1)!.quiet.long.map(([at, ms]) => `${ms.toFixed(0)} ms at ${(at / 1000).toFixed(2)} s`).join(', ') || 'none'}`,
    `  processor ${of((s) => s.processor.total).toFixed(0)} ms of the page's thread here; on the phone ${of((s) => s.processor.blocking).toFixed(0)} ms of it block`,
    `  longest task after the first paint ${of((s) => s.processor.longest.wall).toFixed(1)} ms here, ${of((s) => s.processor.longest.cpu).toFixed(1)} ms of them on the processor (one of ${LONG_MS} would block the phone)`,
  ].join('\n');
}

for (const [name, where, signedIn] of PAGES) {
  test(`${name} on a phone`, async ({ clinic }) => {
    test.setTimeout(RUN_MAX_MS * RUNS * (BEFORE ? 2 : 1));
    const older = BEFORE ? await Clinic.start({ MEDIRECORD_WEB_DIR: BEFORE }) : null;
    const seen: Seen[] = [];
    const before: Seen[] = [];
    try {
      for (let run = 0; run < RUNS; run++) {
        if (older) before.push(await seeOnPhone(older, where, signedIn));
        seen.push(await seeOnPhone(clinic, where, signedIn));
      }
    } finally {
      await older?.remove();
    }
    if (older) console.log(`lighthouse ${where} before, median of ${RUNS}:\n${told(before)}`);
    console.log(`lighthouse ${where}, median of ${RUNS}:\n${told(seen)}`);
    for (const { url, faults } of seen) {
      expect(url).toBe(clinic.url + where);
      expect(faults.accessibility).toEqual([]);
      expect(faults['best-practices']).toEqual([]);
    }
    expect(median(seen.map((s) => s.quiet.score)), seen[0]!.faults.performance!.join('\n')).toBeGreaterThanOrEqual(FASTER_THAN);
    expect(median(seen.map((s) => s.quiet.interactive)) / 1000).toBeLessThanOrEqual(SOONER_THAN_S);
  });
}

test('today on a slow line', async ({ browser, clinic }) => {
  test.setTimeout(RUN_MAX_MS * RUNS);
  const older = BEFORE ? await Clinic.start({ MEDIRECORD_WEB_DIR: BEFORE }) : null;
  const seen: Slow[] = [];
  const before: Slow[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      if (older) before.push(await seeOnSlowLine(browser, older));
      seen.push(await seeOnSlowLine(browser, clinic));
    }
  } finally {
    await older?.remove();
  }
  const of = (list: Slow[], what: keyof Slow) => (median(list.map((s) => s[what])) / 1000).toFixed(2);
  const said = (list: Slow[]) => `frame ${of(list, 'frame')} s, rows ${of(list, 'rows')} s, React ${of(list, 'react')} s`;
  if (older) console.log(`slow 4G before, median of ${RUNS}: ${said(before)}`);
  console.log(`slow 4G, median of ${RUNS}: ${said(seen)}`);
  for (const { rows, react } of seen) expect(rows).toBeLessThan(react);
});

/**
 * phone -- what Lighthouse says of a page on a cheap phone and a slow line, by two clocks: the wall's, and the processor's. The second is what a machine that does
 * nothing else would show: every task of the trace lasts as long as it had the processor, so that other programs beside it do not count as the page's work, and
 * neither does what V8 does only because Lighthouse listens (WATCHED). Score, blocking and interactive are Lighthouse's own, of the trace that was so shortened.
 */
import { chromium, type Browser } from '@playwright/test';
import { launch } from 'chrome-launcher';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Clinic } from './clinic';

/** A task longer than this blocks, by as much as it is longer (Lighthouse's own measure). */
const BLOCKING_MS = 50;
/** How much slower the phone is (Lighthouse's own figure). */
const SLOWER = 4;
/** So a task that lasts longer than this here blocks there. */
export const LONG_MS = BLOCKING_MS / SLOWER;
/** When a mark of the page was, not how long something took: it stays where it is. */
const MARK = /Contentful|navigationStart|firstPaint|LayoutShift|ResourceReceive|ResourceFinish/;

/**
 * With a debugger attached V8 looks up at once where in its source each function on the stack of a new error stands, for which it parses them anew: 11 to 17 ms for
 * React's, which makes five errors when it starts. Without one those five take 0.1 ms (measured by the page itself).
 */
const WATCHED = 'V8.CollectSourcePositions';
const WATCHED_CATEGORY = 'disabled-by-default-v8.compile';

interface TraceEvent { name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; tdur?: number; args?: { name?: string } }
interface Task { start: number; end: number; wall: number; cpu: number }
interface Trace { traceEvents: TraceEvent[] }

const threadOf = (e: TraceEvent) => `${e.pid}:${e.tid}`;

function threadsOf({ traceEvents }: Trace): Map<string, TraceEvent[]> {
  const threads = new Map<string, TraceEvent[]>();
  for (const e of traceEvents) {
    const known = threads.get(threadOf(e));
    if (known) known.push(e);
    else threads.set(threadOf(e), [e]);
  }
  return threads;
}

function tasksOf(events: TraceEvent[]): Task[] {
  const watched = events.filter((e) => e.name === WATCHED && e.tdur);
  return events
    .filter((e) => e.name === 'RunTask' && e.ph === 'X' && e.dur && e.tdur !== undefined)
    .map((e) => {
      const end = e.ts + e.dur!;
      const forUs = watched.filter((w) => w.ts >= e.ts && w.ts < end).reduce((sum, w) => sum + w.tdur!, 0);
      return { start: e.ts, end, wall: e.dur!, cpu: Math.max(0, Math.min(e.tdur!, e.dur!) - forUs) };
    })
    .sort((a, b) => a.start - b.start);
}

/** Shortens every task, and what it did, to its time on the processor. Changes the trace. */
function byProcessor(trace: Trace) {
  for (const events of threadsOf(trace).values()) {
    const tasks = tasksOf(events);
    let at = 0;
    for (const e of events.sort((a, b) => a.ts - b.ts)) {
      while (at < tasks.length && tasks[at]!.end <= e.ts) at++;
      const task = tasks[at];
      if (!task || e.ts < task.start || MARK.test(e.name)) continue;
      const part = task.cpu / task.wall;
      e.ts = Math.round(task.start + (e.ts - task.start) * part);
      if (e.dur !== undefined) e.dur = Math.max(1, Math.round(e.dur * part));
    }
  }
}

/** Milliseconds of the page's own thread on this machine: what it had of the processor, how much of that would block the phone; the longest tasks after the first paint. */
interface Processor { total: number; blocking: number; longest: { wall: number; cpu: number } }

function processorOf(trace: Trace): Processor {
  const threads = threadsOf(trace);
  const pages = trace.traceEvents.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map((e) => tasksOf(threads.get(threadOf(e))!));
  const total = (tasks: Task[]) => tasks.reduce((sum, t) => sum + t.cpu, 0) / 1000;
  const page = pages.sort((a, b) => total(b) - total(a))[0]!;
  const painted = Math.max(...trace.traceEvents.filter((e) => e.name === 'firstContentfulPaint').map((e) => e.ts));
  const longest = (clock: 'wall' | 'cpu') => Math.max(0, ...page.filter((t) => t.start > painted).map((t) => t[clock] / 1000));
  return {
    total: total(page), blocking: page.reduce((sum, t) => sum + Math.max(0, (SLOWER * t.cpu) / 1000 - BLOCKING_MS), 0),
    longest: { wall: longest('wall'), cpu: longest('cpu') },
  };
}

/** `long`: when tasks began that would take the phone more than 50 ms, and how long they take it. */
export interface Figures { score: number; first: number; largest: number; interactive: number; blocked: number; moved: number; long: Array<[number, number]> }
export interface Seen { url: string; faults: Record<string, string[]>; wall: Figures; quiet: Figures; processor: Processor }

type Report = Awaited<ReturnType<typeof import('lighthouse').default>> & {};

function figuresOf({ lhr }: Report): Figures {
  const value = (audit: string) => lhr.audits[audit]!.numericValue ?? NaN;
  const { details } = lhr.audits['long-tasks']!;
  const tasks = details?.type === 'table' ? (details.items as unknown as Array<{ startTime: number; duration: number }>) : [];
  return {
    score: Math.round((lhr.categories.performance!.score ?? 0) * 100), first: value('first-contentful-paint'), largest: value('largest-contentful-paint'),
    interactive: value('interactive'), blocked: value('total-blocking-time'), moved: value('cumulative-layout-shift'),
    long: tasks.map((task): [number, number] => [task.startTime, task.duration]).sort(([a], [b]) => a - b),
  };
}

function faultsOf({ lhr }: Report, category: string): string[] {
  return lhr.categories[category]!.auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id]!.score ?? 1) < 1)
    .map(({ id }) => `${id}: ${lhr.audits[id]!.title} ${lhr.audits[id]!.displayValue ?? ''}`);
}

/** A browser that got no processor in time says that nothing was painted: asked again. */
const TRIES = 3;

/** Opens a page, in a browser of its own. */
export async function seeOnPhone(clinic: Clinic, where: string, signedIn: boolean): Promise<Seen> {
  for (let tries = 1; ; tries++) {
    try {
      return await seeOnce(clinic, where, signedIn);
    } catch (error) {
      if (!(error instanceof NothingSeen) || tries === TRIES) throw error;
    }
  }
}

class NothingSeen extends Error {}

async function seeOnce(clinic: Clinic, where: string, signedIn: boolean): Promise<Seen> {
  const { default: lighthouse } = await import('lighthouse');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'medirecord-lighthouse-'));
  const flags = {
    logLevel: 'error' as const,
    onlyCategories: ['performance', 'accessibility', 'best-practices'],
    disableStorageReset: true, // it would take the cookies away
    additionalTraceCategories: WATCHED_CATEGORY,
  };
  const chrome = await launch({
    chromePath: process.env.CHROMIUM || '/usr/bin/chromium',
    chromeFlags: ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    // Kept by the browser as after signing in: scripts look at them, which a header alone would not show.
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${chrome.port}`);
    if (signedIn) await browser.contexts()[0]!.addCookies(await clinic.cookies());
    await browser.close();
    await lighthouse(clinic.url + where, { ...flags, port: chrome.port, gatherMode: dir });
    const wall = (await lighthouse(clinic.url + where, { ...flags, auditMode: dir }))!;
    if (wall.lhr.runtimeError) throw new NothingSeen(wall.lhr.runtimeError.message);
    const file = path.join(dir, 'defaultPass.trace.json');
    const trace = JSON.parse(fs.readFileSync(file, 'utf8')) as Trace;
    const processor = processorOf(trace);
    byProcessor(trace);
    fs.writeFileSync(file, JSON.stringify(trace));
    const quiet = (await lighthouse(clinic.url + where, { ...flags, auditMode: dir }))!;
    return {
      url: wall.lhr.finalDisplayedUrl, processor, wall: figuresOf(wall), quiet: figuresOf(quiet),
      faults: Object.fromEntries(flags.onlyCategories.map((category) => [category, faultsOf(category === 'performance' ? quiet : wall, category)])),
    };
  } finally {
    chrome.kill();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** Slow 4G as Chrome's developer tools slow a line down. */
const SLOW_4G = { offline: false, latency: 562, downloadThroughput: 180_000, uploadThroughput: 84_000 };
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true, serviceWorkers: 'block' } as const;

/** Milliseconds from the call of today until its frame is painted, its rows are there to be read, and React has taken over. */
export interface Slow { frame: number; rows: number; react: number }

/** Opens today on a line and a phone that really are slow, not reckoned so. */
export async function seeOnSlowLine(browser: Browser, clinic: Clinic): Promise<Slow> {
  const context = await browser.newContext(PHONE);
  try {
    await context.addCookies(await clinic.cookies());
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', SLOW_4G);
    await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(() => {
      const seen = ((window as unknown as { seen: Partial<Slow> }).seen = {});
      const look = (what: keyof Slow, selector: string) => {
        if (what in seen || !document.querySelector(selector)) return;
        requestAnimationFrame(() => Object.assign(seen, { [what]: performance.now() }));
      };
      new MutationObserver(() => {
        look('rows', 'main li');
        look('react', 'main li:not(#early-rows li)');
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${clinic.url}/dashboard/`, { waitUntil: 'commit' });
    const all = await page.waitForFunction(() => {
      const { seen } = window as unknown as { seen: Partial<Slow> };
      const frame = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      return seen.react && frame ? { ...seen, frame } : null;
    }, null, { timeout: 60_000 });
    return (await all.jsonValue()) as Slow;
  } finally {
    await context.close();
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

import { defineConfig } from '@playwright/test';
import fs from 'node:fs';

/** Workers are never shared between projects: a project a file gives each file a clinic of its own. */
const FILES = fs.readdirSync(__dirname).filter((name) => name.endsWith('.spec.ts')).sort();

/** The same engine without the window around it, where it is there: a fifth less work. Lighthouse takes the whole browser. */
const BROWSER = process.env.CHROMIUM || ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((file) => fs.existsSync(file));

/** A picture and the page's parts at every step cost a sixth of the run: asked for with TRACE=on, to look into a failure. */
const everyStep = process.env.TRACE === 'on';

/** The dashboard in a real browser, on a real server with the made-up clinic. See support.ts; screenshots/ holds what every page looked like. */
export default defineConfig({
  testDir: '.',
  outputDir: './results',
  globalSetup: './setup.ts',
  projects: FILES.map((file) => ({ name: file.replace('.spec.ts', ''), testMatch: file })),
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: process.env.RETRIES ? Number(process.env.RETRIES) : 0,
  reporter: [['list']],
  use: {
    serviceWorkers: 'block', // what it keeps would hide what tests answer in the server's place; offline.spec.ts allows it
    locale: 'fr-FR',
    timezoneId: 'Africa/Dakar',
    viewport: { width: 1440, height: 900 },
    trace: { mode: 'retain-on-failure', screenshots: everyStep, snapshots: everyStep },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: BROWSER,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});

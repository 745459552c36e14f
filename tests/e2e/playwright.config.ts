import { defineConfig } from '@playwright/test';
import fs from 'node:fs';

/** Workers are never shared between projects: a project a file gives each file a clinic of its own. */
const FILES = fs.readdirSync(__dirname).filter((name) => name.endsWith('.spec.ts')).sort();

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
  reporter: [['list']],
  use: {
    serviceWorkers: 'block', // what it keeps would hide what tests answer in the server's place; offline.spec.ts allows it
    locale: 'fr-FR',
    timezoneId: 'Africa/Dakar',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});

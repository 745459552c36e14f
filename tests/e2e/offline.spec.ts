/* Without the server: what was seen last is there, and says that it is old; what nobody opened says so; signing out forgets it. */
import { ADMIN, expect, look, test, type Clinic } from './support';
import type { Page } from '@playwright/test';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'serial' });

/** The service worker is in charge of this page. */
async function controlled(page: Page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Opens it with the service worker in charge, so that what it shows is kept. */
async function seen(page: Page, where: string, text: string | RegExp) {
  await page.goto(where);
  await expect(page.getByRole('main').getByText(text).first()).toBeVisible();
  await controlled(page);
  await page.reload();
  await expect(page.getByRole('main').getByText(text).first()).toBeVisible();
  await page.waitForLoadState('networkidle').catch(() => undefined);
}

const kept = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const found = await Promise.all(names.filter((n) => n === 'data' || n === 'pictures').map(async (n) => (await (await caches.open(n)).keys()).length));
    return found.reduce((sum, n) => sum + n, 0);
  });

async function away(clinic: Clinic, run: () => Promise<void>) {
  await clinic.stop();
  try {
    await run();
  } finally {
    await clinic.serve();
  }
}

const REFUSED = /ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|Failed to load resource|Failed to fetch|no-response/;

test('what was opened is read without the server, and renewed when it is back', async ({ page, clinic, watch }) => {
  watch.expected.push(REFUSED);
  await seen(page, '/dashboard/settings/', 'Réglages');
  await seen(page, '/dashboard/', 'À traiter');
  await away(clinic, async () => {
    await page.goto('/dashboard/');
    await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
    await expect(page.getByText('Le serveur ne répond pas.')).toBeVisible();
    await expect(page.getByText('messages reçus')).toBeVisible();
    await look(page, 'offline-today');
    await page.goto('/dashboard/settings/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto('/dashboard/messages/templates/');
    await expect(page.getByRole('heading', { level: 1, name: /jamais été ouverte ici/ })).toBeVisible();
    await look(page, 'offline-never-opened');
    await page.goto('/dashboard/');
  });
  // It is asked again by itself, a little later each time.
  await expect(page.getByText('Le serveur ne répond pas.')).toBeHidden({ timeout: 40_000 });
});

test('signing out forgets what was seen', async ({ page }) => {
  await seen(page, '/dashboard/', 'À traiter');
  await expect.poll(() => kept(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Compte' }).first().click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/login\/$/);
  expect(await kept(page)).toBe(0);
});

test.describe('on a shared device', () => {
  test.use({ anonymous: true });

  test('nothing is kept', async ({ page }) => {
    await page.goto('/login/');
    await page.getByLabel('Adresse e-mail').fill(ADMIN.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
    await page.getByRole('checkbox', { name: /Appareil partagé/ }).check();
    await look(page, 'login-shared');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByText('À traiter')).toBeVisible();
    await page.reload();
    await expect(page.getByText('À traiter')).toBeVisible();
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(await kept(page)).toBe(0);
  });
});

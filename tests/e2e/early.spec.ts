/* What stands on the first page before its scripts came: what needs the doctor, as React will show it. */
import { fragmentOf } from './parts';
import { holdScripts } from './scripts';
import { frenchTexts, saidOn } from './said';
import { expect, look, test, type Clinic } from './support';
import type { Page } from '@playwright/test';

import { jsx, toHtml } from '../../web/src/early/static-react';

const WORDS = 'J’ai mal <img src=x onerror="alert(1)"> & je "respire" mal';

const list = (page: Page) => page.getByRole('region', { name: 'À traiter' });
const early = (page: Page) => page.locator('#early-rows');

async function someoneIsInDanger(clinic: Clinic) {
  const { results } = await clinic.api('GET', '/api/patients/?page_size=100&ordering=id');
  const patient = results.find((p: { status: string }) => p.status === 'active');
  await clinic.api('POST', '/api/simulator/', { phone: patient.phone, body: `${WORDS} à la poitrine` });
}

/** As if the account said so. */
const account = (page: Page, change: object) =>
  page.route('**/api/auth/me/', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), ...change } });
  });

/** One of each kind of row, besides what the clinic has. */
async function allKinds(page: Page) {
  const at = new Date().toISOString();
  const paper = { id: 7, title: 'Ordonnance', patient_name: 'Awa Diop', status: 'failed', names_another: false, updated_at: at };
  await page.route(/\/api\/documents\/\?needs=check/, (route) => route.fulfill({ json: { count: 9, next: null, previous: null, results: [paper] } }));
  const notices = ['danger', 'look'].map((severity, i) => ({ id: 90 + i, kind: i ? 'template.refused' : 'backup.failed', severity, created_at: at, patient: null, object: null }));
  await page.route(/\/api\/notifications\/\?unread/, (route) => route.fulfill({ json: { count: 2, next: null, previous: null, results: notices } }));
}

test('rows stand there before the scripts, and React puts the same in their place', async ({ page, clinic }) => {
  await someoneIsInDanger(clinic);
  await allKinds(page);
  const go = await holdScripts(page);
  await page.goto('/dashboard/', { waitUntil: 'commit' });
  await expect(early(page).getByRole('listitem').filter({ hasText: WORDS })).toBeVisible();
  await expect(early(page).getByRole('link', { name: 'Répondre' }).first()).toHaveAttribute('href', /^\/dashboard\/conversations\/\d+\/$/);
  for (const words of ['La sauvegarde a échoué', 'Document non lu : Ordonnance', 'et 8 autres documents', 'Un modèle WhatsApp est refusé']) await expect(early(page).getByText(words)).toBeVisible();
  await expect(list(page).locator('.animate-pulse').first()).toBeHidden();
  await look(page, 'today-early');
  const before = await early(page).innerHTML();
  go();
  await expect(early(page)).toHaveCount(0);
  await expect(list(page).getByRole('listitem').filter({ hasText: WORDS })).toBeVisible();
  expect(await list(page).getByRole('list').evaluate(fragmentOf)).toEqual(await page.evaluate(fragmentOf, before));
});

test('in the language of the account, and of the device before that', async ({ page }) => {
  await account(page, { language: 'en' });
  await holdScripts(page);
  await page.goto('/dashboard/', { waitUntil: 'commit' });
  await expect(early(page).getByRole('link', { name: 'Call' }).first()).toBeVisible();
  await page.evaluate(() => localStorage.setItem('medirecord.language', 'fr'));
  await page.goto('/dashboard/', { waitUntil: 'commit' });
  await expect(early(page).getByRole('link', { name: 'Appeler' }).first()).toBeVisible();
});

/** The words of the page, but for those of the patients. */
const frameOf = (page: Page) => saidOn(page, 'script, #early-rows');

for (const [how, prepare] of [
  ['that was chosen on the device', (page: Page) => page.addInitScript(() => localStorage.setItem('medirecord.language', 'en'))],
  ['of the account, told with the first answers', (page: Page) => account(page, { language: 'en' })],
  ['of the account that was signed in here last', (page: Page) => page.addInitScript(() => localStorage.setItem('medirecord.account-language', 'en'))],
] as const) {
  test(`the frame around the rows is in the language ${how}, and React finds what it would write`, async ({ page }) => {
    await prepare(page);
    await account(page, { language: 'en' });
    const go = await holdScripts(page);
    await page.goto('/dashboard/', { waitUntil: 'commit' });
    await expect(early(page).getByRole('link', { name: 'Reply' }).first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');
    await expect(page.getByRole('region', { name: 'To do' })).toBeVisible();
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Settings' })).toBeVisible();
    await expect(page.getByPlaceholder('Find a patient')).toBeVisible();
    const before = await frameOf(page);
    expect(before.length).toBeGreaterThan(15);
    const french = frenchTexts();
    expect(before.filter((words) => french.has(words))).toEqual([]);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.evaluate(() => new MutationObserver((all) => {
      // A page that is not what React expects is thrown away and drawn anew.
      if (all.some((m) => [...m.removedNodes].some((n) => n instanceof Element && n.querySelector('h1')))) document.body.dataset.drawnAnew = '';
    }).observe(document.body, { childList: true, subtree: true }));
    go();
    await expect(early(page)).toHaveCount(0);
    expect(await frameOf(page)).toEqual(expect.arrayContaining(before));
    await expect(page.locator('[data-drawn-anew]')).toHaveCount(0);
  });
}

test('who went to a row by keyboard before React came stays there', async ({ page, clinic }) => {
  await someoneIsInDanger(clinic);
  await allKinds(page);
  const go = await holdScripts(page);
  await page.goto('/dashboard/', { waitUntil: 'commit' });
  const reply = early(page).getByRole('link', { name: 'Répondre' }).nth(1);
  await reply.focus();
  await expect(reply).toBeFocused();
  const href = (await reply.getAttribute('href'))!;
  go();
  await expect(early(page)).toHaveCount(0);
  await expect(list(page).getByRole('link', { name: 'Répondre' }).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${href}`);
});

test('who must choose a password first is shown nothing', async ({ page }) => {
  await account(page, { must_change_password: true });
  const go = await holdScripts(page);
  const asked = page.waitForResponse(/\/api\/documents\/\?needs=check/);
  await page.goto('/dashboard/', { waitUntil: 'commit' });
  await asked;
  go();
  await expect(page.getByRole('heading', { level: 1, name: /mot de passe/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Appeler' })).toHaveCount(0);
});

test.describe('signed out', () => {
  test.use({ anonymous: true });

  test('asks nothing before the scripts', async ({ page }) => {
    const calls: string[] = [];
    page.on('request', (request) => request.url().includes('/api/') && calls.push(request.url()));
    const go = await holdScripts(page);
    await page.goto('/dashboard/', { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.evaluate(() => document.readyState !== 'loading' || new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve)));
    expect(calls).toEqual([]);
    go();
  });
});

test('what is written as HTML is escaped wherever it stands', () => {
  const Row = ({ text, off }: { text: string; off?: boolean }) => jsx('p', { className: text, title: text, 'aria-hidden': true, disabled: off, onClick: () => {}, children: [text, 1, null, false] });
  expect(toHtml(jsx(Row as never, { text: '"><script>&', off: false }))).toBe(
    '<p class="&quot;&gt;&lt;script&gt;&amp;" title="&quot;&gt;&lt;script&gt;&amp;" aria-hidden="true">&quot;&gt;&lt;script&gt;&amp;1</p>',
  );
  expect(toHtml(jsx('path', { strokeWidth: 2, d: 'M0' }))).toBe('<path stroke-width="2" d="M0"/>');
});

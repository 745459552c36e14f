/* What needs the doctor now: in the order of danger, in the patients' own words, with the next step beside it. */
import { expect, look, test, type Clinic } from './support';
import type { Page } from '@playwright/test';

const DANGER = 'J’ai très mal à la poitrine <script>alert(1)</script> et je respire mal';
const ASKS = 'Je veux parler au médecin';

const list = (page: Page) => page.getByRole('region', { name: 'À traiter' });

async function phones(clinic: Clinic): Promise<Array<{ id: number; phone: string; first_name: string; last_name: string }>> {
  return (await clinic.api('GET', '/api/patients/?page_size=100&ordering=id')).results.filter((p: { status: string }) => p.status === 'active');
}

test('danger comes first, live, in the patient’s own words', async ({ page, clinic }) => {
  const [first, second] = await phones(clinic);
  await page.goto('/dashboard/');
  await expect(list(page)).toBeVisible();
  await clinic.api('POST', '/api/simulator/', { phone: first!.phone, body: ASKS });
  await expect(list(page).getByText(ASKS)).toBeVisible();
  await clinic.api('POST', '/api/simulator/', { phone: second!.phone, body: DANGER });
  await expect(list(page).getByText(DANGER)).toBeVisible();
  const row = list(page).getByRole('listitem').filter({ hasText: DANGER });
  await expect(row).toContainText(`${second!.first_name} ${second!.last_name}`);
  await expect(row.getByRole('link', { name: 'Appeler' })).toHaveAttribute('href', `tel:${second!.phone}`);
  const texts = await list(page).getByRole('listitem').allTextContents();
  expect(texts.findIndex((t) => t.includes(DANGER))).toBeLessThan(texts.findIndex((t) => t.includes(ASKS)));
  await look(page, 'today');
  await row.getByRole('link', { name: 'Répondre' }).click();
  await expect(page).toHaveURL(/\/dashboard\/conversations\/\d+\/$/);
  await expect(page.getByText(DANGER).first()).toBeVisible();
});

test('the last days in four figures', async ({ page }) => {
  await page.goto('/dashboard/');
  const figures = page.getByRole('region', { name: 'Les 7 derniers jours' });
  await expect(figures.getByRole('term')).toHaveText(['messages reçus', 'questions avec une réponse', 'délai de réponse habituel', 'documents lus']);
  await expect(figures.getByRole('img', { name: 'documents lus, jour après jour' })).toBeVisible();
});

test('nothing to do says so, and when somebody last wrote', async ({ page }) => {
  const nothing = { count: 0, next: null, previous: null, results: [] };
  await page.route(/\/api\/(inbox\/\?show=todo|notifications\/|documents\/\?needs=check)/, (route) => route.fulfill({ json: nothing }));
  await page.goto('/dashboard/');
  await expect(list(page).getByText('Rien à traiter')).toBeVisible();
  await expect(list(page).getByText(/Dernier message/)).toBeVisible();
  await look(page, 'today-nothing');
});

test('a list that does not come says so and is asked for again', async ({ page, watch }) => {
  watch.expected.push(/500 \(Internal Server Error\)/);
  await page.route(/\/api\/inbox\/\?show=todo/, (route) => route.fulfill({ status: 500, json: { detail: 'En panne.', code: 'error' } }));
  await page.goto('/dashboard/');
  await expect(list(page).getByRole('alert')).toBeVisible();
  await look(page, 'today-failed');
  await page.unroute(/\/api\/inbox\/\?show=todo/);
  await list(page).getByRole('button', { name: 'Réessayer' }).click();
  await expect(list(page).getByRole('listitem').first()).toBeVisible();
});

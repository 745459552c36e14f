/* The audit log: read in plain words, narrowed, verified, taken away. */
import { readFile } from 'node:fs/promises';
import { expect, look, test } from './support';

const LOG = '/dashboard/settings/audit/';

test('who did what is read, narrowed by person, deed, patient and days, and kept in the address', async ({ page, clinic }) => {
  const patient = await clinic.api('POST', '/api/patients/', { first_name: 'Khady', last_name: '<script>alert(1)</script>', phone: '+221700009123', date_of_birth: '1986-03-14', gender: 'F' });
  await page.goto(LOG);
  await expect(page.getByRole('row').filter({ hasText: 'a créé un dossier' }).first()).toBeVisible();
  await look(page, 'audit');
  await page.getByLabel('Quoi').selectOption('patient.');
  await page.waitForURL(/action=patient\./);
  await page.getByLabel('Sur quel patient').fill('Khady');
  await page.getByRole('option', { name: /<script>/ }).click();
  await page.waitForURL(new RegExp(`patient=${patient.id}`));
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('link', { name: /Khady <script>/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByLabel('Du', { exact: true }).fill('2001-01-01');
  await page.getByLabel('Au', { exact: true }).fill('2001-01-02');
  await expect(page.getByText('Rien ne correspond')).toBeVisible();
  await look(page, 'audit-none');
  await page.getByRole('button', { name: 'Tout montrer' }).click();
  await expect(page).toHaveURL(clinic.url + LOG);
  await expect(page.getByRole('row').nth(3)).toBeVisible();
});

test('the chain is verified and says so, with its rows and the time', async ({ page }) => {
  await page.goto(LOG);
  await expect(page.getByText('La chaîne n’a pas encore été vérifiée')).toBeVisible();
  await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
  await expect(page.getByText(/^La chaîne est intacte\s: [\d\s\u202f]+ lignes$/)).toBeVisible();
  await expect(page.getByText(/^Vérifiée /)).toBeVisible();
  await look(page, 'audit-intact');
});

test('the log is taken away as CSV', async ({ page }) => {
  await page.goto(`${LOG}?action=patient.`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exporter en CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('journal-d-audit.csv');
  const text = await readFile((await download.path())!, 'utf8');
  expect(text.split('\r\n')[0]).toContain('actor_name');
  expect(text).toContain('"patient.create"');
  expect(text).not.toContain('"login"');
});

test('a server that fails is said, and tried again', async ({ page, watch }) => {
  watch.expected.push(/500 \(Internal Server Error\)/);
  let broken = true;
  await page.route('**/api/audit/?*', (route) => (broken ? route.fulfill({ status: 500, json: { detail: 'Erreur.', code: 'internal' } }) : route.continue()));
  await page.goto(LOG);
  await expect(page.getByRole('button', { name: 'Réessayer' })).toBeVisible();
  await look(page, 'audit-error');
  broken = false;
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});

test('a doctor is told that the log is not for them', async ({ page, context, clinic }) => {
  const account = { email: 'awa.curieuse@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'doctor' });
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto(LOG);
  await expect(page.getByText('Réservé aux administrateurs')).toBeVisible();
});

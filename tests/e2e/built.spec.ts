/* Forms that stand in a page before its scripts came: what is typed and sent there is neither lost nor shown in the address. */
import { expect, test } from './support';
import { holdScripts } from './scripts';

const DOCTOR = { email: 'binta.medecin@clinique.example', password: 'un mot de passe de soin 2026' };

test.describe('signed out', () => {
  test.use({ anonymous: true });

  test('signing in before React came happens when it came', async ({ page, clinic }) => {
    await clinic.account({ ...DOCTOR, role: 'doctor' });
    const go = await holdScripts(page);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto('/login/', { waitUntil: 'commit' });
    await page.getByLabel('Adresse e-mail').fill(DOCTOR.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(DOCTOR.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.locator('form')).toHaveAttribute('data-built', 'sent');
    await expect(page).toHaveURL(`${clinic.url}/login/`);
    go();
    await page.waitForURL('**/dashboard/');
    expect(addresses.filter((address) => address.includes('password') || address.includes('binta'))).toEqual([]);
  });

  test('a form that React has is sent by it at once', async ({ page, watch }) => {
    watch.expected.push(/401 \(Unauthorized\)/);
    await page.goto('/login/');
    await expect(page.locator('form')).not.toHaveAttribute('data-built');
    await page.getByLabel('Adresse e-mail').fill(DOCTOR.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill('un autre mot de passe');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
  });
});

test('what is typed into a new patient before React came is kept, and the caret', async ({ page }) => {
  const go = await holdScripts(page);
  await page.goto('/dashboard/patients/new/', { waitUntil: 'commit' });
  const first = page.getByLabel('Prénom');
  await first.fill('Aïssatou');
  await page.getByLabel('Nom', { exact: true }).fill('Diallo');
  await first.focus();
  await first.evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 2));
  go();
  await expect(page.locator('form[aria-label="Nouveau patient"]')).not.toHaveAttribute('data-built');
  await expect(first).toHaveValue('Aïssatou');
  await page.keyboard.type('-');
  await expect(first).toHaveValue('Aï-ssatou');
  await page.getByRole('button', { name: 'Créer' }).click();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Diallo');
  await expect(page.getByText(/téléphone/).first()).toBeVisible();
});

test('a search before React came finds when it came', async ({ page, clinic }) => {
  const go = await holdScripts(page);
  await page.goto('/dashboard/analytics/', { waitUntil: 'commit' });
  const search = page.getByRole('searchbox', { name: 'Chercher un patient' });
  await search.fill('ndiaye');
  await search.press('Enter');
  await expect(page).toHaveURL(`${clinic.url}/dashboard/analytics/`);
  go();
  await page.waitForURL('**/dashboard/patients/?search=ndiaye');
});

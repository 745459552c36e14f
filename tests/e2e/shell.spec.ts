/* The frame of every page: signing in, the keyboard, a session that ends, a server that goes away. */
import { ADMIN, expect, look, test } from './support';

test.describe('signing in', () => {
  test.use({ anonymous: true });

  test('leads back to the page that was asked for', async ({ page, watch }) => {
    watch.expected.push(/401 \(Unauthorized\)/);
    await page.goto('/dashboard/messages/templates/');
    await expect(page).toHaveURL(/\/login\/\?next=/); // two calls were refused, and either may have led here
    await look(page, 'login');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByLabel('Adresse e-mail')).toBeFocused();
    await expect(page.getByText('Indiquez votre mot de passe.')).toBeVisible();
    await page.getByLabel('Adresse e-mail').fill(ADMIN.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill('ce n’est pas lui');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: /mot de passe/i })).toBeVisible();
    await look(page, 'login-refused');
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard/messages/templates/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Modèles WhatsApp');
  });

  test('goes nowhere else, whatever the address says', async ({ page, watch }) => {
    watch.expected.push(/401 \(Unauthorized\)/);
    await page.goto('/login/?next=https://elsewhere.example/');
    await page.getByLabel('Adresse e-mail').fill(ADMIN.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard/');
  });
});

test('today says what is to be done', async ({ page }) => {
  await page.goto('/');
  await page.waitForURL('**/dashboard/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aujourd’hui');
  await expect(page.getByRole('region', { name: 'À traiter' }).getByRole('listitem').first()).toBeVisible();
});

test('the navigation says how many conversations wait, as it changes', async ({ page, clinic }) => {
  const { todo } = await clinic.api('GET', '/api/inbox/summary/');
  await page.goto('/dashboard/patients/');
  const link = page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', { name: /^Conversations/ });
  await expect(link).toHaveAccessibleName(new RegExp(todo === 1 ? '1 conversation attend' : `${todo} conversations attendent`));
  const { results } = await clinic.api('GET', '/api/patients/?page_size=100&ordering=id');
  const waiting = new Set((await clinic.api('GET', '/api/inbox/?show=todo&page_size=100')).results.map((e: { phone: string }) => e.phone));
  const calm = results.find((p: { status: string; phone: string }) => p.status === 'active' && !waiting.has(p.phone));
  await clinic.api('POST', '/api/simulator/', { phone: calm.phone, body: 'Je veux parler au médecin' });
  await expect(link).toHaveAccessibleName(new RegExp(`${todo + 1} conversations attendent`));
  await look(page, 'shell-waiting');
});

test('the keyboard goes everywhere', async ({ page }) => {
  await page.goto('/dashboard/');
  await expect(page.getByRole('region', { name: 'À traiter' }).getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Chercher un patient' })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('searchbox')).toHaveValue('?');
  await page.locator('main').focus();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Raccourcis du clavier' });
  await expect(keys).toBeVisible();
  await look(page, 'keys');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('the look and the language are chosen, and stay', async ({ page }) => {
  await page.goto('/dashboard/');
  await expect(page.getByRole('button', { name: 'Compte' })).toContainText('Administrateur');
  await page.getByRole('button', { name: 'Compte' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Sombre' })).toBeVisible();
  await look(page, 'account-menu');
  await page.getByRole('menuitemradio', { name: 'Sombre' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Compte' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a session that ended is renewed over the page, and nothing typed is lost', async ({ page, context, clinic, watch }) => {
  watch.expected.push(/401 \(Unauthorized\)/);
  await page.goto('/dashboard/messages/templates/new/');
  await page.getByLabel('Nom chez l’opérateur').fill('rappel_visite');
  await page.getByLabel('Usage').selectOption('reminder');
  await page.getByLabel('Texte').fill('Votre visite approche.');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  const again = page.getByRole('dialog', { name: 'Votre session est terminée' });
  await expect(again).toBeVisible();
  await look(page, 'session-ended');
  await page.keyboard.press('Escape');
  await expect(again).toBeVisible();
  await again.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard/messages/templates/');
  await expect(page.getByRole('cell', { name: 'Votre visite approche.' })).toBeVisible();
  const { results } = await clinic.api('GET', '/api/messaging/templates/?purpose=reminder');
  expect(results).toHaveLength(1);
  await clinic.api('DELETE', `/api/messaging/templates/${results[0].id}/`);
});

test('a server that goes away is said, and the page goes on when it is back', async ({ page, clinic, watch }) => {
  watch.expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
  await page.goto('/dashboard/messages/templates/new/');
  await page.getByLabel('Nom chez l’opérateur').fill('rappel_visite');
  await page.getByLabel('Usage').selectOption('reminder');
  await page.getByLabel('Texte').fill('Votre visite approche.');
  await clinic.stop();
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  const banner = page.getByText('Le serveur ne répond pas.');
  await expect(banner).toBeVisible();
  await look(page, 'server-away');
  await expect(page.getByLabel('Nom chez l’opérateur')).toHaveValue('rappel_visite');
  await clinic.serve();
  await expect(banner).toBeHidden({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  await page.waitForURL('**/dashboard/messages/templates/');
  const { results } = await clinic.api('GET', '/api/messaging/templates/?purpose=reminder');
  expect(results).toHaveLength(1);
  await clinic.api('DELETE', `/api/messaging/templates/${results[0].id}/`);
});

test('a phone may keep it among its applications', async ({ page, clinic }) => {
  await page.goto('/dashboard/');
  const manifest = await (await page.request.get(clinic.url + (await page.locator('link[rel=manifest]').getAttribute('href')))).json();
  expect(manifest).toMatchObject({ start_url: '/dashboard/', display: 'standalone' });
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(clinic.url + src);
    expect(icon.status()).toBe(200);
    expect(icon.headers()['content-type']).toBe(type);
  }
});

test('an address that leads nowhere says so', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/);
  await page.goto('/dashboard/nulle-part/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’existe pas');
  await look(page, 'not-found');
  await page.getByRole('link', { name: 'Revenir à aujourd’hui' }).click();
  await page.waitForURL('**/dashboard/');
});

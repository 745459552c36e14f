/* Accounts, access tokens and one's own account. */
import { createRequire } from 'node:module';
import { ADMIN, expect, look, test, told } from './support';

const { codeOf } = createRequire(__filename)('../fakes/authenticator.js');
const USERS = '/dashboard/settings/users/';
const HOSTILE = 'Ndèye <script>alert(1)</script> Coumba';

test('somebody is invited with a password that is shown once, and never again', async ({ page }) => {
  await page.goto(USERS);
  await expect(page.getByRole('button', { name: 'Inviter quelqu’un' })).toBeVisible();
  await look(page, 'users');
  await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
  const panel = page.getByRole('dialog', { name: 'Inviter quelqu’un' });
  await panel.getByLabel('Nom', { exact: true }).fill(HOSTILE);
  await panel.getByLabel('Adresse e-mail').fill('pas une adresse');
  await panel.getByLabel('Rôle').selectOption('nurse');
  await expect(panel.getByText('pas effacer un dossier')).toBeVisible();
  await panel.getByLabel('Adresse e-mail').fill('coumba@clinique.example');
  await look(page, 'users-new');
  await panel.getByRole('button', { name: 'Inviter', exact: true }).click();
  const given = page.getByLabel('Mot de passe à usage unique');
  await expect(given).toBeVisible();
  await look(page, 'users-password-once');
  const password = await given.inputValue();
  await page.getByRole('button', { name: 'C’est fait' }).click();
  await expect(page.getByRole('cell', { name: HOSTILE })).toBeVisible();
  await page.reload();
  expect(await page.content()).not.toContain(password);
});

test('who comes in with a password that was given chooses another first', async ({ page, context, clinic, watch }) => {
  const { id } = await clinic.api('POST', '/api/users/', { email: 'coumba.sy@clinique.example', role: 'nurse', full_name: HOSTILE });
  const { password } = await clinic.api('POST', `/api/users/${id}/invite/`, { by: 'password' });
  await context.clearCookies();
  await page.goto('/login/');
  await page.getByLabel('Adresse e-mail').fill('coumba.sy@clinique.example');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard/');
  const ask = page.getByRole('heading', { name: 'Choisissez votre propre mot de passe' });
  await expect(ask).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await look(page, 'account-must-change');
  // A page that is opened directly asks for its data before it knows who is there: refused.
  watch.expected.push(/403 \(Forbidden\)/);
  await page.goto('/dashboard/patients/');
  await expect(ask).toBeVisible();
  await page.getByLabel('Mot de passe actuel').fill(password);
  await page.getByLabel('Nouveau mot de passe').fill('une phrase bien à moi 2026');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(told(page, /^Mot de passe changé/)).toBeVisible();
  await expect(ask).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
  await expect(page.getByText(/réessayer/i)).toHaveCount(0);
  await page.goto(USERS);
  await expect(page.getByText('Réservé aux administrateurs')).toBeVisible();
});

test('an account is changed, switched off and on; the last administrator stays', async ({ page, clinic, watch }) => {
  watch.expected.push(/409 \(Conflict\)/);
  const { id } = await clinic.api('POST', '/api/users/', { email: 'ibra@clinique.example', password: 'un mot de passe de soin 2026', role: 'nurse', full_name: 'Ibra Ba' });
  await page.goto(`${USERS}?user=${id}`);
  const panel = page.getByRole('dialog', { name: 'Ibra Ba' });
  await panel.getByLabel('Rôle').selectOption('doctor');
  await look(page, 'users-one');
  await panel.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(told(page, 'Compte enregistré.')).toBeVisible();
  expect((await clinic.api('GET', `/api/users/${id}/`)).role).toBe('doctor');
  await page.getByRole('button', { name: 'Ibra Ba' }).first().click();
  await panel.getByRole('button', { name: 'Déconnecter partout' }).click();
  await expect(page.getByText('Déconnecté partout.').first()).toBeVisible(); // the region of notices is behind the panel
  await panel.getByRole('button', { name: 'Désactiver le compte' }).click();
  const ask = page.getByRole('dialog', { name: 'Désactiver le compte de Ibra Ba ?' });
  await look(page, 'users-off');
  await ask.getByRole('button', { name: 'Désactiver le compte' }).click();
  await expect(panel.getByText('Désactivé', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Réactiver le compte' }).click();
  await expect(panel.getByText('Actif', { exact: true })).toBeVisible();

  const me = (await clinic.api('GET', '/api/users/?page_size=100')).results.find((u: { email: string }) => u.email === ADMIN.email);
  await page.goto(`${USERS}?user=${me.id}`);
  await page.getByRole('dialog').getByLabel('Rôle').selectOption('nurse');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText(/dernier administrateur actif/)).toBeVisible();
  await look(page, 'users-last-admin');
});

test('one turns codes on with the telephone, keeps ten, and turns them off', async ({ page, context, clinic, watch }) => {
  watch.expected.push(/400 \(Bad Request\)/);
  const account = { email: 'codes@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'doctor', full_name: 'Dr Codes' });
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto('/dashboard/settings/account/');
  const panel = page.getByRole('region', { name: 'Codes à usage unique' });
  await expect(panel.getByText('Aegis')).toBeVisible();
  await expect(page.getByText('Celui-ci')).toBeVisible();
  await look(page, 'account');
  await panel.getByRole('button', { name: 'Activer les codes' }).click();
  await panel.getByLabel('Mot de passe').fill('faux');
  await panel.getByRole('button', { name: 'Continuer' }).click();
  await expect(panel.getByText('Le mot de passe n’est pas le bon.')).toBeVisible();
  await panel.getByLabel('Mot de passe').fill(account.password);
  await panel.getByRole('button', { name: 'Continuer' }).click();
  await expect(panel.getByRole('img', { name: /Code QR/ })).toBeVisible();
  const secret = await panel.getByLabel('Ou tapez cette clé dans l’application').inputValue();
  await look(page, 'account-otp-scan');
  await panel.getByLabel('Code', { exact: true }).fill('000000');
  await panel.getByRole('button', { name: 'Activer', exact: true }).click();
  await expect(panel.getByText(/Ce code n’est pas bon/)).toBeVisible();
  await panel.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await panel.getByRole('button', { name: 'Activer', exact: true }).click();
  const codes = panel.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const first = await codes.first().innerText();
  await look(page, 'account-otp-codes');
  await panel.getByRole('button', { name: 'Je les ai gardés' }).click();
  await expect(panel.getByText('Il reste 10 codes de secours.')).toBeVisible();
  await look(page, 'account-otp-on');
  await panel.getByRole('button', { name: 'Désactiver les codes' }).click();
  await panel.getByLabel('Mot de passe').fill(account.password);
  await panel.getByLabel('Code', { exact: true }).fill(first);
  await panel.getByRole('button', { name: 'Désactiver les codes' }).click();
  await expect(told(page, 'Codes désactivés.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Activer les codes' })).toBeVisible();
});

test('other devices are closed', async ({ page, clinic }) => {
  await clinic.cookies();
  await clinic.cookies();
  await page.goto('/dashboard/settings/account/');
  const panel = page.getByRole('region', { name: 'Appareils connectés' });
  await expect(panel.getByRole('listitem').nth(2)).toBeVisible();
  await panel.getByRole('button', { name: 'Fermer les autres' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  await expect(panel.getByText('Celui-ci')).toBeVisible();
});

test('a token is made, seen once, and withdrawn', async ({ page, clinic }) => {
  await page.goto('/dashboard/settings/tokens/');
  await page.getByRole('button', { name: 'Créer un jeton' }).first().click();
  const panel = page.getByRole('dialog', { name: 'Créer un jeton' });
  await panel.getByRole('button', { name: 'Créer le jeton' }).click();
  await expect(panel.getByText('Dites à quoi il sert.')).toBeVisible();
  await panel.getByLabel('À quoi il sert').fill('n8n <b>rappels</b>');
  await look(page, 'tokens-new');
  await panel.getByRole('button', { name: 'Créer le jeton' }).click();
  const token = await panel.getByLabel('Jeton', { exact: true }).inputValue();
  await look(page, 'tokens-once');
  const me = await fetch(`${clinic.url}/api/auth/me/`, { headers: { Authorization: `Token ${token}` } });
  expect(me.status).toBe(200);
  await panel.getByRole('button', { name: 'Je l’ai copié' }).click();
  await expect(page.getByRole('cell', { name: 'n8n <b>rappels</b>', exact: true })).toBeVisible();
  await look(page, 'tokens');
  await page.getByRole('button', { name: 'Retirer n8n <b>rappels</b>' }).click();
  await look(page, 'tokens-revoke');
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer le jeton' }).click();
  await expect(told(page, 'Jeton retiré.')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'n8n <b>rappels</b>', exact: true })).toHaveCount(0);
  expect((await fetch(`${clinic.url}/api/auth/me/`, { headers: { Authorization: `Token ${token}` } })).status).toBe(401);
});

/* WhatsApp templates: list, add, change, what is refused, delete. */
import { expect, look, test, told } from './support';

const TEMPLATES = '/api/messaging/templates/';
const LIST = '/dashboard/messages/templates/';
const WAITING = { purpose: 'waiting', language: 'fr', carrier_name: 'reponse_en_attente', category: 'UTILITY', variables: [], body: 'Votre clinique vous a répondu, répondez à ce message pour le lire.' };

test.beforeEach(async ({ clinic }) => {
  for (const { id } of (await clinic.api('GET', TEMPLATES)).results) await clinic.api('DELETE', `${TEMPLATES}${id}/`);
});

test('an empty list says what to do', async ({ page }) => {
  await page.goto(LIST);
  await expect(page.getByText('Aucun modèle pour l’instant')).toBeVisible();
  await look(page, 'templates-empty');
});

test('a template is added from the recommended text', async ({ page, clinic, watch }) => {
  watch.expected.push(/400 \(Bad Request\)/);
  await page.goto(LIST);
  await page.getByRole('link', { name: 'Ajouter un modèle' }).first().click();
  await page.getByRole('button', { name: 'Prendre le texte conseillé' }).click();
  await expect(page.getByRole('region', { name: 'Ce que le patient verra' })).toContainText('Bonjour Awa Diop.');
  await look(page, 'templates-new');
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  await expect(page.getByLabel('Nom chez l’opérateur')).toBeFocused();
  await look(page, 'templates-missing');
  await page.getByLabel('Nom chez l’opérateur').fill('Pas Un Nom');
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  await expect(page.getByText(/ContentSid de Twilio \(HX et 32 chiffres/)).toBeVisible();
  await page.getByLabel('Nom chez l’opérateur').fill(`HX${'a'.repeat(32)}`);
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(told(page, /^Modèle ajouté\./)).toBeVisible();
  const [made] = (await clinic.api('GET', TEMPLATES)).results;
  expect(made.variables).toEqual(['name', 'link', 'emergency']);
});

test('a template is found, changed and deleted', async ({ page, clinic }) => {
  const made = await clinic.api('POST', TEMPLATES, WAITING);
  await page.goto(LIST);
  await expect(page.getByText('Aucun modèle d’activation n’est approuvé')).toBeVisible();
  await look(page, 'templates');
  await page.getByRole('link', { name: 'Réponse en attente' }).click();
  await page.waitForURL(`**${LIST}${made.id}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réponse en attente, français');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réponse en attente, français');
  await look(page, 'templates-one');
  await page.getByLabel('Texte').fill('Bonjour {{1}}, votre clinique vous a répondu.');
  await page.getByLabel('{{1}}').selectOption('name');
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(page.getByRole('cell', { name: /Bonjour/ })).toBeVisible();
  expect((await clinic.api('GET', `${TEMPLATES}${made.id}/`)).variables).toEqual(['name']);
  await page.getByRole('link', { name: 'Réponse en attente' }).click();
  await page.getByRole('button', { name: 'Supprimer le modèle' }).click();
  await look(page, 'templates-delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer le modèle' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(page.getByText('Aucun modèle pour l’instant')).toBeVisible();
});

test('work that is not saved is asked about, and kept', async ({ page }) => {
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Texte').fill('Votre visite approche.');
  await page.getByRole('link', { name: 'Aujourd’hui' }).click();
  const ask = page.getByRole('dialog', { name: /n’est pas enregistré/ });
  await look(page, 'unsaved');
  await ask.getByRole('button', { name: 'Rester' }).click();
  await expect(page.getByLabel('Texte')).toHaveValue('Votre visite approche.');
  await page.getByRole('link', { name: 'Aujourd’hui' }).click();
  await ask.getByRole('button', { name: 'Quitter sans enregistrer' }).click();
  await page.waitForURL('**/dashboard/');
  await page.goto(`${LIST}new/`);
  await expect(page.getByText('est de retour')).toBeVisible();
  await expect(page.getByLabel('Texte')).toHaveValue('Votre visite approche.');
  await page.getByRole('button', { name: 'Recommencer' }).click();
  await expect(page.getByLabel('Texte')).toHaveValue('');
});

test('one that is there already is said in the server’s words', async ({ page, clinic, watch }) => {
  watch.expected.push(/409 \(Conflict\)/);
  await clinic.api('POST', TEMPLATES, WAITING);
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Usage').selectOption('waiting');
  await page.getByLabel('Nom chez l’opérateur').fill('encore_un');
  await page.getByRole('button', { name: 'Prendre le texte conseillé' }).click();
  await page.getByRole('button', { name: 'Ajouter le modèle' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'modèle' })).toBeVisible();
  await look(page, 'templates-conflict');
});

test('a nurse reads, and is not shown what she may not do', async ({ page, context, clinic }) => {
  const account = { email: 'awa.infirmiere@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'nurse' });
  const made = await clinic.api('POST', TEMPLATES, WAITING);
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto(LIST);
  await expect(page.getByRole('link', { name: 'Réponse en attente' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ajouter un modèle' })).toHaveCount(0);
  await page.goto(`${LIST}${made.id}/`);
  await expect(page.getByText('Votre rôle permet de lire les modèles.')).toBeVisible();
  await look(page, 'templates-read-only');
});

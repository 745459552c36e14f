/* The inbox: what needs a person first, a thread with its sources, taking over, replying, giving back. */
import type { Page } from '@playwright/test';

import { type Clinic, expect, look, test, told } from './support';

const PAGE = '/dashboard/conversations/';
const DANGER = 'j\'ai une douleur très forte dans la poitrine et je n\'arrive plus à respirer';
const HOSTILE = '<script>document.title="volé"</script><img src=x onerror=alert(1)>';

interface Person {
  id: number;
  phone: string;
  first_name: string;
  last_name: string;
}

const person = async (clinic: Clinic, name: string): Promise<Person> => (await clinic.api('GET', `/api/patients/?search=${name}`)).results[0];
const phoneOf = async (clinic: Clinic, phone: string) => (await clinic.api('GET', `/api/simulator/?phone=${encodeURIComponent(phone)}&page_size=100`)).results;

/** Says something as the patient, and waits until it is dealt with. */
async function say(clinic: Clinic, phone: string, body: string) {
  const { id } = await clinic.api('POST', '/api/simulator/', { phone, body });
  await expect.poll(async () => (await phoneOf(clinic, phone)).find((m: { id: number }) => m.id === id)?.status).toBe('processed');
}

const entryOf = async (clinic: Clinic, p: Person) => (await clinic.api('GET', `/api/inbox/?patient=${p.id}`)).results[0];
const row = (page: Page, name: string) => page.getByRole('region', { name: 'Liste des conversations' }).getByRole('listitem').filter({ hasText: name });
const thread = (page: Page) => page.getByRole('region', { name: /^Messages avec/ });

// Several looks a test, at three sizes and colours each.
test.slow();

test('when nothing is to be done it is said', async ({ page }) => {
  await page.route('**/api/inbox/?*', (route) => route.fulfill({ json: { count: 0, next: null, previous: null, results: [] } }));
  await page.goto(PAGE);
  await expect(page.getByText('Rien à traiter')).toBeVisible();
  await look(page, 'conversations-empty');
  await page.getByRole('button', { name: 'Voir toutes les conversations' }).click();
  await expect(page).toHaveURL(/show=all/);
});

test('danger comes first with the patient’s words, and is marked as dealt with', async ({ page, clinic }) => {
  const ndiaye = await person(clinic, 'Ndiaye');
  const diop = await person(clinic, 'Diop');
  await say(clinic, diop.phone, 'Quel est mon groupe sanguin ?');
  await say(clinic, ndiaye.phone, 'Quelle est ma dernière ordonnance ?');
  await say(clinic, ndiaye.phone, DANGER);
  await page.goto(PAGE);
  const rows = page.getByRole('list', { name: 'À traiter' }).getByRole('listitem');
  const mine = rows.filter({ hasText: 'Mamadou Ndiaye' });
  await expect(mine).toContainText('Signe de danger');
  await expect(mine).toContainText(DANGER);
  await expect(rows.filter({ hasText: 'Awa Diop' })).toContainText('Question sans réponse dans le dossier');
  // Every danger stands before everything else.
  const texts = await rows.allTextContents();
  const dangers = texts.map((text) => text.includes('Signe de danger'));
  expect(dangers.lastIndexOf(true)).toBeLessThan(dangers.indexOf(false));
  await look(page, 'conversations-list');
  await mine.getByRole('link').click();
  await expect(page).toHaveURL(/\/dashboard\/conversations\/\d+\/$/);
  await expect(thread(page).getByRole('article', { name: 'Message reçu' }).filter({ hasText: DANGER })).toContainText('Signe de danger');
  const answer = thread(page).getByRole('article', { name: 'Message de la clinique' }).filter({ hasText: 'AMLODIPINE' });
  const source = answer.getByRole('list', { name: 'Sources de la réponse' }).getByRole('link').first();
  await expect(source).toHaveAttribute('href', /\/dashboard\/documents\/\d+\/\?page=1&quote=[^+ ]+$/);
  await look(page, 'conversations-danger');
  const deal = page.getByRole('button', { name: 'Marquer comme traité' });
  await deal.click();
  await expect(told(page, 'Marqué comme traité.')).toBeVisible();
  await page.getByRole('button', { name: 'Annuler' }).click(); // it was a mistake
  await expect(told(page, 'De nouveau à traiter.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'À traiter' })).toContainText('Signe de danger');
  await deal.click();
  await expect(deal).toBeHidden();
  await expect(page.getByRole('region', { name: 'À traiter' })).toHaveCount(0);
  await expect(thread(page)).toContainText('a marqué la conversation comme traitée');
  await expect.poll(async () => (await entryOf(clinic, ndiaye)).urgency).toBe(null);
  await expect(mine).toHaveCount(0);
  await expect(rows).toHaveCount(texts.length - 1);
});

test('a doctor takes it over, replies with the keyboard, and gives it back', async ({ page, clinic }) => {
  const fall = await person(clinic, 'Ousmane');
  await say(clinic, fall.phone, 'Bonjour');
  const { id } = await entryOf(clinic, fall);
  await page.goto(`${PAGE}${id}/?show=all`);
  await expect(page.getByText('L’assistant répond. Prenez la conversation en main')).toBeVisible();
  await page.getByRole('button', { name: 'Prendre en main' }).click();
  await expect(told(page, 'Vous répondez maintenant, l’assistant se tait.')).toBeVisible();
  await expect(thread(page)).toContainText('a pris la conversation en main');
  // What the patient writes now comes in live, and waits for the doctor.
  await say(clinic, fall.phone, 'Docteur, vous êtes là ?');
  await expect(thread(page).getByRole('article', { name: 'Message reçu' }).last()).toContainText('vous êtes là ?');
  await expect(thread(page).getByRole('article', { name: 'Message reçu' }).last()).toBeInViewport();
  await expect(page.getByRole('region', { name: 'À traiter' })).toContainText('Attend un médecin');
  const box = page.getByRole('textbox', { name: 'Votre réponse' });
  await box.fill('Oui, je vous');
  await page.reload();
  await expect(box).toHaveValue('Oui, je vous');
  await expect(thread(page).getByRole('article').last()).toBeInViewport();
  await box.fill('Oui, je vous appelle à 15 h.');
  await look(page, 'conversations-reply');
  await box.press('Control+Enter');
  await expect(box).toHaveValue('');
  const sent = thread(page).getByRole('article', { name: 'Message de la clinique' }).last();
  await expect(sent).toContainText('Oui, je vous appelle à 15 h.');
  await expect(sent).toContainText(/Remis|Lu|Envoyé/);
  await expect.poll(async () => (await phoneOf(clinic, fall.phone)).filter((m: { body: string }) => m.body.endsWith('Oui, je vous appelle à 15 h.')).length).toBe(1);
  await box.fill('x'.repeat(4097));
  await expect(page.getByRole('button', { name: 'Envoyer', exact: true })).toBeDisabled();
  await expect(page.getByText(/4.097 caractères sur 4.096/)).toBeVisible();
  await box.fill('');
  await page.getByRole('button', { name: 'Rendre à l’assistant' }).click();
  await expect(thread(page)).toContainText('a rendu la conversation à l’assistant');
  await expect(page.getByRole('button', { name: 'Prendre en main' })).toBeVisible();
});

test('hostile words stay words, a name is found, the phone has two pages', async ({ page, clinic }) => {
  const sarr = await person(clinic, 'Sarr');
  await clinic.api('PATCH', `/api/patients/${sarr.id}/`, { last_name: HOSTILE });
  await say(clinic, sarr.phone, HOSTILE);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${PAGE}?show=all`);
  await page.getByRole('searchbox', { name: 'Nom ou numéro' }).fill('fatou');
  await expect(page).toHaveURL(/search=fatou/);
  await expect(row(page, 'Fatou')).toHaveCount(1);
  await row(page, 'Fatou').getByRole('link').click();
  await expect(thread(page).getByRole('article', { name: 'Message reçu' }).last()).toContainText('<script>');
  await expect(page.getByRole('region', { name: 'Liste des conversations' })).toBeHidden();
  await expect(page).toHaveTitle(/Fatou/);
  await look(page, 'conversations-hostile');
  await page.getByRole('link', { name: 'Retour aux conversations' }).click();
  const search = page.getByRole('searchbox', { name: 'Nom ou numéro' });
  await expect(search).toHaveValue('fatou');
  await search.fill('zorglub');
  await expect(page.getByText('Aucune conversation trouvée')).toBeVisible();
});

test('an answer is kept as a golden question, with its patient', async ({ page, clinic }) => {
  const diop = await person(clinic, 'Diop');
  await say(clinic, diop.phone, 'Quel est mon taux d\'hémoglobine ?');
  const { id } = await entryOf(clinic, diop);
  await page.goto(`${PAGE}${id}/`);
  await thread(page).getByRole('button', { name: 'Garder comme question de référence' }).last().click();
  await page.waitForURL('**/dashboard/settings/quality/new/');
  await expect(page.getByLabel('Question', { exact: true })).toHaveValue('Quel est mon taux d\'hémoglobine ?');
  await expect(page.getByRole('group', { name: 'Patient' })).toContainText('Diop');
  await page.getByLabel(/^Mots/).fill('g/dL');
  await page.getByRole('button', { name: 'Ajouter la question' }).click();
  await page.waitForURL('**/dashboard/settings/quality/');
  const { results } = await clinic.api('GET', '/api/rag/evaluations/questions/');
  expect(results[0]).toMatchObject({ patient: diop.id, question: 'Quel est mon taux d\'hémoglobine ?' });
});

test('outside the 24 hours an approved template is offered instead of words', async ({ page, clinic }) => {
  const gueye = await person(clinic, 'Gueye');
  await say(clinic, gueye.phone, 'Bonjour');
  const entry = await entryOf(clinic, gueye);
  const template = { id: 1, purpose: 'reminder', language: 'fr', carrier_name: 'HX1', carrier_language: 'fr', body: 'Bonjour {{1}}, pensez à votre rendez-vous.', variables: ['name'], category: 'UTILITY', state: 'approved', checked_at: null, created_at: entry.window_ends_at, updated_at: entry.window_ends_at };
  await page.route(`**/api/inbox/${entry.id}/`, (route) => route.fulfill({ json: { ...entry, state: 'closed', window_ends_at: new Date(0).toISOString() } }));
  await page.route('**/api/messaging/templates/*', (route) => route.fulfill({ json: { count: 1, next: null, previous: null, results: [template] } }));
  await page.goto(`${PAGE}${entry.id}/?show=all`);
  await expect(page.getByText('WhatsApp n’accepte plus de texte libre')).toBeVisible();
  await expect(page.getByText(`Bonjour ${gueye.first_name}, pensez à votre rendez-vous.`)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Votre réponse' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Envoyer ce modèle' })).toBeEnabled();
  await look(page, 'conversations-closed');
});

test('what cannot be had is said', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/, /500 \(Internal Server Error\)/);
  await page.goto(`${PAGE}999999/`);
  await expect(page.getByRole('alert').filter({ hasText: 'Introuvable' })).toBeVisible();
  await page.route('**/api/inbox/?*', (route) => route.fulfill({ status: 500, json: { detail: '' } }));
  await page.goto(PAGE);
  await expect(page.getByRole('region', { name: 'Liste des conversations' }).getByRole('alert')).toContainText('Le serveur a rencontré une erreur');
  await look(page, 'conversations-failed');
});

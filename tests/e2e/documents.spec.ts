/* Documents: the queue, what needs a person, a page beside its picture, corrections of lines and facts, two people at one page. */
import fs from 'node:fs';
import path from 'node:path';
import { type Page } from '@playwright/test';

import { ADMIN, Clinic, expect, look, test, told } from './support';
import { ROOT } from './clinic';

const QUEUE = '/dashboard/documents/';
const LOCKED = fs.readFileSync(path.join(ROOT, 'tests', 'data', 'encrypted.pdf'));
const NDIAYE = fs.readFileSync(path.join(ROOT, 'demo', 'documents', 'ordonnance-ndiaye-2026-09.pdf'));
const HOSTILE = '<script>alert(1)</script> Ordonnance d’un nom extraordinairement long qui ne tient sur aucune ligne';

type Paper = { id: number; status: string; title: string };

/** A PDF of a page an item: its lines, or (null) a strip that nobody can read. */
function pdf(pages: Array<string[] | null>): Buffer {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  const kids: string[] = [];
  for (const lines of pages) {
    const content = (lines ?? []).map((line, i) => `BT /F 12 Tf 50 ${780 - 24 * i} Td (${line}) Tj ET`).join('\n');
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[${lines ? '0 0 595 842' : '0 0 14400 1'}]/Contents ${objects.length + 2} 0 R/Resources<</Font<</F 3 0 R>>>>>>`);
    kids.push(`${objects.length} 0 R`);
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
  }
  objects[1] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`;
  return Buffer.from(`%PDF-1.4\n${objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('')}trailer<</Root 1 0 R>>\n%%EOF\n`, 'latin1');
}

async function settled(clinic: Clinic, id: number): Promise<Paper> {
  let paper!: Paper;
  await expect(async () => {
    paper = await clinic.api('GET', `/api/documents/${id}/`);
    expect(['indexed', 'failed']).toContain(paper.status);
  }).toPass({ timeout: 40_000 });
  return paper;
}

async function upload(clinic: Clinic, patient: number, name: string, bytes: Buffer, title = ''): Promise<Paper> {
  const { token } = await clinic.api('POST', '/api/auth/token/', ADMIN);
  const form = new FormData();
  form.append('patient_id', String(patient));
  if (title) form.append('title', title);
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${clinic.url}/api/documents/`, { method: 'POST', headers: { Authorization: `Token ${token}` }, body: form });
  expect(answer.status).toBe(201);
  return settled(clinic, (await answer.json()).id);
}

let number = 0;
const aPatient = (clinic: Clinic, first_name: string, last_name: string) =>
  clinic.api('POST', '/api/patients/', { first_name, last_name, phone: `+22177900${String(1000 + ++number)}`, gender: 'F', date_of_birth: '1990-01-01' });
const mamadou = async (clinic: Clinic) => (await clinic.api('GET', '/api/patients/?search=mamadou%20ndiaye')).results[0];

/** A prescription of his own for a test: other bytes behind the end make another document of it. */
async function prescription(clinic: Clinic): Promise<Paper> {
  return upload(clinic, (await mamadou(clinic)).id, 'ordonnance.pdf', Buffer.concat([NDIAYE, Buffer.from(`\n% ${++number}\n`)]));
}
const row = (page: Page, text: string | RegExp) => page.locator('li[data-line]').filter({ hasText: text });

test('nothing to check is said so, and a record without documents too', async ({ page }) => {
  await page.goto(QUEUE);
  await expect(page.getByText('Rien à vérifier')).toBeVisible();
  await look(page, 'documents');
  await page.getByLabel('À traiter').selectOption('locked');
  await expect(page.getByText('Aucun document ne correspond')).toBeVisible();
  expect(new URL(page.url()).searchParams.get('needs')).toBe('locked');
  await page.getByRole('button', { name: 'Enlever les filtres' }).click();
  await page.getByLabel('Nature').selectOption('imaging');
  await expect(page.getByRole('link', { name: 'RADIOGRAPHIE DU THORAX' }).first()).toBeVisible();
});

test('a paper is added from here: whose it is, and there it is taken', async ({ page, clinic }) => {
  await page.goto(QUEUE);
  await page.getByRole('button', { name: 'Ajouter des documents' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter des documents' });
  await dialog.getByRole('button', { name: 'Ouvrir ce dossier' }).click();
  await expect(dialog.getByText('Choisissez le patient dans la liste.')).toBeVisible();
  await look(page, 'documents-add');
  await dialog.getByRole('combobox').fill('mamadou ndiaye');
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Ouvrir ce dossier' }).click();
  await page.waitForURL(`**/dashboard/patients/${(await mamadou(clinic)).id}/?tab=documents`);
  await expect(page.getByText('Ajouter des documents')).toBeVisible();
});

test('a locked document gets its password, one of another’s name its patient', async ({ page, clinic, watch }) => {
  watch.expected.push(/400 \(Bad Request\)/);
  const oumou = await aPatient(clinic, 'Oumou', HOSTILE);
  await upload(clinic, oumou.id, 'bilan.pdf', LOCKED, HOSTILE);
  const another = await upload(clinic, oumou.id, 'ordonnance.pdf', Buffer.concat([NDIAYE, Buffer.from('\n% another\n')]));
  await upload(clinic, oumou.id, 'scan.pdf', Buffer.from('%PDF-1.7\nnothing that follows is one'), 'Scan abîmé');
  await page.goto(QUEUE);
  const todo = page.getByRole('region', { name: 'À vérifier', exact: true });
  await expect(todo.getByText(/porte le nom/)).toBeVisible();
  await expect(todo.getByText('Scan abîmé')).toBeVisible();
  await look(page, 'documents-todo');

  await todo.getByRole('button', { name: 'Donner le mot de passe' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ouvrir le document' }).click();
  await expect(dialog.getByText('Écrivez le mot de passe du PDF.')).toBeVisible();
  await dialog.getByLabel('Mot de passe').fill('faux');
  await dialog.getByRole('button', { name: 'Ouvrir le document' }).click();
  await expect(dialog.getByLabel('Mot de passe')).toHaveAttribute('aria-invalid', 'true');
  await look(page, 'documents-unlock');
  await dialog.getByLabel('Mot de passe').fill('secret');
  await dialog.getByRole('button', { name: 'Ouvrir le document' }).click();
  await expect(told(page, /mot de passe est bon/)).toBeVisible();

  await todo.getByRole('button', { name: 'Mettre dans un autre dossier' }).click();
  await page.getByRole('dialog').getByRole('combobox').fill('mamadou ndiaye');
  await page.getByRole('option').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mettre dans ce dossier' }).click();
  await expect(told(page, /l’autre dossier/)).toBeVisible();
  expect((await clinic.api('GET', `/api/documents/${another.id}/`)).patient_id).toBe((await mamadou(clinic)).id);

  await todo.getByRole('button', { name: 'Supprimer Scan abîmé' }).click();
  const copy = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Télécharger d’abord l’original' }).click();
  await (await copy).cancel();
  await look(page, 'documents-remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer le document' }).click();
  await expect(told(page, 'Document supprimé.')).toBeVisible();
  await expect(todo.getByText('Scan abîmé')).toHaveCount(0);
});

test('a source opens at its page with the quoted words marked, on the picture too', async ({ page, clinic }) => {
  const paper = await prescription(clinic);
  await page.goto(`${QUEUE}${paper.id}/?page=1&quote=${encodeURIComponent('METFORMINE 850 mg, comprimé 1 comprimé matin et soir')}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(paper.title);
  await expect(page.locator('mark')).toHaveCount(9);
  await expect(page.locator('[data-quoted]')).toHaveCount(9);
  await expect(page.locator('mark').first()).toBeInViewport();
  await expect.poll(() => page.locator('img[alt="Image de la page 1"]').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
  await look(page, 'document-quote');

  // A line and its box are one, from either side.
  const line = row(page, 'ATORVASTATINE 20 mg');
  const at = await line.getAttribute('data-line');
  const box = page.locator(`rect[data-line="${at}"]`);
  await line.getByRole('button').first().hover();
  await expect(box).toHaveClass(/stroke-accent/);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(box).not.toHaveClass(/stroke-accent/);
  await box.hover();
  await expect(line.locator('[data-row]')).toHaveClass(/border-accent/);
  await line.locator('[data-row]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, '1 comprimé le soir').locator('[data-row]')).toBeFocused();

  await page.getByRole('button', { name: 'Agrandir' }).click();
  await expect(page.getByText('150 %')).toBeVisible();
  await page.getByRole('button', { name: 'Tourner d’un quart' }).click();
  await look(page, 'document-turned');
  await page.getByRole('button', { name: 'Page entière' }).click();

  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Chercher dans le document' }).fill('bilan sang');
  await expect(page.getByRole('status').filter({ hasText: '1 endroit' })).toBeVisible();
  await look(page, 'document-search');
  await page.getByRole('dialog').getByRole('button', { name: /bilan sanguin/ }).click();
  await expect(page.locator('mark')).toHaveText(['bilan', 'sanguin.']);
});

test('a line is corrected where it stands, and everything follows', async ({ page, clinic }) => {
  const paper = await prescription(clinic);
  const words = async () => (await clinic.api('GET', `/api/documents/${paper.id}/pages/?words=1`)).results[0].words;
  const before = await words();
  await page.goto(`${QUEUE}${paper.id}/`);
  await row(page, 'AMLODIPINE 10 mg').locator('[data-row]').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Texte de la ligne').fill('1) AMLODIPINE 5 mg, comprimé');
  await look(page, 'document-line');
  await page.getByRole('button', { name: 'Enregistrer la ligne' }).click();
  await expect(told(page, /^Texte corrigé/)).toBeVisible();
  await settled(clinic, paper.id);
  await expect(row(page, 'AMLODIPINE 5 mg')).toBeVisible();
  await expect(page.getByText('Corrigé par Administrateur')).toBeVisible();
  expect((await words()).map((w: { box: number[] }) => w.box)).toEqual(before.map((w: { box: number[] }) => w.box));
  await expect(page.getByRole('button', { name: /AMLODIPINE 5 mg · 1 comprimé/ })).toBeVisible();
  await look(page, 'document-corrected');
  await page.getByRole('button', { name: 'Revenir à ce qui avait été lu' }).click();
  await settled(clinic, paper.id);
  await expect(row(page, 'AMLODIPINE 10 mg')).toBeVisible();
});

test('two people at one page: the second sees the first’s words and chooses', async ({ page, clinic, watch }) => {
  watch.expected.push(/409 \(Conflict\)/);
  const paper = await prescription(clinic);
  await page.goto(`${QUEUE}${paper.id}/`);
  await row(page, 'ATORVASTATINE').locator('[data-row]').click();
  await page.getByLabel('Texte de la ligne').fill('3) ATORVASTATINE 40 mg, comprimé');
  await page.route('**/pages/?*', (route) => route.abort());
  watch.expected.push(/ERR_FAILED/);
  const [{ text }] = (await clinic.api('GET', `/api/documents/${paper.id}/pages/`)).results;
  await clinic.api('PATCH', `/api/documents/${paper.id}/pages/1/`, { text: text.replace('20 mg', '80 mg') });
  await settled(clinic, paper.id);
  await page.getByRole('button', { name: 'Enregistrer la ligne' }).click();
  await page.unroute('**/pages/?*');
  await expect(page.getByText(/a corrigé cette page entre-temps/)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await look(page, 'document-conflict');
  await page.getByRole('button', { name: 'Remplacer par la mienne' }).click();
  await expect(told(page, /^Texte corrigé/)).toBeVisible();
  await settled(clinic, paper.id);
  await expect(row(page, 'ATORVASTATINE 40 mg')).toBeVisible();
});

test('a fact is corrected, rejected, brought back', async ({ page, clinic, watch }) => {
  watch.expected.push(/400 \(Bad Request\)/);
  const paper = await prescription(clinic);
  await page.goto(`${QUEUE}${paper.id}/`);
  await page.getByRole('button', { name: /^Médicament : METFORMINE/ }).click();
  const panel = page.getByRole('dialog', { name: 'Médicament' });
  await panel.getByLabel('Dosage').fill('500 mg');
  await panel.getByLabel('Durée').focus();
  await expect(panel.getByLabel('La ligne telle qu’elle est écrite')).toHaveValue(/METFORMINE 500 mg/);
  await look(page, 'document-fact');
  await panel.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(told(page, /^Corrigé\./)).toBeVisible();
  await settled(clinic, paper.id);
  await expect(page.getByRole('button', { name: /METFORMINE 500 mg.*Vérifié par une personne/ })).toBeVisible();
  await expect(row(page, 'METFORMINE 500 mg').first()).toBeVisible();

  await page.getByRole('button', { name: /ATORVASTATINE 20 mg · / }).click();
  await page.getByRole('button', { name: 'Ce n’en est pas un' }).click();
  await settled(clinic, paper.id);
  const rejected = page.getByRole('region', { name: 'Éléments écartés' });
  await expect(rejected.getByText('ATORVASTATINE')).toBeVisible();
  await expect(page.getByRole('button', { name: /ATORVASTATINE 20 mg · / })).toHaveCount(0);
  await look(page, 'document-rejected');
  await rejected.getByRole('button', { name: 'Rétablir' }).click();
  await settled(clinic, paper.id);
  await expect(page.getByRole('button', { name: /ATORVASTATINE 20 mg · / })).toBeVisible();
});

test('an unread page says what it means; what is typed for it counts; arrows turn pages', async ({ page, clinic }) => {
  const who = await mamadou(clinic);
  const paper = await upload(clinic, who.id, 'dossier.pdf', pdf([['Ordonnance du 3 octobre 2026', 'Mamadou NDIAYE', 'METFORMINE 850 mg comprime'], null, ['Fin du dossier']]), 'Dossier numérisé');
  await page.goto(QUEUE);
  await page.getByRole('region', { name: 'À vérifier', exact: true }).locator('li').filter({ hasText: 'Dossier numérisé' }).getByRole('link', { name: 'Voir les pages' }).click();
  await expect(page.getByText('Cette page n’a pas été lue')).toBeVisible();
  await expect(page.getByText(/ne servent pas aux réponses/)).toBeVisible();
  expect(new URL(page.url()).searchParams.get('page')).toBe('2');
  await look(page, 'document-illegible');
  await page.getByRole('button', { name: 'Taper le texte' }).click();
  await page.getByLabel('Texte de la page').fill('AMOXICILLINE 1 g comprimé\n1 comprimé matin et soir pendant 7 jours');
  await look(page, 'document-typing');
  await page.getByRole('button', { name: 'Enregistrer le texte' }).click();
  await settled(clinic, paper.id);
  await expect(page.getByRole('button', { name: /^Médicament : AMOXICILLINE 1 g/ })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 'Fin du dossier')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'METFORMINE 850 mg')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Image', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Texte lu' })).toBeHidden();
  await look(page, 'document-pages');
});

test('three hundred pages open as fast as one: a page is fetched when it is looked at', async ({ page, clinic }) => {
  const who = await mamadou(clinic);
  const paper = await upload(clinic, who.id, 'long.pdf', pdf(Array.from({ length: 300 }, (_, i) => [`Page numero ${i + 1}`, ...Array.from({ length: 25 }, (_, l) => `Ligne ${l} de cette page, avec des mots`)])), 'Trois cents pages');
  const asked: string[] = [];
  page.on('request', (r) => r.url().includes(`/api/documents/${paper.id}/`) && asked.push(r.url()));
  await page.goto(`${QUEUE}${paper.id}/?page=257`);
  await expect(row(page, 'Page numero 257')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Page 257' })).toBeInViewport();
  expect(asked.filter((url) => url.includes('/pages/?')).length).toBe(1);
  expect(asked.filter((url) => url.includes('/image/')).length).toBe(1);
  await look(page, 'document-long');
});

test('title and date are changed; the way back and what goes wrong are said', async ({ page, clinic, watch }) => {
  const paper = await prescription(clinic);
  await page.goto(`${QUEUE}${paper.id}/`);
  await page.getByRole('button', { name: 'Plus' }).last().click();
  await look(page, 'document-menu');
  await page.getByRole('menuitem', { name: 'Titre, nature et date' }).click();
  await page.getByRole('dialog').getByLabel('Titre').fill(HOSTILE);
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOSTILE);
  await look(page, 'document-hostile');

  watch.expected.push(/404 \(Not Found\)/);
  await page.goto(`${QUEUE}999999/`);
  await expect(page.getByText('Ce document n’existe pas')).toBeVisible();
  await look(page, 'document-missing');

  watch.expected.push(/500 \(Internal Server Error\)/);
  await page.route('**/api/documents/?*', (route) => route.fulfill({ status: 500, json: { detail: 'Une erreur interne est survenue.', code: 'error' } }));
  await page.goto(QUEUE);
  await expect(page.getByText('Le serveur a rencontré une erreur').first()).toBeVisible();
  await look(page, 'documents-error');
});

test('what patients sent is looked at, and nothing enters without a decision', async ({ page, clinic }) => {
  const who = await mamadou(clinic);
  const medium = { id: 7, message: 1, patient: who.id, status: 'kept', error_code: null, type: 'image/jpeg', type_said: 'image/jpeg', file_name: null, size_bytes: 81234, document: null, created_at: new Date().toISOString(), updated_at: new Date().toISOString(), kept_at: new Date().toISOString() };
  let left = [medium];
  let accepted: unknown;
  await page.route('**/api/messaging/media/?*', (route) => route.fulfill({ json: { count: left.length, next: null, previous: null, results: left } }));
  await page.route('**/api/messaging/media/7/file/', (route) => route.fulfill({ contentType: 'image/jpeg', body: fs.readFileSync(path.join(ROOT, 'demo', 'documents', 'ordonnance-faye-2026-09.jpg')) }));
  await page.route('**/api/messaging/media/7/accept/', (route) => {
    accepted = route.request().postDataJSON();
    left = [];
    return route.fulfill({ status: 201, json: {} });
  });
  await page.goto(QUEUE);
  const received = page.getByRole('region', { name: 'Reçus par WhatsApp' });
  await expect(received.getByRole('link', { name: /Ndiaye/i })).toBeVisible();
  await received.getByRole('button', { name: 'Regarder' }).click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  await look(page, 'documents-medium');
  await page.keyboard.press('Escape');
  await received.getByRole('button', { name: 'Ajouter au dossier' }).click();
  await page.getByRole('dialog').getByLabel('Titre').fill('Ordonnance envoyée');
  await look(page, 'documents-accept');
  await page.getByRole('dialog').getByRole('button', { name: 'Ajouter au dossier' }).click();
  await expect(told(page, /^Ajouté au dossier/)).toBeVisible();
  expect(accepted).toEqual({ patient_id: who.id, title: 'Ordonnance envoyée' });
  await expect(received).toHaveCount(0);
});

/* Patients: tagged together, created with papers, changed by two at once. */
import path from 'node:path';

import { ROOT } from './clinic';
import { expect, test, told } from './support';

const LIST = '/dashboard/patients/';
const API = '/api/patients/';
const paper = (name: string) => path.join(ROOT, 'demo', 'documents', name);
let last = 0;
const aPatient = (with_: object = {}) => ({ first_name: 'Khady', last_name: `Essai${++last}`, phone: `+2217699000${String(10 + last)}`, ...with_ });

test('chosen patients get a tag, and it is taken back', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient({ tags: ['suivi'] }));
  await page.goto(`${LIST}?search=${made.last_name}`);
  await page.getByRole('checkbox', { name: `Choisir Khady ${made.last_name}` }).check();
  const bulk = page.getByRole('form', { name: 'Étiqueter les patients choisis' });
  await bulk.getByLabel('Étiquette').fill('campagne');
  await bulk.getByRole('button', { name: 'Ajouter l’étiquette' }).click();
  await expect(told(page, /ajoutée à 1 patient/)).toBeVisible();
  expect((await clinic.api('GET', `${API}${made.id}/`)).tags).toEqual(['suivi', 'campagne']);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(told(page, /retirée de 1 patient/)).toBeVisible();
  expect((await clinic.api('GET', `${API}${made.id}/`)).tags).toEqual(['suivi']);
});

test('guide 1: a patient is created with documents, which are sent and read', async ({ page, clinic }) => {
  await page.goto('/dashboard/');
  await page.getByRole('link', { name: 'Patients' }).first().click();
  await page.getByRole('link', { name: 'Nouveau patient' }).first().click();
  await page.waitForURL(`**${LIST}new/`);
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await expect(page.getByLabel('Prénom')).toBeFocused();
  await page.getByLabel('Prénom').fill('Fatou');
  await page.getByLabel('Nom', { exact: true }).fill('Guide');
  await page.getByLabel('Téléphone WhatsApp').fill('77 123 98 76');
  await expect(page.getByText('+221 77 123 98 76')).toBeVisible();
  await page.getByLabel('Allergies').fill('Pénicilline');
  await page.locator('input[type=file]').first().setInputFiles(paper('ordonnance-ndiaye-2026-09.pdf'));
  await page.locator('input[type=file]').first().setInputFiles({ name: 'vide.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await expect(page.getByRole('alert').filter({ hasText: 'Un fichier n’a pas été pris' })).toContainText('le fichier est vide');
  await page.getByRole('button', { name: 'Créer le patient et envoyer son document' }).click();
  await page.waitForURL(/patients\/\d+\/\?tab=documents$/);
  await expect(told(page, 'Fatou Guide est créé. Le message d’activation part sur WhatsApp.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reçu, la lecture commence' })).toBeVisible();
  const [made] = (await clinic.api('GET', `${API}?search=guide`)).results;
  expect(made.phone).toBe('+221771239876');
  await expect.poll(async () => (await clinic.api('GET', `/api/documents/?patient=${made.id}`)).results[0]?.status, { timeout: 40_000 }).toBe('indexed');
  await page.getByRole('tab', { name: 'Dossier' }).click();
  await expect(page.getByRole('region', { name: 'Médicaments' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByText('Allergies : ')).toBeVisible();
});

test('a number that somebody has leads to them; two may share it', async ({ page, clinic, watch }) => {
  watch.expected.push(/409 \(Conflict\)/);
  const owner = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Prénom').fill('Petit');
  await page.getByLabel('Nom', { exact: true }).fill('Frère');
  await page.getByLabel('Téléphone WhatsApp').fill(owner.phone);
  const known = page.getByText('Ce numéro est déjà celui d’un patient');
  await expect(known).toBeVisible();
  await expect(page.getByRole('link', { name: `Khady ${owner.last_name}` })).toHaveAttribute('href', `${LIST}${owner.id}/`);
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /num/i }).first()).toBeVisible();
  await page.getByLabel('C’est une autre personne qui utilise le même téléphone').check();
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await page.waitForURL(/patients\/\d+\/$/);
  await page.getByRole('button', { name: 'Créer un code' }).click();
  await expect(page.getByRole('status').filter({ hasText: /\d{6}/ })).toBeVisible();
});

test('two people who change one patient do not undo each other', async ({ page, clinic, watch }) => {
  watch.expected.push(/412 \(Precondition/);
  const made = await clinic.api('POST', API, aPatient({ allergies: 'Aucune connue' }));
  await page.goto(`${LIST}${made.id}/?edit=1`);
  await page.getByLabel('Allergies').fill('Pénicilline');
  await page.getByLabel('Adresse').fill('Rue 10, Dakar');
  await clinic.api('PATCH', `${API}${made.id}/`, { allergies: 'Aspirine', medical_history: 'Asthme' });
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  const both = page.getByRole('group', { name: 'Allergies' });
  await expect(both.getByRole('radio', { name: /Votre saisie/ })).toBeChecked();
  await both.getByRole('radio', { name: /Enregistré entre-temps/ }).check();
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(told(page, 'Dossier enregistré.')).toBeVisible();
  const now = await clinic.api('GET', `${API}${made.id}/`);
  expect([now.allergies, now.address, now.medical_history]).toEqual(['Aspirine', 'Rue 10, Dakar', 'Asthme']);
});

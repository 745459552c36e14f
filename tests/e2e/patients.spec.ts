/* Patients: found, created with papers, looked at, changed by two at once, erased. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { ROOT } from './clinic';
import { expect, look, test, told } from './support';

const LIST = '/dashboard/patients/';
const API = '/api/patients/';
const paper = (name: string) => path.join(ROOT, 'demo', 'documents', name);
let last = 0;
const aPatient = (with_: object = {}) => ({ first_name: 'Khady', last_name: `Essai${++last}`, phone: `+2217699000${String(10 + last)}`, ...with_ });

test('the list is searched by typing, narrowed and ordered, in the address', async ({ page, clinic }) => {
  await clinic.api('POST', API, aPatient({ last_name: 'N’Diéguène', tags: ['diabète'], gender: 'F' }));
  await clinic.api('POST', API, aPatient({ first_name: '<script>alert(1)</script>', last_name: 'Pirate', tags: ['<b>gras</b>'] }));
  await page.goto(LIST);
  await expect(page.getByRole('table', { name: 'Patients' })).toBeVisible();
  await look(page, 'patients');
  await page.getByRole('search', { name: 'Chercher et filtrer les patients' }).getByRole('searchbox').fill('ndieguene');
  await expect(page.getByRole('status').filter({ hasText: 'Un patient' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Khady N’Diéguène' })).toBeVisible();
  await expect(page).toHaveURL(/search=ndieguene/);
  await page.getByLabel('Étiquette', { exact: true }).selectOption('diabète');
  await expect(page).toHaveURL(/tag=diab/);
  await page.getByLabel('Sexe').selectOption('M');
  await expect(page.getByText('Aucun patient ne correspond')).toBeVisible();
  await look(page, 'patients-none');
  await page.getByRole('button', { name: 'Enlever les filtres' }).click();
  await expect(page.getByRole('link', { name: /<script>/ })).toBeVisible();
  await page.getByRole('button', { name: 'Âge' }).click();
  await expect(page).toHaveURL(/ordering=date_of_birth/);
});

test('a patient who leaves takes the record and its papers along in one archive', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/`);
  await page.getByRole('button', { name: 'Autres actions' }).click();
  await look(page, 'patient-menu');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Télécharger le dossier et ses papiers (ZIP)' }).click()]);
  expect(download.suggestedFilename()).toBe(`patient-${made.id}.zip`);
  const script = 'import sys, zipfile\nprint(*zipfile.ZipFile(sys.argv[1]).namelist())\n';
  expect(spawnSync('/usr/bin/python3', ['-c', script, await download.path()], { encoding: 'utf8' }).stdout.trim()).toBe('record.html record.json');
});

test('chosen patients get a tag, and it is taken back', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient({ tags: ['suivi'] }));
  await page.goto(`${LIST}?search=${made.last_name}`);
  await page.getByRole('checkbox', { name: `Choisir Khady ${made.last_name}` }).check();
  const bulk = page.getByRole('form', { name: 'Étiqueter les patients choisis' });
  await bulk.getByLabel('Étiquette').fill('campagne');
  await look(page, 'patients-bulk');
  await bulk.getByRole('button', { name: 'Ajouter l’étiquette' }).click();
  await expect(told(page, /ajoutée à 1 patient/)).toBeVisible();
  expect((await clinic.api('GET', `${API}${made.id}/`)).tags).toEqual(['suivi', 'campagne']);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(told(page, /retirée de 1 patient/)).toBeVisible();
  expect((await clinic.api('GET', `${API}${made.id}/`)).tags).toEqual(['suivi']);
});

test('on a phone several are chosen from the cards, and tagged with the thumb', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient({ tags: [] }));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${LIST}?search=${made.last_name}`);
  const box = page.getByRole('checkbox', { name: `Choisir Khady ${made.last_name}` });
  await expect(page.getByRole('link', { name: `Khady ${made.last_name}` })).toBeVisible();
  await expect(box).toHaveCount(0);
  await page.getByRole('button', { name: 'Choisir plusieurs' }).click();
  await box.check();
  const bulk = page.getByRole('form', { name: 'Étiqueter les patients choisis' });
  await expect(bulk).toBeInViewport({ ratio: 1 });
  await bulk.getByLabel('Étiquette').fill('vaccin');
  await look(page, 'patients-bulk-phone');
  await bulk.getByRole('button', { name: 'Ajouter l’étiquette' }).click();
  await expect(told(page, /ajoutée à 1 patient/)).toBeVisible();
  expect((await clinic.api('GET', `${API}${made.id}/`)).tags).toEqual(['vaccin']);
  await expect(box).toHaveCount(0);
});

test('guide 1: a patient is created with documents, which are sent and read', async ({ page, clinic }) => {
  await page.goto('/dashboard/');
  await page.getByRole('link', { name: 'Patients' }).first().click();
  await page.getByRole('link', { name: 'Nouveau patient' }).first().click();
  await page.waitForURL(`**${LIST}new/`);
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await expect(page.getByLabel('Prénom')).toBeFocused();
  await look(page, 'patients-new-missing');
  await page.getByLabel('Prénom').fill('Fatou');
  await page.getByLabel('Nom', { exact: true }).fill('Guide');
  await page.getByLabel('Téléphone WhatsApp').fill('77 123 98 76');
  await expect(page.getByText('+221 77 123 98 76')).toBeVisible();
  await page.getByLabel('Allergies').fill('Pénicilline');
  await page.locator('input[type=file]').first().setInputFiles(paper('ordonnance-ndiaye-2026-09.pdf'));
  await page.locator('input[type=file]').first().setInputFiles({ name: 'vide.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await expect(page.getByRole('alert').filter({ hasText: 'Un fichier n’a pas été pris' })).toContainText('le fichier est vide');
  await look(page, 'patients-new');
  await page.getByRole('button', { name: 'Créer le patient et envoyer son document' }).click();
  await page.waitForURL(/patients\/\d+\/\?tab=documents$/);
  await expect(told(page, 'Dossier de Fatou Guide créé. Le message d’activation part sur WhatsApp.')).toBeVisible();
  const sent = page.getByRole('list', { name: 'Fichiers envoyés' });
  await expect(sent.getByRole('link', { name: 'ordonnance-ndiaye-2026-09.pdf' })).toBeVisible();
  await expect(sent.getByText('Au nom d’un autre ?')).toBeVisible();
  const [made] = (await clinic.api('GET', `${API}?search=guide`)).results;
  expect(made.phone).toBe('+221771239876');
  await expect.poll(async () => (await clinic.api('GET', `/api/documents/?patient=${made.id}`)).results[0]?.status, { timeout: 40_000 }).toBe('indexed');
  await page.getByRole('tab', { name: 'Dossier' }).click();
  await expect(page.getByRole('region', { name: 'Médicaments' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Médicaments' }).getByText('Au nom d’un autre ?').first()).toBeVisible();
  await expect(page.getByText('Allergies : ')).toBeVisible();
  await look(page, 'patients-one');
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
  await look(page, 'patients-new-known');
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /num/i }).first()).toBeVisible();
  await page.getByLabel('C’est une autre personne qui utilise le même téléphone').check();
  await page.getByRole('button', { name: 'Créer le patient' }).click();
  await page.waitForURL(/patients\/\d+\/$/);
  await page.getByRole('button', { name: 'Créer un code' }).click();
  await expect(page.getByRole('status').filter({ hasText: /\d{6}/ })).toBeVisible();
});

test('an upload that is cut goes on by itself', async ({ page, clinic, watch }) => {
  watch.expected.push(/ERR_(FAILED|INTERNET_DISCONNECTED|CONNECTION_)/);
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/?tab=documents`);
  let isAway = false;
  let cuts = 0;
  // Nothing gets through until the sentence is read: any answer tells the queue that the server is back, and it goes on at once.
  await page.route('**/api/**', async (route) => {
    if (route.request().method() === 'PATCH' && cuts++ === 0) isAway = true;
    return isAway ? route.abort() : route.continue();
  });
  await page.locator('input[type=file]').first().setInputFiles(paper('bilan-diop-2026-07.pdf'));
  await expect(page.getByText(/Connexion coupée/)).toBeVisible();
  isAway = false;
  await expect(page.getByRole('link', { name: 'bilan-diop-2026-07.pdf' }).first()).toBeVisible({ timeout: 15_000 });
  expect(cuts).toBeGreaterThan(1);
});

test('what the server refuses says why', async ({ page, clinic, watch }) => {
  watch.expected.push(/415 \(Unsupported/);
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/?tab=documents`);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'faux.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(400, 1) });
  await expect(page.getByRole('button', { name: 'Renvoyer' })).toBeVisible();
  await look(page, 'patients-upload-refused');
  await page.getByRole('button', { name: /^Retirer faux\.pdf/ }).click();
  await expect(page.getByText('faux.pdf')).toHaveCount(0);
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
  await look(page, 'patients-conflict');
  await both.getByRole('radio', { name: /Enregistré entre-temps/ }).check();
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(told(page, 'Dossier enregistré.')).toBeVisible();
  const now = await clinic.api('GET', `${API}${made.id}/`);
  expect([now.allergies, now.address, now.medical_history]).toEqual(['Aspirine', 'Rue 10, Dakar', 'Asthme']);
});

test('activation, consents, timeline and conversation', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/`);
  await page.getByRole('button', { name: 'Montrer un code à scanner' }).click();
  await expect(page.getByRole('img', { name: 'Code à scanner pour activer le dossier' })).toBeVisible();
  await expect(page.getByLabel('Lien d’activation')).toHaveValue(/confirm-/);
  await page.getByRole('button', { name: /Accepte\s: Messages/ }).click();
  await expect(told(page, 'Accord enregistré.')).toBeVisible();
  await expect.poll(async () => (await clinic.api('GET', `${API}${made.id}/`)).consents.messages).toBe(true);
  await look(page, 'patients-activation');
  await page.getByRole('tab', { name: 'Chronologie' }).click();
  await expect(page).toHaveURL(/tab=timeline/);
  await expect(page.getByText('Dossier créé')).toBeVisible();
  await look(page, 'patients-timeline');
  await page.getByRole('tab', { name: 'Chronologie' }).press('ArrowLeft');
  await expect(page).toHaveURL(/tab=conversation/);
});

test('a patient is erased after the name was typed', async ({ page, clinic, watch }) => {
  watch.expected.push(/404 \(Not Found\).*\/facts\//); // the page hears of the erasure before it has left
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/`);
  await page.getByRole('button', { name: 'Autres actions' }).click();
  await page.getByRole('menuitem', { name: 'Effacer ce patient' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Effacer pour toujours' })).toBeDisabled();
  await dialog.getByRole('textbox').fill(made.last_name.toLowerCase());
  await look(page, 'patients-erase');
  await dialog.getByRole('button', { name: 'Effacer pour toujours' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(told(page, 'Patient effacé.')).toBeVisible();
  expect((await clinic.api('GET', `${API}?search=${made.last_name}`)).count).toBe(0);
});

test('on a phone the people come first, and the filters at a touch', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LIST);
  await expect(page.getByLabel('Sexe')).toBeHidden();
  await page.getByRole('button', { name: 'Filtres' }).click();
  await page.getByLabel('Sexe').selectOption('F');
  await expect(page.getByRole('button', { name: 'Filtres (1)' })).toHaveAttribute('aria-expanded', 'true');
  await expect(page).toHaveURL(/gender=F/);
});

test('a medicine stands once, as the last paper says it, with what was before', async ({ page, clinic }) => {
  const { results } = await clinic.api('GET', `${API}?search=Mamadou Ndiaye`);
  await page.goto(`${LIST}${results[0].id}/`);
  const medicines = page.getByRole('region', { name: 'Médicaments' });
  await expect(medicines.getByText('METFORMINE 850 mg')).toHaveCount(1);
  await expect(medicines.getByText(/^METFORMINE/)).toHaveCount(1);
  await expect(medicines.getByRole('list', { name: 'METFORMINE, auparavant' }).getByRole('listitem')).toHaveText([/^500 mg, 1 comprimé.*9 févr\. 2026/]);
  await expect(page.getByRole('region', { name: 'Rendez-vous' })).toContainText('14 déc. 2026');
});

test('from the record to the conversation where one answers', async ({ page, clinic }) => {
  const { results } = await clinic.api('GET', `${API}?search=Mamadou Ndiaye`);
  await page.goto(`${LIST}${results[0].id}/?tab=conversation`);
  await expect(page.getByRole('link', { name: 'Répondre' })).toBeVisible();
  await look(page, 'patients-conversation');
  await page.getByRole('link', { name: 'Répondre' }).click();
  await page.waitForURL(/conversations\/\d+\/$/);
  await expect(page.getByRole('heading', { name: 'Mamadou Ndiaye' })).toBeVisible();
});

test('a record without papers says where they are added', async ({ page, clinic }) => {
  const made = await clinic.api('POST', API, aPatient());
  await page.goto(`${LIST}${made.id}/`);
  await page.getByRole('link', { name: 'Ajouter des documents' }).click();
  await page.waitForURL(/tab=documents/);
  await expect(page.getByText('Ajouter des documents')).toBeVisible();
});

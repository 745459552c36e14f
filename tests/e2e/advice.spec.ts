/* The clinic's advice: write, read from a file, publish, withdraw, change, delete. */
import { expect, look, test, told } from './support';

const ADVICE = '/api/rag/advice/';
const LIST = '/dashboard/settings/advice/';
const TEXT = '# Préparer la solution\nUn litre d’eau propre, six cuillères de sucre, une demi-cuillère de sel.\n\n# Quand consulter\nSi l’enfant ne boit plus, venez tout de suite.';

test.beforeEach(async ({ clinic }) => {
  for (const { id } of (await clinic.api('GET', `${ADVICE}?page_size=100`)).results) await clinic.api('DELETE', `${ADVICE}${id}/`);
});

test('a sheet is written', async ({ page }) => {
  await page.goto(LIST);
  await expect(page.getByText('Aucune fiche pour l’instant')).toBeVisible();
  await look(page, 'advice-empty');
  await page.getByRole('link', { name: 'Ajouter une fiche' }).click();
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await expect(page.getByLabel('Titre')).toBeFocused();
  await page.getByLabel('Titre').fill('Réhydratation <script>alert(1)</script>');
  await page.getByLabel(/^Texte/).fill(TEXT);
  await expect(page.getByRole('region', { name: 'Aperçu' }).getByRole('heading', { name: 'Quand consulter' })).toBeVisible();
  await look(page, 'advice-new');
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réhydratation <script>alert(1)</script>');
  await expect(page.getByText('Les patients n’en voient rien.')).toBeVisible();
});

test('a sheet is published, changed, withdrawn and deleted', async ({ page, clinic }) => {
  const { id } = await clinic.api('POST', ADVICE, { title: 'Réhydratation', body: TEXT });
  await page.goto(`${LIST}${id}/`);
  await page.getByRole('button', { name: 'Publier pour tous les patients' }).click();
  await expect(told(page, /^Fiche publiée/)).toBeVisible();
  await expect(page.getByText('Elle peut être citée aux patients.')).toBeVisible();
  await page.getByLabel('Titre').fill('Réhydratation orale de l’enfant');
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(page.getByText('Les patients n’en voient rien.')).toBeVisible();
  await page.getByRole('button', { name: 'Publier pour tous les patients' }).click();
  await page.getByRole('button', { name: 'Retirer' }).click();
  await expect(told(page, /^Fiche retirée/)).toBeVisible();
  expect((await clinic.api('GET', `${ADVICE}${id}/`)).status).toBe('withdrawn');
  await page.getByRole('button', { name: 'Supprimer la fiche' }).click();
  await look(page, 'advice-delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer la fiche' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(page.getByText('Aucune fiche pour l’instant')).toBeVisible();
});

test('a file becomes the text of a sheet', async ({ page }) => {
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Titre').fill('Venir à jeun');
  await page.getByLabel('Choisir un fichier').setInputFiles({ name: 'jeun.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
  await expect(page.getByRole('alert').filter({ hasText: 'jeun.exe' })).toContainText('ne peut pas être lu');
  await page.getByLabel('Choisir un fichier').setInputFiles({ name: 'autre.txt', mimeType: 'text/plain', buffer: Buffer.from('Autre chose.') });
  await look(page, 'advice-file');
  await page.getByRole('button', { name: 'Retirer autre.txt' }).click();
  await page.getByLabel('Choisir un fichier').setInputFiles({ name: 'jeun.txt', mimeType: 'text/plain', buffer: Buffer.from('Pour la prise de sang, venez à jeun depuis douze heures. Vous pouvez boire de l’eau.\n') });
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await expect(page.getByLabel('Texte', { exact: true })).toHaveValue(/venez à jeun/, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Publier pour tous les patients' }).click();
  await expect(told(page, /^Fiche publiée/)).toBeVisible();
});

test('sheets are found by words and by state', async ({ page, clinic }) => {
  for (const title of ['Paludisme : dormir sous moustiquaire', 'Vaccins de l’enfant', 'Diabète : surveiller ses pieds']) await clinic.api('POST', ADVICE, { title, body: TEXT });
  const { id } = await clinic.api('POST', ADVICE, { title: 'Horaires de la clinique', body: 'Du lundi au samedi, de 8 h à 18 h.' });
  await clinic.api('POST', `${ADVICE}${id}/publish/`);
  await page.goto(LIST);
  await expect(page.getByRole('row')).toHaveCount(5);
  await look(page, 'advice');
  await page.getByLabel('Mots du titre ou du texte').fill('moustiquaire');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByLabel('Mots du titre ou du texte').fill('');
  await page.keyboard.press('Enter');
  await page.getByLabel('État').selectOption('published');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Horaires de la clinique' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Horaires de la clinique');
  await look(page, 'advice-published');
});

test('a sheet shows whose questions it answered', async ({ page, clinic }) => {
  const put = async (title: string, body: string): Promise<number> => {
    const { id } = await clinic.api('POST', ADVICE, { title, body });
    await clinic.api('POST', `${ADVICE}${id}/publish/`);
    return id;
  };
  const id = await put('Se protéger du paludisme', 'Dormez sous une moustiquaire imprégnée. En cas de fièvre, faites un test le jour même.');
  await put('Horaires de la clinique', 'Du lundi au samedi, de 8 h à 18 h.');
  const people = (await clinic.api('GET', '/api/patients/?status=active&page_size=100')).results.filter((p: { shares_phone: boolean }) => !p.shares_phone);
  const questions = ['Comment se protéger du paludisme ?', 'Comment on se protège du palu quand on a un tout petit bébé à la maison, et faut-il aussi une moustiquaire pour les grands enfants ?'];
  for (const [at, query] of questions.entries()) await clinic.api('POST', '/api/rag/query/', { patient_phone: people[at].phone, query });
  await clinic.api('POST', '/api/simulator/', { phone: people[0].phone, body: questions[0] });
  await expect(async () => expect((await clinic.api('GET', `${ADVICE}${id}/`)).answered_lately).toBe(3)).toPass();
  const [asked] = (await clinic.api('GET', `${ADVICE}${id}/answers/?page_size=1`)).results;
  // So much was written since that the newest part of the thread does not hold it.
  for (let at = 0; at < 60; at++) await clinic.api('POST', '/api/simulator/', { phone: people[0].phone, body: `Bonjour ${at}` });

  await page.goto(LIST);
  await expect(page.getByRole('row', { name: /Se protéger du paludisme/ })).toContainText('3 questions');
  await look(page, 'advice-used');
  await page.getByLabel('A déjà répondu').selectOption('never');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row', { name: /Horaires/ })).toContainText('Jamais');
  await page.getByRole('link', { name: 'Horaires de la clinique' }).click();
  await expect(page.getByText('Elle n’a encore répondu à personne')).toBeVisible();

  await page.goto(`${LIST}${id}/`);
  const panel = page.getByRole('region', { name: 'Questions auxquelles elle a répondu' });
  await expect(panel).toContainText('3 questions en 90 jours');
  await expect(panel.getByRole('row')).toHaveCount(4);
  await look(page, 'advice-answers');
  await panel.getByRole('link', { name: questions[0] }).first().click();
  await page.waitForURL(`**/dashboard/patients/${people[0].id}/?tab=conversation&message=${asked.message}`);
  const cameFor = page.getByRole('listitem').and(page.locator('[aria-current]'));
  await expect(cameFor).toContainText(questions[0]);
  await expect(cameFor).toBeInViewport({ ratio: 1 });
  await look(page, 'conversation-at-message');
  await expect(page.getByText('Conseil de la clinique : « Se protéger du paludisme »').first()).toBeVisible();
  await page.getByRole('list', { name: 'Sources' }).getByRole('link', { name: /Se protéger du paludisme/ }).click();
  await expect(panel).toBeVisible(); // and back to the sheet
});

test('two people changing one sheet are told', async ({ page, clinic, watch }) => {
  watch.expected.push(/409 \(Conflict\)/);
  const { id } = await clinic.api('POST', ADVICE, { title: 'Tension', body: TEXT });
  await page.goto(`${LIST}${id}/`);
  await page.getByLabel('Titre').fill('Tension artérielle');
  await page.route('**/api/rag/advice/*/', async (route) => {
    if (route.request().method() === 'PATCH') await clinic.api('PATCH', `${ADVICE}${id}/`, { title: 'Ma tension' });
    await route.continue();
  });
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'modifiée entre-temps' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ma tension'); // the page has heard of it,
  await expect(page.getByLabel('Titre')).toHaveValue('Tension artérielle'); // and what was typed is there
});

test('what is typed stays while the sheet is published', async ({ page, clinic }) => {
  const { id } = await clinic.api('POST', ADVICE, { title: 'Sommeil', body: TEXT });
  await page.goto(`${LIST}${id}/`);
  await page.getByLabel('Titre').fill('Bien dormir');
  await clinic.api('POST', `${ADVICE}${id}/publish/`);
  await expect(page.getByText('Publiée', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bien dormir');
});

test('one that is not there has its heading and says so', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/);
  await page.goto(`${LIST}999999/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Fiche de conseils');
  await expect(page.getByRole('alert').filter({ hasText: 'n’existe pas' }).or(page.getByRole('alert').filter({ hasText: 'n\'existe pas' })).or(page.getByText('Introuvable')).first()).toBeVisible();
  await page.goto('/dashboard/messages/templates/999999/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Modèle WhatsApp');
});

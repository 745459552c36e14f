/* Messages to many: the spec's second guide from signing in to the report, and everything that may stand in the way. */
import { ADMIN, expect, look, test, told } from './support';

const BROADCASTS = '/api/messaging/broadcast/';
const TEMPLATES = '/api/messaging/templates/';
const LIST = '/dashboard/messages/';
const TIP = { title: 'Conseil nutrition', content: 'Bonjour {{prenom}}, mangez cinq fruits et légumes par jour.', category: 'health_tip', target_all_patients: true };
const HOSTILE = '<script>alert(1)</script>';

/** Until the list of one says so. */
const over = (clinic: any, id: number) =>
  expect.poll(async () => (await clinic.api('GET', `${BROADCASTS}${id}/`)).status, { timeout: 20_000 }).toMatch(/sent|failed|cancelled/);

test.beforeEach(async ({ clinic }) => {
  test.slow(); // many looks a test

  for (const b of (await clinic.api('GET', `${BROADCASTS}?page_size=100`)).results) {
    if (['sending', 'paused'].includes(b.status)) await clinic.api('POST', `${BROADCASTS}${b.id}/cancel/`);
    await clinic.api('DELETE', `${BROADCASTS}${b.id}/`);
  }
});

test.describe('guide 2 of the spec', () => {
  test.use({ anonymous: true });

  test('from signing in to the report of a message that was sent', async ({ page, clinic, watch }) => {
    watch.expected.push(/401 \(Unauthorized\)/);
    await page.goto(LIST);
    await expect(page).toHaveURL(/\/login\//);
    await page.getByLabel('Adresse e-mail').fill(ADMIN.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForURL(`**${LIST}`);
    await expect(page.getByText('Aucun message diffusé pour l’instant')).toBeVisible();
    await look(page, 'messages-empty');
    await page.getByRole('link', { name: 'Nouveau message' }).first().click();

    // What.
    await page.getByLabel('Titre').fill('Conseil nutrition');
    await page.getByLabel('Texte', { exact: true }).fill('Bonjour ');
    await page.getByRole('button', { name: 'Insérer le champ Prénom' }).first().click();
    await page.getByLabel('Texte', { exact: true }).press('End');
    await page.keyboard.type(', mangez *cinq fruits* et légumes par jour.');
    await expect(page.getByLabel('Texte', { exact: true })).toHaveValue('Bonjour {{prenom}}, mangez *cinq fruits* et légumes par jour.');
    const preview = page.getByRole('region', { name: 'Aperçu' });
    await expect(preview.getByRole('heading', { name: /^Ce que .+ lira$/ })).toBeVisible();
    await expect(preview.getByText('cinq fruits', { exact: true })).toBeVisible();
    // The draft is on the server, and the address is its own.
    await expect(page.getByText(/^Brouillon gardé à/)).toBeVisible();
    await page.waitForURL(/\/dashboard\/messages\/\d+\/$/);

    // To whom.
    await page.getByRole('radio', { name: 'Certains patients' }).check();
    await page.getByLabel('Sexe').selectOption('F');
    const who = page.getByRole('region', { name: 'Qui le recevra' });
    const count = Number((await clinic.api('POST', `${BROADCASTS}count/`, { target_all_patients: false, target: { gender: 'F' } })).sendable);
    expect(count).toBeGreaterThan(1);
    await expect(who).toContainText(`${count} patients le recevront`);
    await look(page, 'messages-new');

    // Now.
    await page.getByRole('button', { name: `Envoyer maintenant à ${count} patients` }).click();
    const ask = page.getByRole('dialog', { name: `Envoyer ce message à ${count} patients ?` });
    await look(page, 'messages-confirm');
    await ask.getByRole('button', { name: `Envoyer maintenant à ${count} patients` }).click();
    await expect(told(page, 'L’envoi a commencé.')).toBeVisible();
    await expect(page.getByText('Envoyé', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(`${count} sur ${count}`, { exact: true })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Destinataires' }).getByRole('row')).toHaveCount(count + 1);
    await look(page, 'messages-report');
    const [made] = (await clinic.api('GET', BROADCASTS)).results;
    expect(made.counts).toMatchObject({ recipients: count, failed: 0 });
    await page.getByRole('link', { name: 'Messages', exact: true }).first().click();
    await expect(page.getByRole('link', { name: 'Conseil nutrition' }).first()).toBeVisible();
    await look(page, 'messages-list');
  });
});

test('mistakes are told at their fields, and a time is chosen on the clinic’s clock', async ({ page, clinic, watch }) => {
  watch.expected.push(/400 \(Bad Request\)/);
  await page.goto(`${LIST}new/`);
  await page.getByRole('button', { name: /^Envoyer maintenant/ }).click();
  await expect(page.getByText('Donnez-lui un titre, pour le retrouver.')).toBeVisible();
  await expect(page.getByText('Écrivez le texte.')).toBeVisible();
  await expect(page.getByLabel('Titre')).toBeFocused();
  const text = page.getByLabel('Texte', { exact: true });
  await text.fill('Bonjour {{surnom}}');
  await expect(page.getByText('« surnom » n’est pas un champ.', { exact: false })).toBeVisible();
  await text.fill('x'.repeat(1501));
  await expect(page.getByText('Au plus 1500 caractères ; il y en a 1501.')).toBeVisible();
  await look(page, 'messages-mistakes');
  await page.getByLabel('Titre').fill(`Rappel ${HOSTILE}`);
  await text.fill('Bonjour {{prenom}}, pensez à votre vaccin.');
  await page.getByRole('radio', { name: 'Certains patients' }).check();
  await page.getByRole('combobox', { name: 'Étiquettes' }).fill('diabète');
  await page.getByRole('combobox', { name: 'Étiquettes' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Enlever diabète' })).toBeVisible();
  await page.getByLabel('Âge, à partir de').fill('90');
  await page.getByLabel('Âge, jusqu’à').fill('20');
  await page.getByRole('radio', { name: 'À une heure choisie' }).check();
  await page.getByLabel('Date et heure').fill('2020-01-01T09:00');
  await page.getByRole('button', { name: /^Programmer pour/ }).click();
  await expect(page.getByText('L’âge minimum est au-dessus de l’âge maximum.').first()).toBeVisible();
  await page.getByLabel('Âge, à partir de').fill('');
  await page.getByLabel('Âge, jusqu’à').fill('');
  await page.getByRole('button', { name: /^Programmer pour/ }).click();
  await expect(page.getByText(/Cette date est passée/).first()).toBeVisible();
  await page.getByLabel('Date et heure').fill('2030-06-03T09:00');
  await page.getByLabel('Répéter').selectOption('weekly');
  await page.getByRole('button', { name: /^Programmer pour 1 patient/ }).click();
  await expect(told(page, /^Message programmé\./)).toBeVisible();
  const [made] = (await clinic.api('GET', BROADCASTS)).results;
  expect(made).toMatchObject({ status: 'scheduled', repeat: 'weekly', scheduled_at: expect.stringMatching(/^2030-06-03T09:00/), target: { tags: ['diabète'] } });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Rappel ${HOSTILE}`);
  await look(page, 'messages-scheduled');
});

test('one that waits for its time is changed, and a colleague is faster', async ({ page, clinic, watch }) => {
  const made = await clinic.api('POST', BROADCASTS, { ...TIP, scheduled_at: '2030-06-03T09:00' });
  const text = page.getByLabel('Texte', { exact: true });
  await page.goto(`${LIST}${made.id}/`);
  await expect(page.getByLabel('Date et heure')).toHaveValue('2030-06-03T09:00');
  await clinic.api('PATCH', `${BROADCASTS}${made.id}/`, { title: 'Rappel d’Awa', version: made.version });
  watch.expected.push(/409 \(Conflict\)/);
  await text.fill('Bonjour {{prenom}}, votre vaccin vous attend.');
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(page.getByText('Quelqu’un d’autre a changé ce message')).toBeVisible();
  await look(page, 'messages-conflict');
  await page.getByRole('button', { name: 'Garder la mienne' }).click();
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await expect(told(page, 'Changements enregistrés.')).toBeVisible();
  expect((await clinic.api('GET', `${BROADCASTS}${made.id}/`)).content).toBe('Bonjour {{prenom}}, votre vaccin vous attend.');
  await page.getByRole('button', { name: 'Annuler l’envoi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’envoi' }).click();
  await expect(page.getByText('Annulé avant d’avoir commencé : personne ne l’a reçu.')).toBeVisible();
});

test('a draft is kept here and on the server, and is found again', async ({ page, clinic }) => {
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Titre').fill('Chaleur');
  await page.getByLabel('Texte', { exact: true }).fill('Buvez de l’eau.');
  await page.getByRole('button', { name: 'Ajouter une version en wolof' }).click();
  await page.getByRole('textbox', { name: 'Texte en wolof' }).fill('Naanal ndox.');
  await expect.poll(async () => (await clinic.api('GET', BROADCASTS)).results[0]?.variants.wo).toBe('Naanal ndox.');
  await page.waitForURL(/\/messages\/\d+\/$/);
  await page.reload();
  await expect(page.getByLabel('Titre')).toHaveValue('Chaleur');
  await expect(page.getByRole('textbox', { name: 'Texte en wolof' })).toHaveValue('Naanal ndox.');
  await page.goto(LIST);
  await page.getByRole('button', { name: 'Brouillons' }).click();
  await page.waitForURL('**/messages/?status=draft');
  await page.getByRole('link', { name: 'Chaleur' }).first().click();
  await expect(page.getByLabel('Texte', { exact: true })).toHaveValue('Buvez de l’eau.');
  await page.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await page.waitForURL(`**${LIST}`);
  await expect(told(page, 'Message supprimé.')).toBeVisible();
});

test('nobody left, a refused template, two starts at once', async ({ page, clinic, watch }) => {
  watch.expected.push(/40[09] \((Bad Request|Conflict)\)/);
  const template = await clinic.api('POST', TEMPLATES, { purpose: 'broadcast', language: 'fr', carrier_name: 'diffusion_fr', category: 'UTILITY', variables: ['autre'], body: 'Bonjour, {{1}} de votre clinique.' });
  await page.goto(`${LIST}new/`);
  await page.getByLabel('Titre').fill('Campagne');
  await page.getByLabel('Texte', { exact: true }).fill('Bonjour.');
  await page.getByRole('radio', { name: 'Certains patients' }).check();
  await page.getByRole('textbox', { name: 'Maladies ou antécédents' }).fill('béribéri');
  await page.getByRole('button', { name: 'Ajouter à « Maladies ou antécédents »' }).click();
  await expect(page.getByRole('region', { name: 'Qui le recevra' })).toContainText('0');
  await page.getByRole('button', { name: 'Envoyer maintenant à 0 patient' }).click();
  await expect(page.getByText(/Personne ne le recevrait\s: regardez qui est visé/)).toBeVisible();
  await page.getByRole('radio', { name: 'Tous les patients' }).check();
  await page.getByLabel(/^Modèle pour ceux/).selectOption({ label: 'Message diffusé (français : pas encore vérifié)' });
  await expect(page.getByLabel('Variable « autre » du modèle')).toBeVisible();
  await page.getByRole('button', { name: /^Envoyer maintenant à \d+ patients/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Envoyer maintenant/ }).click();
  await expect(page.getByText('Ce modèle attend une valeur de plus')).toBeVisible();
  await look(page, 'messages-refused');
  await page.getByLabel(/^Modèle pour ceux/).selectOption('');
  await expect(page.getByText(/^Brouillon gardé à/)).toBeVisible();
  const id = Number(/messages\/(\d+)/.exec(page.url())![1]);
  // A colleague starts it while the question stands.
  await page.getByRole('button', { name: /^Envoyer maintenant à \d+ patients/ }).click();
  await expect.poll(async () => (await clinic.api('GET', `${BROADCASTS}${id}/`)).template_sid).toBeNull();
  await clinic.api('POST', `${BROADCASTS}${id}/send_now/`);
  await page.getByRole('dialog').getByRole('button', { name: /^Envoyer maintenant/ }).click();
  await expect(page.getByRole('heading', { name: 'Destinataires' })).toBeVisible();
  await over(clinic, id);
  await clinic.api('DELETE', `${TEMPLATES}${template.id}/`);
});

test('one that is being sent is paused, resumed, filtered, duplicated, cancelled', async ({ page, clinic }) => {
  const { id } = await clinic.api('POST', BROADCASTS, { ...TIP, title: `Nutrition ${HOSTILE}`, rate_per_hour: 1, quiet_hours: 'none' });
  await clinic.api('POST', `${BROADCASTS}${id}/send_now/`);
  await page.goto(`${LIST}${id}/`);
  await expect(page.getByText('Envoi en cours', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/^1 sur \d+$/)).toBeVisible();
  await look(page, 'messages-sending');
  await page.getByRole('button', { name: 'Mettre en pause' }).click();
  await expect(told(page, /^En pause/)).toBeVisible();
  await page.getByRole('button', { name: 'Reprendre' }).click();
  await expect(told(page, 'L’envoi reprend.')).toBeVisible();
  await page.getByRole('button', { name: 'n’a pas encore accepté l’invitation' }).or(page.getByRole('button', { name: 'n\'a pas encore accepté' })).first().click();
  await page.waitForURL(/state=left_out&reason=pending/);
  await expect(page.getByRole('table', { name: 'Destinataires' }).getByRole('row')).toHaveCount(2);
  const csv = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger (CSV)' }).click();
  expect((await csv).suggestedFilename()).toBe(`diffusion-${id}.csv`);
  await page.getByRole('button', { name: 'Annuler l’envoi' }).click();
  await look(page, 'messages-cancel');
  await page.getByRole('dialog').getByRole('button', { name: 'Garder l’envoi' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Annuler l’envoi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’envoi' }).click();
  await expect(page.getByText('Annulé', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Dupliquer' }).click();
  await expect(told(page, /^Copie faite/)).toBeVisible();
  await expect(page.getByLabel('Titre')).toHaveValue(`Nutrition ${HOSTILE} (copie)`);
  await expect(page.getByLabel('Patients par heure, au plus')).toHaveValue('1');
});

test('the log says why a message failed and what to do, and is filtered in its address', async ({ page, clinic }) => {
  await page.goto(`${LIST}log/`);
  await expect(page.getByRole('table', { name: 'Journal des messages' }).getByRole('row').nth(1)).toBeVisible();
  await look(page, 'messages-log');
  await page.getByLabel('Sens').selectOption('in');
  await page.waitForURL('**/messages/log/?direction=in');
  const { count } = await clinic.api('GET', '/api/messaging/messages/?direction=in');
  await expect(page.getByRole('table', { name: 'Journal des messages' }).getByRole('row')).toHaveCount(Math.min(count, 50) + 1);
  await page.getByLabel('État').selectOption('uncertain');
  await expect(page.getByText('Aucun message ne répond à ces filtres')).toBeVisible();
  // As the server says it of a number without WhatsApp.
  await page.route('**/api/messaging/messages/?**', async (route) => {
    const answer = await route.fetch();
    const list = await answer.json();
    Object.assign(list.results[0], { direction: 'out', status: 'failed', error_code: '63024', error_kind: 'unreachable', error_text: 'pas de WhatsApp à ce numéro, ou injoignable', body: HOSTILE });
    await route.fulfill({ response: answer, json: list });
  });
  await page.goto(`${LIST}log/?direction=out`);
  await expect(page.getByRole('table', { name: 'Journal des messages' }).getByText('Vérifiez le numéro, ou appelez la personne.')).toBeVisible();
  await look(page, 'messages-log-failed');
});

test('a nurse reads the report and is not offered what she may not do', async ({ page, context, clinic }) => {
  const account = { email: 'awa.messages@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'nurse' });
  const { id } = await clinic.api('POST', BROADCASTS, TIP);
  await clinic.api('POST', `${BROADCASTS}${id}/send_now/`);
  await over(clinic, id);
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto(LIST);
  await expect(page.getByRole('link', { name: 'Conseil nutrition' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nouveau message' })).toHaveCount(0);
  await page.goto(`${LIST}${id}/`);
  await expect(page.getByRole('heading', { name: 'Destinataires' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dupliquer' })).toHaveCount(0);
  await page.goto(`${LIST}new/`);
  await expect(page.getByText(/^Votre rôle permet de lire les messages/)).toBeVisible();
});

test('what is not there, and a server that is away, are said', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/, /ERR_FAILED/);
  await page.goto(`${LIST}999999/`);
  await expect(page.getByText('Cette diffusion n’existe pas.')).toBeVisible();
  await page.route(`**${BROADCASTS}?**`, (route) => route.abort());
  await page.goto(LIST);
  await expect(page.getByRole('button', { name: 'Réessayer' }).first()).toBeVisible();
  await look(page, 'messages-unreachable');
});

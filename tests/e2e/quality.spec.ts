/* The quality of answers: golden questions, runs over them as they happen, and what changed since the run before. */
import type { Page } from '@playwright/test';

import { type Clinic, expect, look, test, told } from './support';

const QUESTIONS = '/api/rag/evaluations/questions/';
const RUNS = '/api/rag/evaluations/';
const QUALITY = '/dashboard/settings/quality/';
const MANY = 300;

async function patient(clinic: Clinic, name: string): Promise<number> {
  return (await clinic.api('GET', `/api/patients/?search=${name}`)).results[0].id;
}

const add = (clinic: Clinic, body: object) => clinic.api('POST', QUESTIONS, body);

/** A set in which some are right, one lacks words, one is refused wrongly, one is answered wrongly. */
async function aSet(clinic: Clinic) {
  const ndiaye = await patient(clinic, 'Ndiaye');
  const diop = await patient(clinic, 'Diop');
  return {
    prescription: await add(clinic, { patient: ndiaye, question: 'Quelle est ma dernière ordonnance ?', expected_words: ['AMLODIPINE', '10 mg', 'METFORMINE', '850 mg'], note: 'La dose a changé en septembre.' }),
    glucose: await add(clinic, { patient: ndiaye, question: 'Combien est ma glycémie ?', expected_words: ['1,42'] }),
    allergies: await add(clinic, { patient: ndiaye, question: 'Quelles sont mes allergies ?', expected_words: ['Pénicilline', 'arachide'] }),
    blood: await add(clinic, { patient: ndiaye, question: 'Quel est mon groupe sanguin ?', expect_refusal: true }),
    haemoglobin: await add(clinic, { patient: diop, question: "Mon taux d'hemoglobine svp", expect_refusal: true, note: 'À vérifier : le bilan de juillet est-il bien dans son dossier ?' }),
    vaccine: await add(clinic, { patient: diop, question: 'Quand était mon vaccin contre la fièvre jaune ?', expected_words: ['2019'] }),
    advice: await add(clinic, { question: 'Quelle est ma dernière ordonnance ?', expect_refusal: true }),
  };
}

/** Starts a run and waits for its end. */
async function finished(clinic: Clinic): Promise<number> {
  const { id } = await clinic.api('POST', RUNS);
  await expect.poll(async () => (await clinic.api('GET', `${RUNS}${id}/`)).state, { timeout: 30_000 }).toBe('done');
  return id;
}

/** The result of a question in a run. */
const resultOf = (page: Page, text: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name: text, exact: true }) });
const figure = (page: Page, word: string) => page.getByRole('term').filter({ hasText: word }).locator('xpath=following-sibling::dd');

// Several looks a test, at three sizes and colours each.
test.slow();

test.beforeEach(async ({ clinic }) => {
  for (;;) {
    const { results } = await clinic.api('GET', `${QUESTIONS}?page_size=100`);
    if (results.length === 0) return;
    await Promise.all(results.map(({ id }: { id: number }) => clinic.api('DELETE', `${QUESTIONS}${id}/`)));
  }
});

test('the settings lead to the pages that exist', async ({ page }) => {
  await page.goto('/dashboard/settings/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réglages');
  await expect(page.getByRole('main').getByRole('link', { name: 'Sauvegardes' })).toBeVisible();
  await look(page, 'settings');
  await page.getByRole('link', { name: 'Modèles WhatsApp' }).click();
  await page.waitForURL('**/dashboard/messages/templates/');
  await page.goBack();
  await page.getByRole('link', { name: 'Qualité des réponses' }).click();
  await page.waitForURL(`**${QUALITY}`);
  await expect(page.getByText('Aucune question de référence')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lancer un essai' })).toHaveCount(0);
  await look(page, 'quality-empty');
});

test('a question is added, with its patient found by the keyboard', async ({ page, clinic }) => {
  await page.goto(QUALITY);
  await page.getByRole('link', { name: 'Ajouter une question' }).click();
  await page.getByRole('button', { name: 'Ajouter la question' }).click();
  await expect(page.getByText('Choisissez un patient dans la liste.')).toBeVisible();
  await expect(page.getByText('Écrivez au moins un mot')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Patient' })).toBeFocused();
  await look(page, 'quality-missing');
  const search = page.getByRole('combobox', { name: 'Patient' });
  await search.fill('Zorglub');
  await expect(page.getByRole('status').filter({ hasText: 'Aucun patient ne correspond.' })).toHaveCount(1);
  await search.fill('di');
  await expect(page.getByRole('option')).not.toHaveCount(0);
  await look(page, 'quality-patients');
  await search.fill('+221700000101');
  await expect(page.getByRole('option')).toHaveCount(1);
  await search.fill('ndiaye');
  await expect(page.getByRole('option', { name: /Mamadou Ndiaye/ })).toHaveAttribute('aria-selected', 'true');
  await search.press('Enter');
  await expect(page.getByRole('group', { name: 'Patient' })).toContainText('Mamadou Ndiaye');
  await page.getByLabel('Question', { exact: true }).fill('Combien est ma glycémie ?');
  await page.getByLabel('Mots attendus').fill('1,42 g/L\n\n glycémie ');
  await page.getByLabel('Note pour vos collègues').fill('À jeun.');
  await look(page, 'quality-new');
  await page.getByRole('button', { name: 'Ajouter la question' }).click();
  await page.waitForURL(`**${QUALITY}`);
  await expect(told(page, 'Question ajoutée.')).toBeVisible();
  await expect(page.getByRole('cell', { name: '1,42 g/L · glycémie' })).toBeVisible();
  const [made] = (await clinic.api('GET', QUESTIONS)).results;
  expect([made.patient_name, made.question, made.expected_words, made.expect_refusal, made.note]).toEqual(['Mamadou Ndiaye', 'Combien est ma glycémie ?', ['1,42 g/L', 'glycémie'], false, 'À jeun.']);
});

test('a question to the advice alone, that must be refused', async ({ page, clinic }) => {
  await page.goto(`${QUALITY}new/`);
  await page.getByRole('radio', { name: 'Aux conseils de la clinique' }).check();
  await page.getByRole('radio', { name: 'Refuser de répondre' }).check();
  await expect(page.getByLabel('Mots attendus')).toHaveCount(0);
  await page.getByLabel('Question', { exact: true }).fill('Quelle est ma dernière ordonnance ?');
  await page.getByRole('button', { name: 'Ajouter la question' }).click();
  await page.waitForURL(`**${QUALITY}`);
  const [made] = (await clinic.api('GET', QUESTIONS)).results;
  expect([made.patient, made.expected_words, made.expect_refusal]).toEqual([null, [], true]);
});

test('questions are listed, of one patient too, changed and deleted', async ({ page, clinic }) => {
  const { glucose } = await aSet(clinic);
  await page.goto(QUALITY);
  await expect(page.getByRole('table', { name: 'Questions de référence' }).getByRole('row')).toHaveCount(8);
  await expect(page.getByText('7 questions')).toBeVisible();
  await look(page, 'quality');
  await page.getByRole('combobox', { name: 'Questions d’un seul patient' }).fill('diop');
  await page.getByRole('option', { name: /Awa Diop/ }).click();
  await page.waitForURL(/patient=\d+/);
  await expect(page.getByText('2 questions')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('group', { name: 'Questions d’un seul patient' })).toContainText('Awa Diop');
  await page.getByRole('button', { name: 'Choisir un autre patient' }).click();
  await page.getByRole('link', { name: 'Combien est ma glycémie ?' }).click();
  await page.waitForURL(`**${QUALITY}${glucose.id}/`);
  await expect(page.getByLabel('Mots attendus')).toHaveValue('1,42');
  await look(page, 'quality-question');
  await page.getByRole('radio', { name: 'Répondre d’après le dossier' }).check();
  await page.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await page.waitForURL(`**${QUALITY}`);
  expect((await clinic.api('GET', `${QUESTIONS}${glucose.id}/`)).expected_words).toEqual([]);
  await page.getByRole('link', { name: 'Combien est ma glycémie ?' }).click();
  await page.getByRole('button', { name: 'Supprimer la question' }).click();
  await look(page, 'quality-delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer la question' }).click();
  await page.waitForURL(`**${QUALITY}`);
  await expect(told(page, 'Question supprimée.')).toBeVisible();
  await expect(page.getByText('6 questions')).toBeVisible();
});

test('a run is started with one button and followed while it goes on', async ({ page, clinic }) => {
  const ndiaye = await patient(clinic, 'Ndiaye');
  for (let i = 0; i < MANY; i += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, k) => add(clinic, { patient: ndiaye, question: `Quelle est ma dernière ordonnance ? ${i + k}`, expected_words: ['amlodipine'] })));
  }
  await page.goto(QUALITY);
  // Every state of the bar, in the page itself: a reload would lose them.
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector('main progress');
      const value = bar?.getAttribute('aria-label') === 'Avancement de l’essai' ? (bar as HTMLProgressElement).value : undefined;
      if (value !== undefined && value !== seen.at(-1)) seen.push(value);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole('button', { name: 'Lancer un essai' }).click();
  await page.waitForURL(/runs\/\d+\/$/);
  await expect(figure(page, 'justes')).toHaveText(String(MANY), { timeout: 40_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  expect(seen.filter((value) => value > 0 && value < MANY).length, seen.join(' ')).toBeGreaterThan(0); // on a busy machine the page draws few of them
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  await expect(page.getByText(`1 à 25 sur ${MANY}`)).toBeVisible();
  await page.getByRole('button', { name: 'Suivant' }).click();
  await expect(page.getByText(`26 à 50 sur ${MANY}`)).toBeVisible();
});

test('a run says what is right, wrong and refused, with the answer beside what was expected', async ({ page, clinic }) => {
  await aSet(clinic);
  const id = await finished(clinic);
  const of = (text: string) => resultOf(page, text);
  await page.goto(`${QUALITY}runs/${id}/`);
  await expect(figure(page, 'justes')).toHaveText('4');
  await expect(figure(page, 'fausses')).toHaveText('2');
  await expect(figure(page, 'refusées à tort')).toHaveText('1');
  await look(page, 'quality-run');
  await expect(of('Quelles sont mes allergies ?')).toContainText('Mots manquants');
  await expect(of('Quelles sont mes allergies ?').getByRole('listitem').filter({ hasText: 'arachide' })).toContainText('manque');
  await expect(of('Quelles sont mes allergies ?').getByRole('listitem').filter({ hasText: 'Pénicilline' }).first()).not.toContainText('manque');
  await expect(of('Quand était mon vaccin contre la fièvre jaune ?')).toContainText('Refusée à tort');
  await expect(of("Mon taux d'hemoglobine svp")).toContainText('Répondue à tort');
  const glucose = of('Combien est ma glycémie ?');
  await expect(glucose).toContainText('Juste');
  await expect(glucose.getByRole('list', { name: 'Sources' })).toContainText('page 1');
  await expect(glucose.getByRole('list', { name: 'Sources' }).getByRole('link').first()).toHaveAttribute('href', /\/dashboard\/documents\/\d+\/\?page=1$/);
  await page.getByRole('button', { name: /À regarder/ }).click();
  await expect(page.getByRole('heading', { level: 3, name: 'Combien est ma glycémie ?' })).toHaveCount(0);
  await expect(page).toHaveURL(/show=look/);
});

test('a run is compared with the one before, which keeps what was expected then', async ({ page, clinic }) => {
  const set = await aSet(clinic);
  const id = await finished(clinic);
  const of = (text: string) => resultOf(page, text);
  await clinic.api('PATCH', `${QUESTIONS}${set.allergies.id}/`, { expected_words: ['Pénicilline'] });
  await clinic.api('PATCH', `${QUESTIONS}${set.glucose.id}/`, { expected_words: ['9,99'] });
  await add(clinic, { patient: set.glucose.patient, question: 'Quel est mon potassium ?', expected_words: ['4,3'] });
  await page.goto(`${QUALITY}runs/${id}/`);
  await page.getByRole('button', { name: 'Relancer un essai' }).click();
  await expect(page.getByText('1 va mieux')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('1 va moins bien')).toBeVisible();
  await expect(page.getByRole('heading', { level: 3 }).filter({ hasText: '?' }).first()).toHaveText('Combien est ma glycémie ?');
  await expect(of('Quel est mon potassium ?')).toContainText('Nouvelle');
  await look(page, 'quality-compared');
  await page.getByRole('button', { name: /Moins bien/ }).click();
  await expect(of('Combien est ma glycémie ?')).toContainText('Moins bien');
  await expect(of('Quelles sont mes allergies ?')).toHaveCount(0);
  await page.getByRole('link', { name: 'Voir l’essai d’avant' }).click();
  await page.waitForURL(`**${QUALITY}runs/${id}/`);
  await expect(of('Quelles sont mes allergies ?')).toContainText('arachide');
  await page.goto(QUALITY);
  await expect(page.getByRole('region', { name: 'Dernier essai' })).toContainText('5 réponses justes sur 8');
  await expect(page.getByRole('table', { name: 'Essais' })).toContainText('4 réponses justes sur 7');
});

test('a run under way shows the answers that are there', async ({ page, clinic }) => {
  await aSet(clinic);
  const id = await finished(clinic);
  const open = { state: 'running', done: 3, passed: 2, ended_at: null };
  await page.route(`**${RUNS}${id}/`, async (route) => {
    const run = await (await route.fetch()).json();
    await route.fulfill({ json: { ...run, ...open, results: run.results.slice(0, 3) } });
  });
  await page.route(`**${RUNS}?*`, async (route) => {
    const list = await (await route.fetch()).json();
    await route.fulfill({ json: { ...list, results: list.results.map((r: { id: number }) => (r.id === id ? { ...r, ...open } : r)) } });
  });
  await page.goto(`${QUALITY}runs/${id}/`);
  await expect(page.getByText('3 questions posées sur 7')).toBeVisible();
  await expect(page.getByRole('button', { name: /essai/ })).toHaveCount(0);
  await look(page, 'quality-running');
  await page.goto(QUALITY);
  await expect(page.getByRole('link', { name: 'Suivre l’essai en cours' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lancer un essai' })).toHaveCount(0);
  await look(page, 'quality-under-way');
});

test('what cannot be had is said: a run that is not there, a list that fails', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/, /500 \(Internal Server Error\)/);
  await page.goto(`${QUALITY}runs/999999/`);
  await expect(page.getByRole('alert').filter({ hasText: 'Introuvable' })).toBeVisible();
  await look(page, 'quality-run-missing');
  await page.route(`**${QUESTIONS}?*`, (route) => route.fulfill({ status: 500, json: { detail: '' } }));
  await page.goto(QUALITY);
  await expect(page.getByRole('region', { name: 'Questions de référence' }).getByRole('alert')).toContainText('Le serveur a rencontré une erreur');
  await look(page, 'quality-failed');
});

test('in English', async ({ page, clinic }) => {
  await aSet(clinic);
  const id = await finished(clinic);
  await page.addInitScript(() => localStorage.setItem('medirecord.language', 'en'));
  await page.goto(`${QUALITY}runs/${id}/`);
  await expect(figure(page, 'wrongly refused')).toHaveText('1');
  await page.goto(`${QUALITY}new/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a question');
  await look(page, 'quality-new-english');
});

test('a nurse is told that it is not for her', async ({ page, context, clinic }) => {
  const account = { email: 'coumba.infirmiere@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'nurse' });
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto('/dashboard/settings/');
  await expect(page.getByRole('main').getByRole('link', { name: 'Modèles WhatsApp' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /Qualité|Sauvegardes|Comptes/ })).toHaveCount(0);
  await page.goto(QUALITY);
  await expect(page.getByText('Réservé aux médecins et aux administrateurs')).toBeVisible();
  await look(page, 'quality-reserved');
});

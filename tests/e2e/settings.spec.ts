/* Settings: what is in force and where it comes from, the test of channel and models, what is thrown away by age. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Clinic, expect, look, test, told } from './support';

const CHANNEL = '/dashboard/settings/channel/';
const TWILIO = {
  CHANNEL: 'twilio', TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'jeton-de-test-tres-secret-4321', TWILIO_WHATSAPP_NUMBER: '+221338000000',
  TWILIO_API_BASE_URL: 'http://127.0.0.1:9', TWILIO_CONTENT_BASE_URL: 'http://127.0.0.1:9', TWILIO_MESSAGING_BASE_URL: 'http://127.0.0.1:9',
};

function sql(clinic: Clinic, text: string) {
  const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.execute(sys.argv[2])\ndb.commit()\n';
  const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(clinic.dataDir, 'medirecord.db'), text], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

test('the pages of the settings stand under what they are about', async ({ page }) => {
  await page.goto('/dashboard/settings/');
  for (const name of ['Réglages de la clinique', 'Conseils de la clinique', 'Qualité des réponses', 'WhatsApp et e-mail', 'Modèles de langue', 'Sauvegardes', 'Travaux', 'Conservation']) {
    await expect(page.getByRole('link', { name })).toBeVisible();
  }
  await look(page, 'settings');
});

test('WhatsApp on the simulator says so, and is tested by keyboard', async ({ page }) => {
  await page.goto(CHANNEL);
  await expect(page.getByText('WhatsApp est simulé')).toBeVisible();
  await page.getByRole('button', { name: 'Tester' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pas utilisé').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'channel-simulator');
});

test('a carrier that does not answer is to be mended, and its secret stays masked', async ({ browser }) => {
  test.slow(); // a server of its own
  const clinic = await Clinic.start(TWILIO);
  const context = await browser.newContext({ baseURL: clinic.url, locale: 'fr-FR' });
  await context.addCookies(await clinic.cookies());
  const page = await context.newPage();
  await page.goto(CHANNEL);
  await expect(page.getByRole('row', { name: /Jeton Twilio/ })).toContainText('finit par 4321');
  await expect(page.getByRole('row', { name: /Jeton Twilio/ })).toContainText('fixé par l’environnement');
  expect(await page.content()).not.toContain('tres-secret');
  await expect(page.getByText('/webhook/whatsapp-rag#rc=3&rp=all')).toBeVisible();
  await page.getByRole('button', { name: 'Tester' }).click();
  await expect(page.getByText('À corriger').first()).toBeVisible({ timeout: 30_000 });
  await look(page, 'channel-twilio');
  await context.close();
  await clinic.remove();
});

test('what was changed in the server’s file, and what waits, is applied where it is shown', async ({ browser }) => {
  test.slow(); // a server of its own
  const clinic = await Clinic.start();
  const context = await browser.newContext({ baseURL: clinic.url, locale: 'fr-FR' });
  await context.addCookies(await clinic.cookies());
  const page = await context.newPage();
  try {
    await page.goto(CHANNEL);
    const number = page.getByRole('row', { name: /EMERGENCY_NUMBER/ });
    await expect(number).toContainText('1515');
    fs.writeFileSync(path.join(clinic.dataDir, '.env'), 'EMERGENCY_NUMBER=18\n');
    await page.getByRole('region', { name: 'Changer ces réglages' }).getByRole('button', { name: 'Appliquer maintenant' }).click();
    await expect(told(page, 'Les réglages sont appliqués.')).toBeVisible({ timeout: 40_000 });
    await expect(number).toContainText('18');

    await clinic.api('PATCH', '/api/settings/', { TIME_ZONE: 'Europe/Paris' });
    await page.goto('/dashboard/settings/models/');
    await expect(page.getByRole('list', { name: 'Réglages en attente' })).toContainText('Europe/Paris ensuite');
    await expect(page.getByRole('button', { name: 'Appliquer maintenant' })).toHaveCount(1);
    await look(page, 'models-waiting');
    await page.getByRole('button', { name: 'Appliquer maintenant' }).click();
    await expect(page.getByRole('list', { name: 'Réglages en attente' })).toHaveCount(0, { timeout: 40_000 });
    await page.getByRole('region', { name: 'Changer ces réglages' }).getByRole('link', { name: 'Réglages de la clinique' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Réglages de la clinique');
  } finally {
    await context.close();
    await clinic.remove();
  }
});

test('models: without one everything works, and nothing left the house', async ({ page }) => {
  await page.goto('/dashboard/settings/models/');
  await expect(page.getByRole('row', { name: /Qui rédige les réponses/ })).toContainText('Le programme seul');
  await expect(page.getByText('Rien n’est parti à l’extérieur')).toBeVisible();
  await look(page, 'models');
});

test('what was asked of models is counted by day', async ({ page, clinic }) => {
  const columns = spawnSync('/usr/bin/python3', ['-c', 'import sqlite3, sys\nprint(",".join(r[1] + ":" + r[2] + ":" + str(r[3]) for r in sqlite3.connect(sys.argv[1]).execute("PRAGMA table_info(model_call)")))', path.join(clinic.dataDir, 'medirecord.db')], { encoding: 'utf8' }).stdout.trim().split(',').map((c) => c.split(':') as [string, string, string]);
  const values: Record<string, string> = { kind: "'generate'", provider: "'gemini'", model: "'gemini-<script>alert(1)</script>'", outcome: "'generated'", at_us: '1790000000000000', calls: '1', tokens_in: '1200', tokens_out: '90', sent_bytes: '4800' };
  const named = columns.filter(([name, , required]) => name !== 'id' && (values[name] || required === '1'));
  sql(clinic, `INSERT INTO model_call (${named.map(([name]) => name).join(', ')}) VALUES (${named.map(([name, type]) => values[name] ?? (type === 'TEXT' ? "''" : '0')).join(', ')})`);
  await page.goto('/dashboard/settings/models/');
  await expect(page.getByRole('row', { name: /Rédiger/ })).toContainText('<script>alert(1)</script>');
});

test('what is too old is counted, and goes when asked', async ({ page, clinic }) => {
  sql(clinic, "INSERT INTO job (kind, payload, state, attempts, last_error, created_at_us, finished_at_us) VALUES ('x', '{}', 'done', 1, '', 1, 2)");
  await page.goto('/dashboard/settings/retention/');
  await expect(page.getByRole('row', { name: /Travaux finis/ })).toContainText('7 jours');
  await look(page, 'retention');
  await page.getByRole('button', { name: 'Nettoyer maintenant' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Jeter une ligne' }).click();
  await expect(told(page, 'Nettoyage lancé.')).toBeVisible();
});

test('a list of settings that does not come is said', async ({ page, watch }) => {
  watch.expected.push(/500/);
  await page.route('**/api/settings/', (route) => route.fulfill({ status: 500, json: { detail: 'Le serveur a rencontré une erreur.', code: 'internal' } }));
  await page.goto(CHANNEL);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('WhatsApp et e-mail');
  await expect(page.getByRole('button', { name: 'Réessayer' })).toBeVisible();
});

test('an administrator changes what the server leaves open; old and new are told until they are applied', async ({ browser }) => {
  test.slow(); // a server of its own
  const clinic = await Clinic.start({ MESSAGE_RATE: '20' });
  const context = await browser.newContext({ baseURL: clinic.url, locale: 'fr-FR' });
  await context.addCookies(await clinic.cookies());
  const page = await context.newPage();
  try {
    await page.goto('/dashboard/settings/');
    await page.getByRole('link', { name: 'Réglages de la clinique' }).click();
    const patients = page.getByRole('form', { name: 'Patients et alertes' });
    const number = patients.getByLabel('Numéro d’urgence donné aux patients');
    await expect(number).toHaveAttribute('placeholder', '1515');
    await expect(page.getByRole('table', { name: 'Messages : fixé par le serveur' }).getByRole('row', { name: /MESSAGE_RATE/ })).toContainText('20');
    await expect(page.getByRole('form', { name: 'Messages' }).getByLabel('Messages par seconde, au plus')).toHaveCount(0);
    await look(page, 'clinic');

    await number.fill('pas un numéro');
    await patients.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(patients.getByText(/il faut un numéro de 2 à 16 chiffres/)).toBeVisible();
    await number.fill('15');
    await patients.getByLabel('Fuseau horaire de la clinique').fill('Europe/Paris');
    await patients.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(told(page, /Appliquez-le en haut de la page/)).toBeVisible();
    await expect(page.getByText('2 réglages enregistrés ne sont pas encore appliqués')).toBeVisible();
    const waiting = page.getByRole('list', { name: 'Réglages en attente' });
    await expect(waiting).toContainText('1515 aujourd’hui, 15 ensuite');
    await expect(number).toHaveValue('15');
    await look(page, 'clinic-waiting');

    // A carrier without its keys is refused as at the start.
    const messages = page.getByRole('form', { name: 'Messages' });
    await messages.getByLabel('Par où passent les messages').selectOption('twilio');
    await messages.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(messages.getByText(/CHANNEL=twilio a besoin de/)).toBeVisible();
    await look(page, 'clinic-refused');

    // Put in force without a shell: the page waits, and comes back by itself.
    let letGo = () => {};
    const looked = new Promise<void>((go) => { letGo = go; });
    await page.route('**/api/settings/', async (route) => { await looked; await route.continue(); });
    await page.getByRole('button', { name: 'Appliquer maintenant' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'revient d’elle-même' })).toBeVisible();
    await look(page, 'clinic-applying');
    letGo();
    await expect(told(page, 'Les réglages sont appliqués.')).toBeVisible({ timeout: 40_000 });
    await expect(waiting).toHaveCount(0);
    await expect(number).toHaveValue('15');
    expect((await clinic.api('GET', '/api/settings/')).settings.find((x: { name: string }) => x.name === 'EMERGENCY_NUMBER').value).toBe('15');

    await number.fill('');
    await patients.getByLabel('Fuseau horaire de la clinique').fill('');
    await patients.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(waiting).toContainText('15 aujourd’hui, par défaut (1515) ensuite');
    expect((await clinic.api('GET', '/api/audit/?action=settings.change')).count).toBe(4);
    // What would not start is said before anything stops.
    fs.writeFileSync(path.join(clinic.dataDir, '.env'), 'CHANNEL=twilio\n');
    await page.getByRole('button', { name: 'Appliquer maintenant' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Rien n’a été arrêté' })).toContainText('CHANNEL=twilio a besoin de');
    await look(page, 'clinic-not-applied');
  } finally {
    await context.close();
    await clinic.remove();
  }
});

/* Jobs: what was given up and why, again or put aside; what waits; who may look. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { type Clinic, expect, look, test, told } from './support';

const JOBS = '/dashboard/settings/jobs/';
const HOSTILE = 'E_RETRY <script>alert(1)</script> unreachable: Could not connect to the mail server';

/** Rows as the runner leaves them when it gives up. */
function addDead(clinic: Clinic, kind: string, reason = HOSTILE) {
  const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\n'
    + 'db.execute("INSERT INTO job (kind, payload, state, attempts, last_error, created_at_us, started_at_us, finished_at_us)"\n'
    + '    " VALUES (?, \'{}\', \'dead\', 10, ?, 1, 2, CAST(strftime(\'%s\') AS INTEGER) * 1000000)", sys.argv[2:])\ndb.commit()\n';
  const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(clinic.dataDir, 'medirecord.db'), kind, reason], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

test('nothing was given up', async ({ page }) => {
  await page.goto(JOBS);
  await expect(page.getByText('Aucun travail abandonné')).toBeVisible();
  await look(page, 'jobs-empty');
  await page.getByRole('button', { name: /^Finis/ }).click();
  await expect(page).toHaveURL(/state=done/);
  await expect(page.getByRole('cell').first()).toBeVisible();
  await look(page, 'jobs-done');
});

test('work that was given up says why, runs again or is put aside', async ({ page, clinic }) => {
  addDead(clinic, 'maintenance');
  addDead(clinic, 'notification.mail');
  await page.goto(JOBS);
  const mail = page.getByRole('row', { name: /Prévenir par e-mail/ });
  await expect(mail).toContainText('<script>alert(1)</script>');
  await look(page, 'jobs');
  await page.getByRole('row', { name: /trop vieux/ }).getByRole('button', { name: 'Relancer' }).click();
  await expect(told(page, /^Travail relancé/)).toBeVisible();
  await expect(page.getByRole('row', { name: /trop vieux/ })).toHaveCount(0);
  await mail.getByRole('button', { name: /^Écarter/ }).focus();
  await page.keyboard.press('Enter');
  await look(page, 'jobs-discard');
  await page.getByRole('dialog').getByRole('button', { name: 'Écarter' }).click();
  await expect(told(page, 'Travail écarté.')).toBeVisible();
  await expect(page.getByText('Aucun travail abandonné')).toBeVisible();
});

test('the list follows what happens', async ({ page, clinic }) => {
  await page.goto(JOBS);
  await expect(page.getByText('Aucun travail abandonné')).toBeVisible();
  addDead(clinic, 'backup.make', 'E_RETRY disk_full');
  await expect(page.getByRole('row', { name: /Faire une sauvegarde/ })).toBeVisible({ timeout: 12_000 });
});

test('a refusal of the list is said, and it is asked again', async ({ page, watch }) => {
  watch.expected.push(/500/);
  // Until the button was pressed: the list is asked by itself too, and a button that is no longer needed goes away.
  const isPressed = () => page.evaluate(() => 'pressed' in document.documentElement.dataset);
  await page.route('**/api/jobs/**', async (route) =>
    (await isPressed()) ? route.continue() : route.fulfill({ status: 500, json: { detail: 'Le serveur a rencontré une erreur.', code: 'internal' } }));
  await page.goto(JOBS);
  await expect(page.getByRole('alert').filter({ hasText: 'erreur' }).first()).toBeVisible();
  await look(page, 'jobs-error');
  const again = page.getByRole('button', { name: 'Réessayer' });
  await again.evaluate((button) => button.addEventListener('click', () => (document.documentElement.dataset.pressed = ''), { capture: true }));
  await again.click();
  await expect(page.getByRole('cell').first()).toBeVisible();
});

test('a doctor is told that it is for administrators', async ({ page, context, clinic }) => {
  const account = { email: 'dr.fall@clinique.example', password: 'un mot de passe de soin 2026' };
  await clinic.account({ ...account, role: 'doctor' });
  await context.clearCookies();
  await context.addCookies(await clinic.cookies(account));
  await page.goto(JOBS);
  await expect(page.getByText('Réservé aux administrateurs')).toBeVisible();
  await page.goto('/dashboard/settings/');
  await expect(page.getByRole('link', { name: 'Conseils de la clinique' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Travaux' })).toHaveCount(0);
  await look(page, 'settings-doctor');
});

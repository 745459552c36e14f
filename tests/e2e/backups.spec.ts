/* Backups: none yet, one now with its proof, one that is too old, a disk that is not there. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { Clinic, expect, look, test } from './support';

const BACKUPS = '/dashboard/settings/backups/';

/** What the clock does in a week. */
function sql(clinic: Clinic, text: string) {
  const script = 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.execute(sys.argv[2])\ndb.commit()\n';
  const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(clinic.dataDir, 'medirecord.db'), text], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

test('the first one is made, followed and proven', async ({ page }) => {
  await page.goto(BACKUPS);
  await expect(page.getByText('Aucune sauvegarde n’a encore été prouvée')).toBeVisible();
  await look(page, 'backups-none');
  await page.getByRole('button', { name: 'Sauvegarder maintenant' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('La dernière sauvegarde est bonne')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('cell', { name: 'Prouvée' })).toBeVisible();
  await expect(page.getByText('Les sauvegardes sont sur le même disque que les données')).toBeVisible();
  await look(page, 'backups');
});

test('the last good one is too old, the last attempt failed', async ({ page, clinic }) => {
  sql(clinic, 'UPDATE backup SET taken_at_us = taken_at_us - 600000000000');
  sql(clinic, "INSERT INTO backup (state, name, folder, size_bytes, patients, documents, missing, damaged, error_code, created_by, created_at_us, ended_at_us) VALUES ('failed', '', '/media/<script>alert(1)</script>', 0, 0, 0, 0, 0, 'backup_folder', 0, 1790000000000000, 1790000000000000)");
  await page.goto(BACKUPS);
  await expect(page.getByText('La dernière bonne sauvegarde est trop vieille')).toBeVisible();
  await expect(page.getByText('le disque est-il branché ?').first()).toBeVisible();
  await look(page, 'backups-late');
});

test('a server that does not answer is said', async ({ page, watch }) => {
  watch.expected.push(/500/);
  await page.route('**/api/backups/**', (route) => route.fulfill({ status: 500, json: { detail: 'Le serveur a rencontré une erreur.', code: 'internal' } }));
  await page.goto(BACKUPS);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sauvegardes');
  await expect(page.getByRole('button', { name: 'Réessayer' }).first()).toBeVisible();
});

/* The analyses: what a doctor reads there, in each period; empty, failing, by keyboard. */
import fs from 'node:fs';

import { expect, look, test } from './support';

test.describe.configure({ timeout: 180_000 });

const ANALYTICS = '/dashboard/analytics/';

test('the questions of a doctor, each with its number, its table and its CSV', async ({ page, clinic }) => {
  const patient = await clinic.api<{ id: number; phone: string }>('POST', '/api/patients/', { first_name: '<script>alert(1)</script>', last_name: 'Diop', phone: '+221771239962', date_of_birth: '1980-01-01', gender: 'F' });
  await clinic.api('POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  await clinic.api('POST', `/api/patients/${patient.id}/consents/`, { purpose: 'assistant', granted: true });
  await clinic.api('POST', '/api/rag/query/', { patient_phone: patient.phone, query: 'Quelle est ma dernière ordonnance ?' });
  await page.goto(ANALYTICS);
  for (const name of ['Les patients reçoivent-ils une réponse ?', 'Les documents sont-ils lus ?', 'Les messages arrivent-ils ?', 'Tout marche-t-il ?'])
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Temps de réponse/ })).toBeVisible();
  await expect(page.getByText('<script>')).toHaveCount(0);

  await page.getByRole('button', { name: /Voir les chiffres \(Questions posées/ }).click();
  const table = page.getByRole('region', { name: /Questions posées/ });
  await expect(table.getByRole('row')).toHaveCount(9); // a head, seven days and today
  await expect(table.getByRole('columnheader', { name: 'refusées' })).toBeVisible();
  await look(page, 'analytics-full');

  const csv = page.waitForEvent('download');
  await page.getByRole('button', { name: /CSV \(Questions posées/ }).click();
  const file = await csv;
  expect(file.suggestedFilename()).toBe('questions.csv');
  const lines = fs.readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]).toBe('\ufeff"Jour","répondues","refusées","urgences"');

  const png = page.waitForEvent('download');
  await page.getByRole('button', { name: /image \(Temps de réponse/ }).click();
  expect(fs.readFileSync(await (await png).path()).subarray(1, 4).toString()).toBe('PNG');
});

test('the period is in the address, and a new question shows by itself', async ({ page, clinic }) => {
  await page.goto(`${ANALYTICS}?hours=2160`);
  await expect(page.getByRole('button', { name: '90 jours' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '24 heures' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/hours=24$/);
  await expect(page.getByRole('link', { name: 'Tout en CSV' })).toHaveAttribute('href', /hours=24&format=csv/);
  const asked = page.getByRole('figure', { name: 'Messages envoyés aux patients' }).getByText(/^messages?$/).locator('..').locator('dd');
  const before = Number((await asked.textContent())!.replace(/\D/g, ''));
  await clinic.api('POST', '/api/simulator/', { phone: '+221770001122', body: 'bonjour' });
  await expect.poll(async () => Number((await asked.textContent())!.replace(/\D/g, '')), { timeout: 20_000 }).toBeGreaterThan(before);
});

test('a clinic where nothing happened yet', async ({ page, clinic }) => {
  const read = await clinic.api<Record<string, Record<string, unknown>>>('GET', '/api/metrics/dashboard/?hours=168');
  await page.route('**/api/metrics/dashboard/**', (route) => route.fulfill({
    json: { ...read, questions: { ...read.questions, count: 0 }, delivery: { ...read.delivery, out: 0 }, indexing: { ...read.indexing, documents: 0 } },
  }));
  await page.goto(ANALYTICS);
  await expect(page.getByText('Rien sur cette période')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Tout marche-t-il ?' })).toBeVisible();
  await look(page, 'analytics-empty');
});

test('what cannot be read says so, and is asked for again', async ({ page, watch }) => {
  watch.expected.push(/500/);
  let failing = true;
  await page.route('**/api/metrics/dashboard/**', (route) => (failing ? route.fulfill({ status: 500, json: { detail: 'x', code: 'internal' } }) : route.continue()));
  await page.goto(ANALYTICS);
  await expect(page.getByRole('alert').filter({ hasText: 'erreur' })).toBeVisible();
  await look(page, 'analytics-error');
  failing = false;
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await expect(page.getByRole('heading', { name: 'Tout marche-t-il ?' })).toBeVisible();
});

/* A telephone to try the assistant as a patient, and the same conversation on the doctor's side. */
import path from 'node:path';

import { ROOT } from './clinic';
import { expect, look, test, told } from './support';

const PAGE = '/dashboard/simulator/';

// Several looks a test, at three sizes and colours each.
test.slow();

test('a question is asked as a patient, answered, taken over, replied to, and given back', async ({ page, clinic }) => {
  await page.goto('/dashboard/settings/');
  await page.getByRole('link', { name: 'Simulateur WhatsApp' }).click();
  await page.waitForURL(`**${PAGE}`);
  await expect(page.getByText('Choisissez un patient')).toBeVisible();
  await look(page, 'simulator-empty');
  await page.getByRole('combobox', { name: 'Patient' }).fill('ndiaye');
  await page.getByRole('option', { name: /Mamadou Ndiaye/ }).click();
  const phone = page.getByRole('region', { name: 'Téléphone du patient' });
  const write = phone.getByRole('textbox', { name: 'Message' });
  await write.fill('Combien est ma glycémie ?');
  await write.press('Enter');
  const last = phone.getByRole('listitem').last();
  await expect(last).toContainText('La clinique :');
  await expect(last).toContainText('1,42');
  await expect(phone.getByRole('listitem').filter({ hasText: 'Combien est ma glycémie ?' }).last()).toContainText('Lu');
  await page.getByRole('button', { name: 'Je veux parler au médecin' }).click();
  await expect(last).toContainText('médecin');
  await look(page, 'simulator');

  // The same conversation as the doctor has it, in another window.
  const doctor = await page.context().newPage();
  await doctor.goto('/dashboard/conversations/');
  await doctor.getByRole('list', { name: 'À traiter' }).getByRole('link', { name: 'Mamadou Ndiaye' }).click();
  await doctor.getByRole('button', { name: 'Prendre en main' }).click();
  await doctor.getByRole('textbox', { name: 'Votre réponse' }).fill('Bonjour, passez demain à 9 h.');
  await doctor.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(last).toContainText('Bonjour, passez demain à 9 h.');
  await write.fill('Merci docteur');
  await phone.getByRole('button', { name: 'Envoyer' }).click();
  await expect(doctor.getByRole('region', { name: /^Messages avec/ }).getByRole('article').last()).toContainText('Merci docteur');
  await expect(last).toContainText('Merci docteur');
  await doctor.getByRole('button', { name: 'Rendre à l’assistant' }).click();
  await expect(told(doctor, 'L’assistant répond de nouveau.')).toBeVisible();
  await doctor.close();
  await write.fill('STOP');
  await write.press('Enter');
  await expect(last).toContainText('C\'est noté');
  const ndiaye = (await clinic.api('GET', '/api/patients/?search=ndiaye')).results[0];
  const { results } = await clinic.api('GET', `/api/patients/${ndiaye.id}/consents/`);
  expect(results.find((c: { purpose: string; current: boolean }) => c.purpose === 'messages' && c.current).granted).toBe(false);
});

test('a photo is sent as a patient sends one, seen by the doctor and put into the record', async ({ page, clinic }) => {
  const sow = (await clinic.api('GET', '/api/patients/?search=sow')).results[0];
  await page.goto(PAGE);
  await page.getByRole('combobox', { name: 'Patient' }).fill('sow');
  await page.getByRole('option', { name: /Mariama Sow/ }).click();
  const phone = page.getByRole('region', { name: 'Téléphone du patient' });
  const choosing = page.waitForEvent('filechooser');
  await phone.getByRole('button', { name: 'Joindre une photo ou un document' }).click();
  await (await choosing).setFiles(path.join(ROOT, 'demo', 'documents', 'ordonnance-sarr-2026-06.jpg'));
  await expect(phone.getByRole('img')).toBeVisible();
  await expect(phone.getByRole('listitem').last()).toContainText('transmis à votre médecin');
  await look(page, 'simulator-photo');
  const [medium] = (await clinic.api('GET', `/api/messaging/media/?patient=${sow.id}`)).results;
  expect([medium.status, medium.type, medium.file_name]).toEqual(['kept', 'image/jpeg', 'ordonnance-sarr-2026-06.jpg']);

  await page.goto(`/dashboard/patients/${sow.id}/?tab=conversation`);
  await expect(page.getByRole('region', { name: /^Messages/ }).getByRole('img')).toBeVisible();
  await clinic.api('POST', `/api/messaging/media/${medium.id}/accept/`, {});
  await page.reload();
  await expect(page.getByRole('link', { name: 'Voir dans le dossier' })).toBeVisible();
});

test('a number that nobody has gets the words for strangers', async ({ page }) => {
  await page.goto(PAGE);
  await page.getByLabel('Ou un autre numéro').fill('abc');
  await page.getByRole('button', { name: 'Prendre ce numéro' }).click();
  await expect(page.getByText('Écrivez un numéro de téléphone.')).toBeVisible();
  await page.getByLabel('Ou un autre numéro').fill('70 000 77 77');
  await page.getByRole('button', { name: 'Prendre ce numéro' }).click();
  const phone = page.getByRole('region', { name: 'Téléphone du patient' });
  await expect(phone.getByText('Écrivez le premier message.')).toBeVisible();
  await phone.getByRole('textbox', { name: 'Message' }).fill('Bonjour <script>alert(1)</script>');
  await phone.getByRole('button', { name: 'Envoyer' }).click();
  await expect(phone.getByRole('listitem')).toHaveCount(2);
  await expect(phone.getByRole('listitem').first()).toContainText('<script>');
});

test('on a real channel the page says that it is not there, and why', async ({ page }) => {
  await page.route('**/api/health/', async (route) => {
    const health = await (await route.fetch()).json();
    await route.fulfill({ json: { ...health, services: { ...health.services, channel: 'twilio' } } });
  });
  await page.goto(PAGE);
  await expect(page.getByText('Le simulateur n’est pas disponible')).toBeVisible();
  await look(page, 'simulator-unavailable');
  await page.goto('/dashboard/settings/');
  await expect(page.getByRole('link', { name: 'Modèles WhatsApp' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Simulateur WhatsApp' })).toHaveCount(0);
});

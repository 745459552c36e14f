/* Every page as a colleague reads it who speaks English: no French word of ours, nothing cut off, and a picture of each to be looked at. */
import { frenchTexts, saidOn } from './said';
import { expect, test, view, type Clinic } from './support';

const SIZES = [[1440, 900, 'light'], [390, 844, 'light']] as const;

const first = async (clinic: Clinic, list: string): Promise<number> => (await clinic.api('GET', list)).results[0].id;

/** One of each kind of thing that a page shows. */
async function fill(clinic: Clinic) {
  const { results } = await clinic.api('GET', '/api/patients/?status=active&page_size=100');
  const person = results.find((p: { shares_phone: boolean }) => !p.shares_phone);
  for (const body of ['Combien est ma glycémie ?', 'J’ai mal à la poitrine', 'Puis-je manger des mangues ?']) await clinic.api('POST', '/api/simulator/', { phone: person.phone, body });
  const sheet = await clinic.api('POST', '/api/rag/advice/', { title: 'Se protéger du paludisme', body: '# Chaque soir\nDormez sous une moustiquaire.' });
  const message = await clinic.api('POST', '/api/messaging/broadcast/', { title: 'Conseil', content: 'Bonjour {{prenom}}', category: 'health_tip', target_all_patients: true });
  const template = await clinic.api('POST', '/api/messaging/templates/', { name: 'rappel', purpose: 'reminder', language: 'fr', body: 'Bonjour {{1}}' }).catch(() => clinic.api('GET', '/api/messaging/templates/').then((l) => l.results[0]));
  return { patient: person.id, sheet: sheet.id, message: message.id, template: template?.id, document: await first(clinic, '/api/documents/?page_size=1'), conversation: await first(clinic, '/api/inbox/?show=all&page_size=1') };
}

test.use({ locale: 'en-GB' });

test('every page in English', async ({ page, clinic }) => {
  test.setTimeout(600_000);
  const french = frenchTexts();
  const { patient, sheet, message, template, document, conversation } = await fill(clinic);
  await page.addInitScript(() => localStorage.setItem('medirecord.language', 'en'));
  const places: string[] = [
    '', 'patients/', 'patients/new/', 'patients/import/', ...['', '?tab=documents', '?tab=conversation', '?tab=timeline', '?edit=1'].map((part) => `patients/${patient}/${part}`),
    'documents/', `documents/${document}/`, 'conversations/', `conversations/${conversation}/`,
    'messages/', 'messages/new/', `messages/${message}/`, 'messages/log/', 'messages/templates/', 'messages/templates/new/', ...(template ? [`messages/templates/${template}/`] : []),
    'analytics/', 'simulator/', 'settings/',
    ...['account', 'users', 'tokens', 'clinic', 'channel', 'models', 'advice', 'advice/new', `advice/${sheet}`, 'quality', 'quality/new', 'retention', 'audit', 'backups', 'jobs'].map((name) => `settings/${name}/`),
  ].map((place) => `/dashboard/${place}`);
  for (const place of [...places, '/offline/']) {
    await test.step(place, async () => {
      await page.goto(place);
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.locator('.animate-pulse:visible')).toHaveCount(0);
      expect.soft((await saidOn(page)).filter((words) => french.has(words)), place).toEqual([]);
      const name = `english-${place.replaceAll(/\d+/g, 'one').replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '').replace(/^dashboard-?/, '') || 'today'}`;
      for (const size of SIZES) await view(page, name, size);
    });
  }
});

test.describe('signed out', () => {
  test.use({ anonymous: true });

  test('in English', async ({ page }) => {
    const french = frenchTexts();
    await page.addInitScript(() => localStorage.setItem('medirecord.language', 'en'));
    for (const place of ['/login/', '/login/forgotten/', '/login/reset/']) {
      await page.goto(place);
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.animate-pulse:visible')).toHaveCount(0);
      expect.soft((await saidOn(page)).filter((words) => french.has(words)), place).toEqual([]);
      for (const size of SIZES) await view(page, `english-${place.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '')}`, size);
    }
  });
});

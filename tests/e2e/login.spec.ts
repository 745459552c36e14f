/* Signing in with a one-time code, and choosing a new password by a link. */
import { createRequire } from 'node:module';
import { Clinic, expect, look, test } from './support';

const load = createRequire(__filename);
const { codeOf, freshCode } = load('../fakes/authenticator.js');
const { startSmtp } = load('../fakes/smtp.js');

const DOCTOR = { email: 'awa.medecin@clinique.example', password: 'un mot de passe de soin 2026' };
const NEW = 'une phrase toute neuve 2026';

test.use({ anonymous: true });

/** An account with codes; answers its secret, its recovery codes and the code that is used up. */
async function withCodes(clinic: Clinic, account: { email: string; password: string }) {
  await clinic.account({ ...account, role: 'doctor' });
  const { token } = await (await fetch(`${clinic.url}/api/auth/token/`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(account) })).json();
  const post = async (where: string, body: unknown) => (await fetch(clinic.url + where, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Token ${token}` }, body: JSON.stringify(body) })).json();
  const { secret } = await post('/api/auth/otp/', { password: account.password });
  const used = codeOf(secret);
  const { recovery_codes: recovery } = await post('/api/auth/otp/confirm/', { otp: used });
  return { secret, used, recovery } as { secret: string; used: string; recovery: string[] };
}

test('a code is asked for after the password, wrong ones are said, the right one opens', async ({ page, clinic, watch }) => {
  watch.expected.push(/401 \(Unauthorized\)/);
  const { secret, used } = await withCodes(clinic, DOCTOR);
  await page.goto('/login/');
  await page.getByLabel('Adresse e-mail').fill(DOCTOR.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(DOCTOR.password);
  await expect(page.getByLabel('Code à usage unique')).toHaveCount(0);
  await page.keyboard.press('Enter');
  const code = page.getByLabel('Code à usage unique');
  await expect(code).toBeFocused();
  await look(page, 'login-code');
  await code.fill(used);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Ce code n’est pas bon, ou il a déjà servi/)).toBeVisible();
  await expect(code).toBeFocused();
  await expect(code).toHaveValue('');
  await code.fill(await freshCode(secret, used));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard/');
});

test('a session that ends is taken up with a code over the page that was open', async ({ page, clinic, watch }) => {
  watch.expected.push(/401 \(Unauthorized\)/);
  const account = { email: 'fatou.medecin@clinique.example', password: DOCTOR.password };
  const { recovery } = await withCodes(clinic, account);
  await page.goto('/login/');
  await page.getByLabel('Adresse e-mail').fill(account.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(account.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Utiliser un code de secours/ }).click();
  await page.getByLabel('Code de secours').fill(recovery[1]!.toUpperCase());
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard/');
  await page.goto('/dashboard/settings/account/');
  await page.getByLabel('Nom', { exact: true }).fill('Dr Fatou <script>alert(1)</script> SARR');
  const { results } = await clinic.api('GET', '/api/users/?page_size=100');
  await clinic.api('DELETE', `/api/users/${results.find((u: { email: string }) => u.email === account.email).id}/sessions/`);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Votre session est terminée' });
  await dialog.getByLabel('Mot de passe', { exact: true }).fill(account.password);
  await dialog.getByRole('button', { name: 'Se connecter' }).click();
  await dialog.getByRole('button', { name: /Utiliser un code de secours/ }).click();
  await dialog.getByLabel('Code de secours').fill(recovery[2]!);
  await look(page, 'session-ended-code');
  await dialog.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText('Enregistré.').first()).toBeVisible();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Dr Fatou <script>alert(1)</script> SARR');
});

test('without a mail server a forgotten password says whom to ask', async ({ page }) => {
  await page.goto('/login/');
  await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
  await expect(page.getByText('Demandez à l’administrateur de la clinique')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Envoyer le lien' })).toHaveCount(0);
  await look(page, 'forgotten-no-mail');
});

test('a link that is no link, or was used, says what to do', async ({ page, watch }) => {
  watch.expected.push(/404 \(Not Found\)/);
  for (const where of ['/login/reset/', `/login/reset/#${'x'.repeat(43)}`]) {
    await page.goto('about:blank');
    await page.goto(where);
    await expect(page.getByText('Ce lien n’ouvre plus rien')).toBeVisible();
  }
  await look(page, 'reset-ended');
});
test.describe('with a mail server', () => {
  test('a forgotten password: the mail’s link, a new one, and in', async ({ browser }) => {
    const smtp = await startSmtp();
    const clinic = await Clinic.start({ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false', DEFAULT_FROM_EMAIL: 'm@clinique.example' });
    const context = await browser.newContext({ baseURL: clinic.url, locale: 'fr-FR' });
    const own = await context.newPage();
    try {
      await clinic.account({ ...DOCTOR, role: 'doctor' });
      await own.goto('/login/forgotten/');
      await own.getByRole('button', { name: 'Envoyer le lien' }).click();
      await expect(own.getByText('Indiquez votre adresse e-mail.')).toBeVisible();
      await own.getByLabel('Adresse e-mail').fill(DOCTOR.email);
      await look(own, 'forgotten');
      await own.getByRole('button', { name: 'Envoyer le lien' }).click();
      await expect(own.getByText('Regardez vos e-mails')).toBeVisible();
      await look(own, 'forgotten-sent');
      const { text } = await smtp.next();
      const [, token] = /\/login\/reset\/#([\w-]{43})/.exec(text)!;
      const referers: string[] = [];
      own.on('request', (r) => r.headers().referer && referers.push(r.headers().referer!));
      await own.goto(`/login/reset/#${token}`);
      await expect(own.getByText(`Pour le compte ${DOCTOR.email}`)).toBeVisible();
      expect(own.url()).not.toContain(token);
      await own.getByLabel('Nouveau mot de passe').fill('court');
      await own.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
      await expect(own.getByText(/au moins 10 caractères/)).toBeVisible();
      await look(own, 'reset');
      await own.getByLabel('Nouveau mot de passe').fill(NEW);
      await own.getByRole('button', { name: 'Choisir ce mot de passe' }).click();
      await expect(own.getByText('Votre mot de passe est changé')).toBeVisible();
      await own.getByRole('link', { name: 'Se connecter' }).click();
      await own.getByLabel('Adresse e-mail').fill(DOCTOR.email);
      await own.getByLabel('Mot de passe', { exact: true }).fill(NEW);
      await own.keyboard.press('Enter');
      await own.waitForURL('**/dashboard/');
      expect(referers.filter((r) => r.includes(token!))).toEqual([]);
      expect(clinic.output).not.toContain(token);
    } finally {
      await context.close();
      await clinic.remove();
      await smtp.stop();
    }
  });
});

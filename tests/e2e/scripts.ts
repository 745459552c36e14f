/** scripts -- the scripts of a page, held back. */
import type { Page } from '@playwright/test';

export const SCRIPTS = /\/_next\/static\/chunks\/.*\.js$/;

/** A line on which the page and the answers came, and the scripts do not until it is said. */
export async function holdScripts(page: Page): Promise<() => void> {
  let go!: () => void;
  const asked = new Promise<void>((resolve) => (go = resolve));
  await page.route(SCRIPTS, async (route) => {
    await asked;
    await route.continue();
  });
  return go;
}

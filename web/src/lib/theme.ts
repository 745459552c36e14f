/** theme -- light, dark, or as the device: on <html data-theme>, set before the first paint by theme-script.ts. */
import { createStore } from './store.ts';
import { THEME_KEY } from './theme-script.ts';

export type Theme = 'system' | 'light' | 'dark';

export const theme = createStore<Theme>('system');

export function startTheme() {
  const kept = localStorage.getItem(THEME_KEY);
  theme.set(kept === 'light' || kept === 'dark' ? kept : 'system');
}

export function chooseTheme(choice: Theme) {
  if (choice === 'system') localStorage.removeItem(THEME_KEY);
  else localStorage.setItem(THEME_KEY, choice);
  theme.set(choice);
  window.dispatchEvent(new StorageEvent('storage'));
}

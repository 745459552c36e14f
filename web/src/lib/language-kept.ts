/**
 * language-kept -- in which language one reads on this device, as far as is known before anybody has said who it is. Of little, since the
 * scripts before React (src/early/) ask too.
 */
import type { Lang } from './format.ts';

const CHOSEN = 'medirecord.language';
const OF_ACCOUNT = 'medirecord.account-language';

export function asLang(text: string | null | undefined): Lang | null {
  return text === 'fr' || text === 'en' || text === 'wo' ? text : null;
}

/** A browser may forbid its storage altogether. */
function read(name: string): Lang | null {
  try {
    return asLang(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** What somebody chose on this device, which goes before what an account says. */
export const keptLanguage = () => read(CHOSEN);

/** That, or what the account said that was signed in here last. */
export const likelyLanguage = () => keptLanguage() ?? read(OF_ACCOUNT);

export function keepLanguage(lang: Lang) {
  localStorage.setItem(CHOSEN, lang);
}

export function keepAccountLanguage(lang: Lang) {
  localStorage.setItem(OF_ACCOUNT, lang);
}

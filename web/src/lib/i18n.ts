/**
 * i18n -- words in French, English and (where somebody wrote them) Wolof, typed: a catalogue is a file a page in src/messages/fr/, with the
 * same names in en/. A value is a text, or a function of what changes in it, so that each language says plurals its own way.
 */
import type { Lang } from './format.ts';
import { session } from './session.ts';
import { createStore, useStore } from './store.ts';

/** The shape of a catalogue, whatever the language. */
export type Words<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : T[K] extends ReadonlyArray<unknown> | Record<string, string>
        ? T[K]
        : Words<T[K]>;
};

export interface Catalogue<T> {
  fr: T;
  en: Words<T>;
}

const KEY = 'medirecord.language';
const chosen = createStore<Lang>('fr');

function apply(lang: Lang) {
  document.documentElement.lang = lang;
  chosen.set(lang);
}

/** Once, when the page starts: what was chosen here, else what the account says. */
export function startLanguage() {
  const kept = localStorage.getItem(KEY);
  if (kept === 'fr' || kept === 'en') apply(kept);
  session.user.subscribe(() => {
    const user = session.user.get();
    if (user && !localStorage.getItem(KEY)) apply(user.language);
  });
}

export function chooseLanguage(lang: Lang) {
  localStorage.setItem(KEY, lang);
  apply(lang);
}

export function currentLang(): Lang {
  return chosen.get();
}

export function useLang(): Lang {
  return useStore(chosen, 'fr');
}

/** The words of a page: `const t = useWords(templates)`, then `t.title`. */
export function useWords<T>(catalogue: Catalogue<T>): Words<T> {
  return useLang() === 'en' ? catalogue.en : (catalogue.fr as Words<T>);
}

/** Outside a component. */
export function words<T>(catalogue: Catalogue<T>): Words<T> {
  return currentLang() === 'en' ? catalogue.en : (catalogue.fr as Words<T>);
}

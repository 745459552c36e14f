/**
 * i18n -- words in French, English and (where somebody wrote them) Wolof, typed: a catalogue is a file a page in src/messages/fr/, with the
 * same names in en/. A value is a text, or a function of what changes in it, so that each language says plurals its own way.
 */
import { written } from './early.ts';
import type { Lang } from './format.ts';
import { asLang, keepAccountLanguage, keepLanguage, keptLanguage, likelyLanguage } from './language-kept.ts';
import { session, type User } from './session.ts';
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

/** The part of it that is written. */
export type SomeWords<T> = { [K in keyof T]?: T[K] extends (...args: infer A) => string ? (...args: A) => string : T[K] extends string ? string : SomeWords<T[K]> };

/** Wolof may be there in parts; what is not is said in French. */
export interface Catalogue<T> {
  fr: T;
  en: Words<T>;
  wo?: SomeWords<T>;
}

const merged = new WeakMap<object, unknown>();

function merge(whole: unknown, part: unknown): unknown {
  if (part === undefined) return whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return part;
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, merge(value, (part as Record<string, unknown>)[key])]));
}

function chosenWords<T>(catalogue: Catalogue<T>, lang: Lang): Words<T> {
  if (lang === 'en') return catalogue.en;
  if (lang === 'fr' || !catalogue.wo) return catalogue.fr as Words<T>;
  if (!merged.has(catalogue)) merged.set(catalogue, merge(catalogue.fr, catalogue.wo));
  return merged.get(catalogue) as Words<T>;
}

/** In which language the page stands that React takes over. */
let found: Lang = 'fr';
const chosen = createStore<Lang>('fr');

function apply(lang: Lang) {
  document.documentElement.lang = lang;
  chosen.set(lang);
}

/** Before React looks at the page for the first time. */
export function takePage() {
  found = asLang(written.take()) ?? 'fr';
  chosen.set(found);
}

/** Once, when the page starts: what was chosen here, else what the account says. */
export function startLanguage() {
  const likely = likelyLanguage();
  if (likely) apply(likely);
  session.user.subscribe(() => {
    const user = session.user.get();
    if (!user) return;
    keepAccountLanguage(user.language);
    if (!keptLanguage()) apply(user.language);
  });
}

/** Before the page starts (src/early/): in which language `user` is spoken to here. */
export function speak(user: Pick<User, 'language'>): Lang {
  chosen.set(keptLanguage() ?? user.language);
  return chosen.get();
}

export function chooseLanguage(lang: Lang) {
  keepLanguage(lang);
  apply(lang);
}

export function currentLang(): Lang {
  return chosen.get();
}

export function useLang(): Lang {
  return useStore(chosen, found);
}

/** The words of a page: `const t = useWords(templates)`, then `t.title`. */
export function useWords<T>(catalogue: Catalogue<T>): Words<T> {
  return chosenWords(catalogue, useLang());
}

/** Outside a component. */
export function words<T>(catalogue: Catalogue<T>): Words<T> {
  return chosenWords(catalogue, currentLang());
}

/** said -- what a page says, and what of it would be French. */
import type { Page } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';

import simulator from '../../web/src/messages/fr/simulator';

const MESSAGES = path.resolve(__dirname, '..', '..', 'web', 'src', 'messages');

/** Texts alone: what a function says is not known before it is called. */
const textsOf = (words: object): string[] => Object.values(words).flatMap((w) => (typeof w === 'string' ? [w] : w && typeof w === 'object' ? textsOf(w as object) : []));

export function allTexts(lang: 'fr' | 'en'): Set<string> {
  const dir = path.join(MESSAGES, lang);
  return new Set(fs.readdirSync(dir).flatMap((name) => textsOf((require(path.join(dir, name)) as { default: object }).default)));
}

/** A language is called in its own words, patients ask in theirs, and papers say who wrote them. */
const SAID_ANYWAY = new Set(['Français', 'Médecin', ...simulator.examples]);

/** The texts of all catalogues that are French and not English as well; a word in small letters may be a tag that somebody gave. */
export function frenchTexts(): Set<string> {
  const english = allTexts('en');
  return new Set([...allTexts('fr')].filter((text) => !english.has(text) && !SAID_ANYWAY.has(text) && /^[^a-zà-ÿ]|\s/.test(text)));
}

/** Each text that one reads or hears, but for what stands in `except`. */
export const saidOn = (page: Page, except = 'script'): Promise<string[]> => page.evaluate((left) => {
  const said: string[] = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node.parentElement!.closest(left)) continue;
    if (node instanceof Element) said.push(...['aria-label', 'placeholder', 'title', 'alt'].map((name) => (node as Element).getAttribute(name) ?? ''));
    else said.push(node.nodeValue!.trim());
  }
  return [...new Set(said)].filter(Boolean);
}, except);

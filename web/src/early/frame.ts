/** frame -- puts what stands around the list of the first page, which is built in French, into the reader's language: word for word of the catalogues. */
import { written } from '@/lib/early';
import type { Lang } from '@/lib/format';
import { shell } from '@/messages/shell';
import { today } from '@/messages/today';

const SPOKEN = ['aria-label', 'placeholder', 'title'];

/** What each text of a catalogue is in another language; what changes with a number stands in no frame. */
function wordPairs(from: object, to: object): Array<[string, string]> {
  return Object.entries(from).flatMap(([key, value]): Array<[string, string]> => {
    const other = (to as Record<string, unknown>)[key];
    return typeof value === 'string' ? [[value, other as string]] : typeof value === 'object' ? wordPairs(value as object, other as object) : [];
  });
}

function rewrite(words: Map<string, string>) {
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node instanceof Text) {
      const said = words.get(node.data);
      if (said) node.data = said;
      continue;
    }
    for (const name of SPOKEN) {
      const said = words.get((node as Element).getAttribute(name) ?? '');
      if (said) (node as Element).setAttribute(name, said);
    }
  }
}

/** As long as React has not looked: it must find what it will draw. */
export function writeFrame(lang: Lang | null) {
  const html = document.documentElement;
  const now = html.lang as Lang;
  if (!lang || lang === 'wo' || now === 'wo' || lang === now) return;
  written.as(lang, () => {
    rewrite(new Map([shell, today].flatMap((catalogue) => wordPairs(catalogue[now], catalogue[lang]))));
    html.lang = lang;
  });
}

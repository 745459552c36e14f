/** page -- what was read on one page, line by line, with the place of each word. */
import { useQuery } from '@tanstack/react-query';

import { api, type Page as List } from '@/lib/api';
import { useRecord } from '@/lib/query';
import { documentUrl } from './document';

export type Box = [x: number, y: number, w: number, h: number];

export interface Word {
  text: string;
  box: Box;
  confidence: number;
  line: number;
}

export interface PageAbout {
  number: number;
  attachment: string | null;
  source: 'text' | 'ocr' | 'corrected' | 'unread';
  confidence: number;
  legible: boolean;
}

export interface Page extends PageAbout {
  text: string;
  width: number;
  height: number;
  words: Word[];
  /** Changes with every correction; 0: as it was read. */
  version: number;
  corrected_by: string | null;
  corrected_at: string | null;
}

/** A line of the page as it is shown. `at` is its place in the lines of the page's text. */
export interface Line {
  at: number;
  text: string;
  words: Array<Word & { index: number }>;
  box: Box;
}

/** Words that were read with less than this are worth a look. */
export const UNSURE_BELOW = 70;

export function around(boxes: Box[]): Box {
  const x = Math.min(...boxes.map((b) => b[0]));
  const y = Math.min(...boxes.map((b) => b[1]));
  return [x, y, Math.max(...boxes.map((b) => b[0] + b[2])) - x, Math.max(...boxes.map((b) => b[1] + b[3])) - y];
}

const tokens = (text: string) => text.split(/\s+/).filter(Boolean).join(' ');

/** Lines of the page and the text that they stand in: that of the page where the words say the same, else one made of the words. */
export function linesOf(page: Page): { lines: Line[]; rows: string[] } {
  const groups = new Map<number, Line['words']>();
  page.words.forEach((word, index) => {
    const group = groups.get(word.line);
    if (group) group.push({ ...word, index });
    else groups.set(word.line, [{ ...word, index }]);
  });
  const said = page.text.split('\n');
  const spoken = [...groups.values()].map((words) => words.map((w) => w.text).join(' '));
  const filled = said.flatMap((row, at) => (row.trim() ? [at] : []));
  const same = filled.length === spoken.length && filled.every((at, i) => tokens(said[at]!) === spoken[i]);
  const rows = same ? said : spoken;
  const lines = [...groups.values()].map((words, i) => ({ at: same ? filled[i]! : i, text: spoken[i]!, words, box: around(words.map((w) => w.box)) }));
  return { lines, rows };
}

/** One page, fetched when it is looked at. */
export function usePage(id: number, number: number) {
  return useQuery({
    queryKey: ['documents', 'page', id, number],
    queryFn: async ({ signal }) => (await api.get<List<Page>>(`${documentUrl(id)}pages/`, { words: 1, page: number, page_size: 1 }, { signal })).results[0]!,
    staleTime: 30_000,
  });
}

/** All its pages in a few words each. */
export function useOutline(id: number, enabled: boolean) {
  return useRecord<{ results: PageAbout[] }>('documents', `${documentUrl(id)}outline/`, { enabled });
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Where all of `wanted` stands one after the other in `have`; -1: nowhere. */
function find(have: string[], wanted: string[], from = 0): number {
  for (let at = from; at + wanted.length <= have.length; at++) if (wanted.every((word, i) => have[at + i] === word)) return at;
  return -1;
}

/** Fewer words than that stand on a page by chance. */
const RUN_MIN = 3;

/** The words of the page that a quote is made of: as a whole, else the longest pieces of it that are there. By index. */
export function quoted(page: Page, quote: string): Set<number> {
  const found = new Set<number>();
  const have = page.words.map((word, index) => ({ index, folded: fold(word.text) })).filter((w) => w.folded);
  const folded = have.map((w) => w.folded);
  const wanted = quote.split(/\s+/).map(fold).filter(Boolean);
  for (let from = 0; from < wanted.length; ) {
    let to = wanted.length;
    let at = find(folded, wanted.slice(from, to));
    while (at < 0 && to - from > RUN_MIN) at = find(folded, wanted.slice(from, --to));
    if (at >= 0) for (const word of have.slice(at, at + to - from)) found.add(word.index);
    from = at >= 0 ? to : from + 1;
  }
  return found;
}

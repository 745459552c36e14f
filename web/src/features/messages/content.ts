/** content -- the text of a message to many, and what the server would say of it (src/broadcasts/content.h). */

export const CONTENT_CHARS_MAX = 1500;
export const FIELDS_MAX = 20;

/** The fields by the name that the server gives them. */
export const FIELDS = ['prenom', 'nom', 'medecin'] as const;
export type ContentField = (typeof FIELDS)[number];
const NAMES: Record<string, ContentField | undefined> = { prenom: 'prenom', nom: 'nom', medecin: 'medecin', first_name: 'prenom', last_name: 'nom', doctor: 'medecin' };

export type Piece = { text: string; field?: undefined } | { text: string; field: ContentField; otherwise?: string };
export type Fault = { kind: 'open' } | { kind: 'unknown'; name: string } | { kind: 'many' };

const MARK = /\{\{([\s\S]*?)\}\}/g;

export function faultOf(text: string): Fault | null {
  let count = 0;
  for (const [, inside = ''] of text.matchAll(MARK)) {
    const name = inside.split('|')[0]!.trim();
    if (!NAMES[name]) return { kind: 'unknown', name };
    if (++count > FIELDS_MAX) return { kind: 'many' };
  }
  return text.replace(MARK, '').includes('{{') ? { kind: 'open' } : null;
}

/** As carriers count: a pictogram is two. */
export const lengthOf = (text: string) => text.trim().length;

/** Text and fields one after the other. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    const [name = '', ...rest] = match[1]!.split('|');
    const field = NAMES[name.trim()];
    if (!field) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: match[0], field, ...(rest.length > 0 && { otherwise: rest.join('|').trim() }) });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** With made-up values, until a real patient is looked at. */
export function sampleOf(text: string, samples: Record<ContentField, string>): string {
  return piecesOf(text).map((piece) => (piece.field ? samples[piece.field] : piece.text)).join('');
}

/** What /api/rag/advice/ says. */
import type { Tone } from '@/components/ui/badge';
import type { Accepted } from '@/features/upload/accepted';

export const ADVICE_URL = '/api/rag/advice/';
export const ADVICE = '/dashboard/settings/advice/';
export const TITLE_MAX = 200;
export const BODY_MAX = 100_000;
/** What the server reads text from; it looks at the bytes, never at the name. */
export const LEAFLETS: Accepted = { endings: ['.pdf', '.docx', '.odt', '.txt', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.heic'], megabytes: 20 };

export type AdviceStatus = 'draft' | 'published' | 'withdrawn';
export type AdviceLanguage = 'fr' | 'en' | 'wo';

export interface AdviceSummary {
  id: number;
  title: string;
  characters: number;
  language: AdviceLanguage;
  status: AdviceStatus;
  version: number;
  file_name: string | null;
  reading: 'pending' | 'read' | 'failed' | null;
  error_code: string | null;
  error: string | null;
  created_at: string;
  updated_at: string;
  published_at: string | null;
  /** Questions of the last 90 days to which it was quoted. */
  answered_lately: number;
  last_answered_at: string | null;
}

export interface Advice extends AdviceSummary {
  body: string;
}

/** A question to which a sheet was quoted. */
export interface AdviceAnswer {
  question: number;
  asked_at: string;
  patient: number;
  patient_name: string;
  message: number | null;
  query: string;
  answer: string;
  refused: boolean;
}

export const STATUS_TONES: Record<AdviceStatus, Tone> = { draft: 'waiting', published: 'good', withdrawn: 'plain' };
export const LANGUAGES: readonly AdviceLanguage[] = ['fr', 'wo', 'en'];

/** The text as it is laid out: a line that begins with # is a heading, an empty line ends a paragraph. */
export function blocksOf(body: string): Array<{ heading: boolean; text: string }> {
  const blocks: Array<{ heading: boolean; text: string }> = [];
  let open = false;
  for (const line of body.split('\n')) {
    const text = line.trim();
    const heading = text.startsWith('#');
    if (heading) blocks.push({ heading, text: text.replace(/^#+\s*/, '') });
    else if (text && open) blocks[blocks.length - 1]!.text += `\n${text}`;
    else if (text) blocks.push({ heading, text });
    open = !heading && text !== '';
  }
  return blocks.filter((block) => block.text);
}

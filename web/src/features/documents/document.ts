/** document -- papers of patients as the API tells of them. */
import type { Tone } from '@/components/ui/badge';

export const DOCUMENTS = '/dashboard/documents/';
export const DOCUMENTS_URL = '/api/documents/';

export const KINDS = ['prescription', 'laboratory', 'imaging', 'report', 'certificate', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export interface Document {
  id: number;
  patient_id: number;
  patient_name: string;
  title: string;
  kind: Kind;
  date: string | null;
  author: string;
  status: 'pending' | 'processing' | 'indexed' | 'failed';
  error_code: string | null;
  error: string | null;
  file_name: string;
  content_type: string;
  size: number;
  page_count: number;
  illegible_pages: number;
  names_another: boolean;
  belongs: boolean;
  named_patient: string;
  named_birth: string | null;
  created_at: string;
  updated_at: string;
  indexed_at: string | null;
}

/** What documents wait for, as ?needs= of the list and the counts of needs/. */
export const NEEDS = ['reading', 'check', 'failed', 'locked', 'other_patient', 'illegible'] as const;
export type Need = (typeof NEEDS)[number];
export type Needs = Record<Need, number>;

export const isOpen = (document: Document) => document.status === 'pending' || document.status === 'processing';
export const isLocked = (document: Document) => document.status === 'failed' && document.error_code === 'encrypted';

export type State = 'pending' | 'processing' | 'locked' | 'failed' | 'other_patient' | 'illegible' | 'indexed';

/** The one thing to be said of it first. */
export function stateOf(document: Document): State {
  if (isLocked(document)) return 'locked';
  if (document.status !== 'indexed') return document.status;
  if (document.names_another) return 'other_patient';
  return document.illegible_pages > 0 ? 'illegible' : 'indexed';
}

export const STATE_TONES: Record<State, Tone> = {
  pending: 'waiting', processing: 'accent', locked: 'look', failed: 'look', other_patient: 'look', illegible: 'look', indexed: 'good',
};

/** Where it opens, at a page with the quoted words marked. An address holds no line ends. */
export function documentPath(id: number, page?: number, quote = ''): string {
  const words = quote.replace(/\s+/g, ' ').trim();
  return `${DOCUMENTS}${id}/${page ? `?page=${page}${words ? `&quote=${encodeURIComponent(words)}` : ''}` : ''}`;
}
export const documentUrl = (id: number) => `${DOCUMENTS_URL}${id}/`;

/** What /api/messaging/thread/ says: everything that was written with one patient or number, numbered from the oldest message. */

export const THREAD_URL = '/api/messaging/thread/';
export const THREAD_PART = 50;

/** Whose thread: of a patient, or of the number of a conversation (of all the people who have it). */
export type Whose = { patient: number } | { session: number };

export interface Source {
  collection: 'record' | 'advice';
  document_id: number | null;
  title: string;
  page: number | null;
  quote: string;
  date: string | null;
  /** Whose words the quote says in the place of what was read; answers of before do not say. */
  corrected_by?: 'doctor' | 'staff' | null;
}

export interface Answer {
  question: number;
  query: string;
  intent: string;
  sources: Source[];
  grounded: boolean;
  escalated: boolean;
  refused: boolean;
  engine: string;
}

export interface Medium {
  id: number;
  status: 'waiting' | 'kept' | 'accepted' | 'discarded' | 'refused' | 'gone' | 'failed';
  type: string | null;
  file_name: string | null;
  size_bytes: number;
  document: number | null;
}

export type MessageStatus = 'received' | 'processed' | 'queued' | 'sending' | 'uncertain' | 'accepted' | 'sent' | 'failed' | 'delivered' | 'read';

export interface ThreadMessage {
  id: number;
  direction: 'in' | 'out';
  kind: 'text' | 'reply' | 'activation' | 'notice' | 'alert' | 'bulk';
  patient: number | null;
  phone: string;
  body: string;
  status: MessageStatus;
  error_code: string | null;
  answers: number | null;
  author: number | null;
  author_name: string | null;
  transport: 'whatsapp' | 'sms';
  template: string | null;
  waiting_for: 'person' | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
  media: Medium[];
  answer: Answer | null;
}

export interface Deed {
  id: number;
  kind: 'take_over' | 'release' | 'done' | 'reopen';
  user: number;
  user_name: string;
  at: string;
}

export interface ThreadPart {
  count: number;
  from: number;
  results: ThreadMessage[];
  deeds: Deed[];
}

/** A message in its place, with what people of the clinic did before (the first alone) and after it. */
export interface Placed {
  message: ThreadMessage;
  before: Deed[];
  after: Deed[];
}

/** The messages of a part by their number. */
export function placed(part: ThreadPart): Map<number, Placed> {
  const rows = part.results.map((message): Placed => ({ message, before: [], after: [] }));
  for (const deed of part.deeds) {
    const at = rows.findLastIndex((row) => row.message.created_at <= deed.at);
    if (at >= 0) rows[at]!.after.push(deed);
    else rows[0]?.before.push(deed);
  }
  return new Map(rows.map((row, at) => [part.from + at, row]));
}

/** The sources of an answer, one a page of a paper. */
export function sourcesByPage(sources: Source[]): Source[] {
  const seen = new Map<string, Source>();
  for (const source of sources) {
    const key = [source.collection, source.document_id, source.page].join(':');
    if (!seen.has(key)) seen.set(key, source);
  }
  return [...seen.values()];
}

/** Where a source is read: its page, with the quoted words marked. */
export function sourceHref(source: Source): string | undefined {
  if (source.collection !== 'record' || !source.document_id) return undefined;
  const query = new URLSearchParams();
  if (source.page) query.set('page', String(source.page));
  if (source.quote) query.set('quote', source.quote);
  return `/dashboard/documents/${source.document_id}/?${query.toString().replaceAll('+', '%20')}`;
}

/** What /api/inbox/ says: one entry a number, with what nobody has dealt with yet. */
import { formatPhone } from '@/lib/format';

export const INBOX_URL = '/api/inbox/';
export const INBOX = '/dashboard/conversations/';
export const SHOWS = ['todo', 'taken', 'all'] as const;
export type Show = (typeof SHOWS)[number];

/** As the server counts them. */
export const REPLY_CHARS_MAX = 4096;

export interface Notice {
  id: number;
  kind: string;
  severity: 'know' | 'look' | 'danger';
  created_at: string;
  message: number | null;
  words: string;
}

export interface Entry {
  id: number;
  phone: string;
  patient: number | null;
  first_name: string | null;
  last_name: string | null;
  people: number;
  state: 'assistant' | 'doctor' | 'closed';
  taken_over_by: number | null;
  taken_over_by_name: string | null;
  taken_over_at: string | null;
  waiting_since: string | null;
  window_ends_at: string;
  urgency: 'danger' | 'waiting' | 'look' | null;
  since: string | null;
  unseen: number;
  last_message: { id: number; direction: 'in' | 'out'; kind: string; status: string; body: string; created_at: string } | null;
  notices: Notice[];
  notice_count: number;
  newest_notice: number;
}

/** Who writes: by name, or by the number alone. */
export function nameOf(entry: Entry): string {
  return [entry.first_name, entry.last_name].filter(Boolean).join(' ') || formatPhone(entry.phone);
}

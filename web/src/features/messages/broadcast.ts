/** What /api/messaging/broadcast/ says. */
import type { Tone } from '@/components/ui/badge';

export const BROADCASTS_URL = '/api/messaging/broadcast/';
export const MESSAGES = '/dashboard/messages/';
export const broadcastPath = (id: number) => `${MESSAGES}${id}/`;

export const STATUSES = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;
export type BroadcastStatus = (typeof STATUSES)[number];
export const STATUS_TONES: Record<BroadcastStatus, Tone> = { draft: 'plain', scheduled: 'waiting', sending: 'accent', paused: 'look', sent: 'good', cancelled: 'plain', failed: 'look' };

export type PatientLanguage = 'fr' | 'en' | 'wo';
export const LANGUAGES = ['fr', 'wo', 'en'] as const;
export const DOCUMENT_KINDS = ['prescription', 'laboratory', 'imaging', 'report', 'certificate', 'other'] as const;
export type Repeat = 'daily' | 'weekly' | 'monthly';

export interface Target {
  tags?: string[];
  tags_match?: 'all' | 'any';
  gender?: 'M' | 'F' | 'O';
  age_min?: number;
  age_max?: number;
  language?: PatientLanguage;
  assigned_to?: number;
  document_kind?: (typeof DOCUMENT_KINDS)[number];
  active_after?: string;
  active_before?: string;
  conditions?: string[];
}

export const RECIPIENT_STATES = ['waiting', 'queued', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'left_out', 'cancelled'] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];
export const RECIPIENT_TONES: Record<RecipientState, Tone> = {
  waiting: 'waiting', queued: 'waiting', uncertain: 'look', sent: 'accent', delivered: 'good', read: 'good', failed: 'look', left_out: 'plain', cancelled: 'plain',
};

export type Counts = Record<RecipientState | 'recipients', number>;

export interface Broadcast {
  id: number;
  title: string;
  content: string;
  language: PatientLanguage;
  variants: Partial<Record<PatientLanguage, string>>;
  category: string;
  template_sid: string | null;
  template_variables: Record<string, string>;
  target_all_patients: boolean;
  target: Target;
  status: BroadcastStatus;
  error_code: string | null;
  scheduled_at: string | null;
  rate_per_hour: number | null;
  quiet_hours: string | null;
  repeat: Repeat | null;
  repeat_until: string | null;
  repeat_count: number | null;
  runs: number;
  run_of: number | null;
  run_at: string | null;
  waits_for: 'quiet_hours' | 'people_per_day' | 'carrier_limit' | null;
  waits_until: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  started_at: string | null;
  frozen_at: string | null;
  finished_at: string | null;
  counts: Counts;
}

export interface Count {
  matching: number;
  sendable: number;
  left_out: Record<string, number>;
}

export interface Estimate {
  recipients: number;
  by_template: number;
  starts_at: string;
  first_at: string | null;
  ends_at: string | null;
  days: number;
  time_zone: string;
  quiet_hours: string | null;
  per_hour: number;
  people_per_day: { limit: number | null; source: 'setting' | 'learnt' | null; reached: number };
  price_usd: number | null;
}

export interface Preview {
  patient: number;
  language: PatientLanguage;
  text: string;
  missing: string[];
  characters: number;
  characters_max: number;
  as: 'text' | 'template';
  template_text: string | null;
  left_out: string | null;
  price_usd: number | null;
}

export interface Reason {
  reason: string | null;
  reason_text: string | null;
  count: number;
}

export interface Recipient {
  patient: number;
  patient_name: string | null;
  status: RecipientState;
  reason: string | null;
  reason_text: string | null;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
  updated_at: string;
}

interface Times {
  count: number;
  p50_seconds: number | null;
  p95_seconds: number | null;
}

export interface Hour {
  hour: string;
  sent: number;
  delivered: number;
  read: number;
  replied: number;
}

export interface Report {
  broadcast: Broadcast;
  reasons: { left_out: Reason[]; failed: Reason[] };
  times: { delivery: Times; reading: Times };
  replies: { within_hours: number; people: number; messages: number };
  hours: Hour[];
  recipients: { count: number; results: Recipient[] };
}

/** Can still be written. */
export const isWritable = (b: Broadcast) => b.status === 'draft' || b.status === 'scheduled';
/** Whom it was to be sent to, and to how many of them nothing will happen any more. */
export const aimed = (c: Counts) => c.recipients - c.left_out;
export const settled = (c: Counts) => aimed(c) - c.waiting - c.queued - c.uncertain;
export const took = (c: Counts) => c.sent + c.delivered + c.read;
export const arrived = (c: Counts) => c.delivered + c.read;

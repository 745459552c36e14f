/** What /api/settings/ says. */
import type { Tone } from '@/components/ui/badge';

export const SETTINGS_URL = '/api/settings/';
export const APPLY_URL = '/api/settings/apply/';

export interface SettingList {
  /** When the server started with what is in force. */
  started_at: string;
  settings: Setting[];
}

export interface Setting {
  name: string;
  source: 'default' | 'dashboard' | 'file' | 'environment';
  secret: boolean;
  set: boolean;
  value: string;
  choices: string[];
  /** An administrator may save it, unless the server fixes it. */
  changeable: boolean;
  fixed: boolean;
  /** The default; '': none, or worked out. */
  fallback: string;
  /** What was last saved; value null: the default again. waiting: the server still runs with another. */
  saved: { value: string | null; by: string | null; at: string; waiting: boolean } | null;
}

export type FindingState = 'ok' | 'warning' | 'to_mend' | 'left_out';

export interface Check {
  name: string;
  state: 'never' | 'waiting' | 'running' | 'done' | 'failed';
  asked_at: string | null;
  ended_at: string | null;
  findings: Array<{ check: string; title: string; state: FindingState; code: string; message: string; detail: string }>;
}

export const FINDING_TONES: Record<FindingState, Tone> = { ok: 'good', warning: 'look', to_mend: 'look', left_out: 'plain' };

export const valueOf = (list: Setting[], name: string) => list.find((s) => s.name === name)?.value ?? '';

/** What /api/settings/ says. */
import type { Tone } from '@/components/ui/badge';

export const SETTINGS_URL = '/api/settings/';

export interface Setting {
  name: string;
  source: 'default' | 'file' | 'environment';
  secret: boolean;
  set: boolean;
  value: string;
  choices: string[];
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

/** What /api/jobs/ says. */
import type { Tone } from '@/components/ui/badge';

export const JOBS_URL = '/api/jobs/';
/** The server tells nothing of each job: the page asks again while somebody looks at it. */
export const REFRESH_MS = 4_000;

export type JobState = 'ready' | 'running' | 'done' | 'dead';

export interface Job {
  id: number;
  kind: string;
  state: JobState;
  due_at: string | null;
  attempts: number;
  last_error: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** What needs somebody comes first. */
export const STATES: readonly JobState[] = ['dead', 'running', 'ready', 'done'];
export const STATE_TONES: Record<JobState, Tone> = { dead: 'look', running: 'accent', ready: 'waiting', done: 'good' };

/** What /api/backups/ says. */
import type { Tone } from '@/components/ui/badge';

export const BACKUPS_URL = '/api/backups/';

export type BackupState = 'waiting' | 'running' | 'proven' | 'failed';

export interface Backup {
  id: number;
  state: BackupState;
  name: string | null;
  folder: string;
  there: boolean;
  size_bytes: number;
  patients: number;
  documents: number;
  missing: number;
  damaged: number;
  error_code: string | null;
  created_by: number | null;
  created_at: string;
  taken_at: string | null;
  ended_at: string | null;
}

export interface BackupsState {
  folder: string;
  same_disk: boolean;
  every_hours: number;
  keep: number;
  free_bytes: number;
  last_taken_at: string | null;
  late: boolean;
}

export const STATE_TONES: Record<BackupState, Tone> = { waiting: 'waiting', running: 'accent', proven: 'good', failed: 'look' };

export const isOpen = (backup: Backup) => backup.state === 'waiting' || backup.state === 'running';

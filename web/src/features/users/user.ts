import type { Tone } from '@/components/ui/badge';

export interface Account {
  id: number;
  email: string;
  full_name: string;
  role: 'admin' | 'doctor' | 'nurse' | 'service';
  language: 'fr' | 'en';
  is_active: boolean;
  must_change_password: boolean;
  otp_enabled: boolean;
  invited: boolean;
  last_login: string | null;
}

export const USERS_URL = '/api/users/';
export const ROLES = ['doctor', 'nurse', 'admin', 'service'] as const;

export type AccountState = 'active' | 'invited' | 'off';
export const stateOf = (a: Account): AccountState => (!a.is_active ? 'off' : a.invited ? 'invited' : 'active');
export const STATE_TONES: Record<AccountState, Tone> = { active: 'good', invited: 'waiting', off: 'plain' };

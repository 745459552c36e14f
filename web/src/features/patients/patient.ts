/** patient -- records as the API tells of them. */
import { useQuery } from '@tanstack/react-query';

import type { Tone } from '@/components/ui/badge';
import { api } from '@/lib/api';

export const PATIENTS = '/dashboard/patients/';
export const PATIENTS_URL = '/api/patients/';

export const STATUSES = ['active', 'pending', 'inactive'] as const;
export const GENDERS = ['F', 'M', 'O'] as const;
export const LANGUAGES = ['fr', 'wo', 'en'] as const;
export const PURPOSES = ['assistant', 'messages', 'external_model'] as const;
export type Status = (typeof STATUSES)[number];
export type Purpose = (typeof PURPOSES)[number];

export interface Patient {
  id: number;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  date_of_birth: string | null;
  gender: '' | 'M' | 'F' | 'O';
  address: string;
  medical_history: string;
  allergies: string;
  current_medications: string;
  language: (typeof LANGUAGES)[number];
  tags: string[];
  assigned_to: number | null;
  status: Status;
  created_at: string;
  updated_at: string;
  activated_at: string | null;
  shares_phone: boolean;
  /** Of one record, not in lists; null: never asked. */
  consents?: Record<Purpose, boolean | null>;
}

export interface Choices {
  tags: Array<{ tag: string; count: number }>;
  doctors: Array<{ id: number; name: string }>;
}

export const STATUS_TONES: Record<Status, Tone> = { active: 'good', pending: 'waiting', inactive: 'plain' };

export const patientPath = (id: number) => `${PATIENTS}${id}/`;
export const patientUrl = (id: number) => `${PATIENTS_URL}${id}/`;
export const nameOf = (patient: Pick<Patient, 'first_name' | 'last_name'>) => `${patient.first_name} ${patient.last_name}`.trim();

/** The tags in use and the doctors: what filters and forms offer. */
export function useChoices(): Choices {
  const { data } = useQuery({ queryKey: ['patients', 'choices'], queryFn: ({ signal }) => api.get<Choices>(`${PATIENTS_URL}choices/`, undefined, { signal }), staleTime: 60_000 });
  return data ?? { tags: [], doctors: [] };
}

/** fact -- what was understood of a page: a medicine, a value, a date; and what people corrected of it. */
import { CalendarClock, FlaskConical, Pill, ShieldAlert, Stethoscope, Syringe, type LucideIcon } from 'lucide-react';

import { useList } from '@/lib/query';
import { documentUrl } from './document';
import type { Box, Line } from './page';

export const FACT_TYPES = ['medication', 'lab_value', 'allergy', 'appointment', 'diagnosis', 'vaccination'] as const;
export type FactType = (typeof FACT_TYPES)[number];

/** What each type may say besides its name, in the order of the form. */
export const FIELDS: Record<FactType, readonly string[]> = {
  medication: ['strength', 'form', 'dose', 'route', 'frequency', 'duration', 'renewals', 'instruction'],
  lab_value: ['value', 'unit', 'reference', 'specimen'],
  allergy: [],
  appointment: ['value'],
  diagnosis: [],
  vaccination: ['value', 'dose', 'lot', 'due'],
};

export const ICONS: Record<FactType, LucideIcon> = { medication: Pill, lab_value: FlaskConical, allergy: ShieldAlert, appointment: CalendarClock, diagnosis: Stethoscope, vaccination: Syringe };

export interface FactCorrection {
  id: number;
  deed: 'change' | 'remove' | 'add';
  by: string | null;
  at: string;
}

export interface Fact extends Partial<Record<string, unknown>> {
  id: number;
  type: FactType;
  name: string;
  quote: string;
  page: number;
  box: Box;
  confidence: number;
  correction: FactCorrection | null;
}

/** A correction with what it is about, for the list of them. */
export interface FactCorrectionRow extends FactCorrection {
  page: number;
  type: FactType;
  name: string;
  quote: string;
}

export const useFacts = (id: number, enabled: boolean) => useList<Fact>('facts', `${documentUrl(id)}facts/`, {}, { enabled });
export const useFactCorrections = (id: number, enabled: boolean) => useList<FactCorrectionRow>('facts', `${documentUrl(id)}fact-corrections/`, {}, { enabled });

export const field = (fact: Fact, name: string): string => (typeof fact[name] === 'string' ? (fact[name] as string) : '');

/** "1 comprimé · le matin · 3 mois" */
export function detailOf(fact: Fact): string {
  const names = fact.type === 'lab_value' ? ['value', 'unit'] : FIELDS[fact.type].filter((name) => name !== 'form');
  return names.map((name) => field(fact, name)).filter(Boolean).join(fact.type === 'lab_value' ? ' ' : ' · ');
}

/** The line at which its chip stands: the first that it shares height with, else the nearest. */
export function lineOf(fact: Fact, lines: Line[]): Line | undefined {
  const [, y, , h] = fact.box;
  const inside = lines.find((line) => line.box[1] + line.box[3] / 2 >= y && line.box[1] + line.box[3] / 2 <= y + h);
  const far = (line: Line) => Math.abs(line.box[1] - y);
  return inside ?? lines.reduce<Line | undefined>((best, line) => (!best || far(line) < far(best) ? line : best), undefined);
}

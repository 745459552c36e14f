/** What /api/messaging/templates/ says, and what can be known of a template without asking. */
import type { Tone } from '@/components/ui/badge';

export const TEMPLATES_URL = '/api/messaging/templates/';

export type TemplateState = 'unknown' | 'pending' | 'approved' | 'rejected' | 'paused';
export type TemplateLanguage = 'fr' | 'wo' | 'en';
export type TemplateCategory = 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';

export interface TemplateWrite {
  purpose: string;
  language: TemplateLanguage;
  carrier_name: string;
  carrier_language?: string;
  body: string;
  variables: string[];
  category: TemplateCategory;
}

export interface Template extends Required<TemplateWrite> {
  id: number;
  state: TemplateState;
  checked_at: string | null;
  created_at: string;
  updated_at: string;
}

/** Purposes that the program itself fills; for the first two, with which values. */
export const PURPOSES = ['activation', 'waiting', 'broadcast', 'reminder'] as const;
export const VALUES: Record<string, readonly string[] | undefined> = { activation: ['name', 'link', 'emergency'], waiting: ['name'] };

export const STATE_TONES: Record<TemplateState, Tone> = { unknown: 'waiting', pending: 'waiting', approved: 'good', rejected: 'look', paused: 'look' };

const MARK = /\{\{\s*(\d+)\s*\}\}/g;

/** The highest n of {{n}}. */
export function variableCount(body: string): number {
  return Math.max(0, ...Array.from(body.matchAll(MARK), (m) => Number(m[1])).filter((n) => n <= 10));
}

/** Does it hold each of {{1}} … {{n}}? */
export function hasAllVariables(body: string): boolean {
  const seen = new Set(Array.from(body.matchAll(MARK), (m) => Number(m[1])));
  return Array.from({ length: variableCount(body) }, (_, i) => i + 1).every((n) => seen.has(n)) && [...seen].every((n) => n >= 1 && n <= 10);
}

/** Pieces of the text, and the values that stand for its variables. */
export function filled(body: string, variables: readonly string[], samples: Record<string, string>): Array<{ text: string; variable: boolean }> {
  return body.split(/(\{\{\s*\d+\s*\}\})/).filter(Boolean).map((text) => {
    const number = /^\{\{\s*(\d+)\s*\}\}$/.exec(text)?.[1];
    if (!number) return { text, variable: false };
    const name = variables[Number(number) - 1];
    return { text: (name && (samples[name] ?? name)) || text, variable: true };
  });
}

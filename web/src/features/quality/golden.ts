/** What /api/rag/evaluations/ says. */
export const QUESTIONS_URL = '/api/rag/evaluations/questions/';
export const RUNS_URL = '/api/rag/evaluations/';
export const QUALITY = '/dashboard/settings/quality/';
export const runPath = (id: number) => `${QUALITY}runs/${id}/`;

export const WORDS_MAX = 20;
export const WORD_CHARS_MAX = 100;
export const TEXT_CHARS_MAX = 2000;

export interface GoldenWrite {
  patient?: number;
  question: string;
  expected_words: string[];
  expect_refusal: boolean;
  note: string;
}

export interface Golden {
  id: number;
  patient: number | null;
  patient_name: string | null;
  question: string;
  expected_words: string[];
  expect_refusal: boolean;
  note: string;
  /** What was answered when it was taken from a conversation. */
  answer: string;
  updated_at: string;
}

export type RunState = 'waiting' | 'running' | 'done' | 'failed';

export interface Run {
  id: number;
  state: RunState;
  total: number;
  done: number;
  passed: number;
  engine: string;
  created_at: string;
  ended_at: string | null;
}

export interface Source {
  collection: 'record' | 'advice';
  document_id: number | null;
  title: string;
  page: number | null;
  quote: string;
  date: string | null;
}

/** One question of a run: what was asked and expected then, and what came of it. */
export interface Row {
  question: number;
  patient: number | null;
  patient_name: string | null;
  asked: string;
  expected_words: string[];
  expect_refusal: boolean;
  note: string;
  passed: boolean;
  answer: string;
  sources: Source[];
  why: '' | 'refused' | 'answered' | 'words_missing';
  missing_words: string[];
  passed_before: boolean | null;
}

export interface RunDetail extends Run {
  results: Row[];
  /** The run that this one is compared with. */
  before: number | null;
  better: number[];
  worse: number[];
}

export const isOpen = (run: Run) => run.state === 'waiting' || run.state === 'running';
export const gotBetter = (row: Row) => row.passed && row.passed_before === false;
export const gotWorse = (row: Row) => !row.passed && row.passed_before === true;

/** What went worse first, then what is wrong, then the rest as it was asked. */
export function byUrgency(rows: Row[]): Row[] {
  const rank = (row: Row) => (gotWorse(row) ? 0 : row.passed ? 2 : 1);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

export const SHOWS = ['all', 'look', 'worse', 'better'] as const;
export type Show = (typeof SHOWS)[number];

export function shown(rows: Row[], show: Show): Row[] {
  if (show === 'look') return rows.filter((row) => !row.passed);
  if (show === 'worse') return rows.filter(gotWorse);
  return show === 'better' ? rows.filter(gotBetter) : rows;
}

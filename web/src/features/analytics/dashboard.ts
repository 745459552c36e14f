/** dashboard -- GET /api/metrics/dashboard/ as the page reads it, renewed while one looks. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { api } from '@/lib/api';
import { useEvent } from '@/lib/events';
import { formatNumber, formatPercent, type Lang } from '@/lib/format';
import { type Step } from '@/lib/format-more';

export const DASHBOARD_URL = '/api/metrics/dashboard/';
export const HOURS = ['24', '168', '720', '2160'] as const;

export interface Spread { count: number; mean_seconds: number | null; p50_seconds: number | null; p95_seconds: number | null }
interface Failure { error_code: string; count: number }
export type State = 'ok' | 'late' | 'paused' | 'refused' | 'none';
export interface Point {
  at: string;
  answered: number; refused: number; escalated: number;
  response_p50_seconds: number | null; response_p95_seconds: number | null;
  sent: number; delivered: number; read: number; failed: number;
  broadcast_delivered: number; broadcast_read: number; broadcast_replied: number;
  documents: number; indexed: number; documents_failed: number;
  up: number | null; well: number | null;
}
export interface Dashboard {
  step: Step;
  time_zone: string;
  response_time: Spread;
  questions: { count: number; refused: number; escalated: number; by_intent: Array<{ intent: string; count: number; refused: number }> };
  indexing: { documents: number; success_rate: number | null; duration: Spread; failures: Failure[] };
  engagement: { sent: number; read_rate: number | null; reply_rate: number | null };
  delivery: { out: number; delivery_rate: number | null; read_rate: number | null; failures: Failure[] };
  services: { sending: State; model: State; embedder: State; messages_waiting: number; dead_jobs: number; up: number | null; well: number | null };
  series: Point[];
}

const EVERY_MS = 30_000;
const SOON_MS = 3_000;

/** Half a minute old at most; a few seconds after something happened. */
export function useDashboard(hours: string) {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['metrics'] });
    }, SOON_MS);
  };
  useEvent('message', soon);
  useEvent('document', soon);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useQuery({
    queryKey: ['metrics', 'dashboard', hours],
    queryFn: ({ signal }) => api.get<Dashboard>(DASHBOARD_URL, { hours }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
}

export const isQuiet = (d: Dashboard) => d.questions.count + d.delivery.out + d.indexing.documents === 0;

interface Units { seconds: (n: string) => string; minutes: (n: string) => string; none: string }

/** "0,4 s", "12 s", "3,5 min" */
export function duration(seconds: number | null, lang: Lang, t: Units): string {
  if (seconds === null) return t.none;
  if (seconds < 90) return t.seconds(formatNumber(seconds, lang, { maximumFractionDigits: seconds < 10 ? 1 : 0 }));
  return t.minutes(formatNumber(seconds / 60, lang, { maximumFractionDigits: seconds < 600 ? 1 : 0 }));
}

export const percent = (share: number | null, lang: Lang, t: { none: string }) => (share === null ? t.none : formatPercent(share, lang));

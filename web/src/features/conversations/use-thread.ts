'use client';

import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { api } from '@/lib/api';
import { useEvent } from '@/lib/events';
import { placed, THREAD_PART, THREAD_URL, type Placed, type ThreadPart, type Whose } from './thread';

const SETTLE_MS = 300;
const PART_FRESH_MS = 5 * 60_000;

const ask = (whose: Whose, where: { from?: number; message?: number } = {}) => (context: { signal: AbortSignal }) =>
  api.get<ThreadPart>(THREAD_URL, { ...whose, ...where, size: THREAD_PART }, context);

/** Asks again a moment after the last thing that was told of this thread. */
function useFreshness(whose: Whose, people: ReadonlySet<number>) {
  const client = useQueryClient();
  const [told, setTold] = useState(0);
  const concerns = (patient: unknown) => patient === 0 || ('patient' in whose ? patient === whose.patient : people.has(patient as number));
  const tell = (data: { patient?: unknown }) => concerns(data.patient) && setTold((n) => n + 1);
  useEvent('message', tell);
  useEvent('session', tell);
  useEffect(() => {
    if (told === 0) return;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['thread', whose] }), SETTLE_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `whose` is one thread while this is there
  }, [told, client]);
}

/** The number of the message that one came for; null when it is not there (any more), undefined while that is not known. */
function useNumberOf(whose: Whose, message: number | undefined) {
  const query = useQuery({
    queryKey: ['thread', whose, 'around', message], queryFn: ask(whose, { message }), enabled: message !== undefined, staleTime: PART_FRESH_MS,
  });
  const at = query.data?.results.findIndex(({ id }) => id === message) ?? -1;
  const none = message === undefined || query.error !== null || (query.data !== undefined && at < 0);
  return { part: query.data, number: none ? null : query.data && query.data.from + at };
}

/**
 * A thread of any length: how many messages it has, and those that were asked for. The newest come at once, and those around `message`, if one
 * came for it; others with want(first, last). What came stays, so that scrolling back waits for nothing.
 */
export function useThread(whose: Whose, message?: number) {
  const [kept] = useState(() => ({ rows: new Map<number, Placed>(), people: new Set<number>(), count: 0 }));
  const [wanted, setWanted] = useState<number[]>([]);
  const newest = useQuery({ queryKey: ['thread', whose, 'newest'], queryFn: ask(whose) });
  const around = useNumberOf(whose, message);
  const parts = useQueries({
    queries: wanted.map((part) => ({ queryKey: ['thread', whose, part], queryFn: ask(whose, { from: part * THREAD_PART }), staleTime: PART_FRESH_MS })),
  });
  useFreshness(whose, kept.people);

  const count = newest.data?.count ?? 0;
  // Somebody was erased: the numbers mean other messages now.
  if (count < kept.count) kept.rows.clear();
  kept.count = count;
  for (const part of [...parts.map((query) => query.data), around.part, newest.data]) {
    if (!part || part.count > count) continue;
    for (const [at, row] of placed(part)) {
      kept.rows.set(at, row);
      if (row.message.patient) kept.people.add(row.message.patient);
    }
  }

  /** These are about to be seen. */
  function want(first: number, last: number) {
    const missing: number[] = [];
    for (let part = Math.floor(first / THREAD_PART); part <= Math.floor(last / THREAD_PART); part++) {
      const end = Math.min(last, part * THREAD_PART + THREAD_PART - 1);
      for (let at = Math.max(first, part * THREAD_PART); at <= end; at++) {
        if (kept.rows.has(at) && !wanted.includes(part)) continue;
        missing.push(part);
        break;
      }
    }
    if (missing.length !== wanted.length || missing.some((part, at) => part !== wanted[at])) setWanted(missing);
  }

  return { newest, count, numberOfMessage: around.number, rowAt: (at: number) => kept.rows.get(at), want };
}

/** today -- what the first page asks the server for, all of it at once. */
import { useMemo } from 'react';

import type { Entry } from '@/features/conversations/inbox';
import type { Document, Needs } from '@/features/documents/document';
import { useList, useRecord } from '@/lib/query';
import { INBOX, NOTICES, PAPERS, WEEK } from './asked';
import { todoOf, type OtherNotice } from './todo-list';

export type Todo = ReturnType<typeof useTodo>;

export function useTodo() {
  const inbox = useList<Entry>('sessions', ...INBOX);
  const notices = useList<OtherNotice>('notifications', ...NOTICES);
  const papers = useList<Document>('documents', ...PAPERS);
  return useMemo(() => {
    const all = [inbox, notices, papers];
    return {
      loading: all.some((q) => !q.data && !q.error),
      failed: all.find((q) => q.error && !q.data),
      list: todoOf(inbox.data, notices.data, papers.data),
    };
  }, [inbox, notices, papers]);
}

export interface Week {
  response_time: { p50_seconds: number | null };
  questions: { count: number; answer_rate: number | null };
  indexing: { indexed: number };
  delivery: { received: number };
  series: Array<{ received: number; questions: number; answered: number; response_p50_seconds: number | null; indexed: number }>;
}
export const useWeek = () => useRecord<Week>('metrics', WEEK);

/** Is there something to show below? Its list comes with the part of the page that shows it. */
export function useIsRunning(): boolean {
  const reading = useRecord<Needs>('documents', '/api/documents/needs/');
  const sending = useList('broadcasts', '/api/messaging/broadcast/', { status: 'sending', page_size: 1 });
  return (reading.data?.reading ?? 0) + (sending.data?.count ?? 0) > 0;
}

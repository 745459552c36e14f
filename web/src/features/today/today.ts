/** today -- what the first page asks the server for, all of it at once. */
import { useMemo } from 'react';

import type { Entry, Notice } from '@/features/conversations/inbox';
import type { Document, Needs } from '@/features/documents/document';
import { useList, useRecord } from '@/lib/query';
import { ASKED, INBOX, NOTICES, PAPERS, WEEK } from './asked';

/** One that no conversation holds: of a template, the carrier, a question that came through the API. */
export interface OtherNotice extends Pick<Notice, 'id' | 'kind' | 'severity' | 'created_at'> {
  patient: number | null;
  object: number | null;
}
/** What the list of documents to check says as well, for as long as it is so. */
const SAID_BY_DOCUMENTS = new Set(['document.failed', 'document.names_another', 'document.illegible']);

function todoOf(inbox: ReturnType<typeof useList<Entry>>, notices: ReturnType<typeof useList<OtherNotice>>, papers: ReturnType<typeof useList<Document>>) {
  const all = [inbox, notices, papers];
  const told = new Set(inbox.data?.results.flatMap((entry) => entry.notices.map((n) => n.id)));
  const others = notices.data?.results.filter((n) => n.severity !== 'know' && !told.has(n.id) && !SAID_BY_DOCUMENTS.has(n.kind)) ?? [];
  const entries = inbox.data?.results ?? [];
  return {
    loading: all.some((q) => !q.data && !q.error),
    failed: all.find((q) => q.error && !q.data),
    dangers: { entries: entries.filter((e) => e.urgency === 'danger'), notices: others.filter((n) => n.severity === 'danger') },
    waiting: entries.filter((e) => e.urgency === 'waiting'),
    papers: papers.data?.results ?? [],
    paperCount: papers.data?.count ?? 0,
    look: { entries: entries.filter((e) => e.urgency === 'look'), notices: others.filter((n) => n.severity === 'look') },
    /** Beyond those that were asked for. */
    more: Math.max(0, (inbox.data?.count ?? 0) - ASKED),
  };
}

export type TodoList = ReturnType<typeof todoOf>;

export function useTodo(): TodoList {
  const inbox = useList<Entry>('sessions', ...INBOX);
  const notices = useList<OtherNotice>('notifications', ...NOTICES);
  const papers = useList<Document>('documents', ...PAPERS);
  return useMemo(() => todoOf(inbox, notices, papers), [inbox, notices, papers]);
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

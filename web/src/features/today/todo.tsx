'use client';

import { useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';

import { Empty, Failed } from '@/components/ui/list-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import type { Entry } from '@/features/conversations/inbox';
import { api } from '@/lib/api';
import { EARLY_ROWS } from '@/lib/early';
import { useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { today } from '@/messages/today';
import type { Todo as TodoState } from './today';
import { isNothing, type OtherNotice } from './todo-list';
import { NoticeRow, TodoRows, type Person } from './todo-rows';

function Notice({ notice }: { notice: OtherNotice }) {
  const t = useWords(today);
  const client = useQueryClient();
  async function markRead() {
    await api.post(`/api/notifications/${notice.id}/read/`);
    await client.invalidateQueries({ queryKey: ['notifications'] });
    toast(t.readDone);
  }
  const { data: person } = useRecord<Person>('patients', `/api/patients/${notice.patient}/`, { enabled: notice.patient !== null });
  return <NoticeRow notice={notice} person={person} onRead={() => void markRead()} />;
}

/** Nothing to be done; when somebody last wrote says that messages do arrive. */
function Nothing() {
  const t = useWords(today);
  const { data } = useList<Entry>('sessions', '/api/inbox/', { show: 'all', page_size: 1 });
  const last = data?.results[0]?.last_message;
  return <Empty title={t.nothing}>{last ? <p>{t.lastMessage} <When at={last.created_at} />.</p> : t.nothingHelp}</Empty>;
}

/** The shape of rows, or the rows themselves, put there before React came: what is in that box is none of React's business. */
function Coming() {
  return (
    <>
      <div id={EARLY_ROWS} className="peer" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
      <div className="peer-[:not(:empty)]:hidden"><SkeletonRows rows={4} /></div>
    </>
  );
}

export const Todo = memo(function Todo({ todo: { loading, failed, list } }: { todo: TodoState }) {
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (loading) return <Coming />;
  return isNothing(list) ? <Nothing /> : <TodoRows list={list} notice={Notice} />;
});

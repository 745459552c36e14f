'use client';

import { useQueryClient } from '@tanstack/react-query';
import { memo, useLayoutEffect, useRef, type RefObject } from 'react';

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

/** Which of the links and buttons of a list has the focus: where it leads, and the how manieth it is of those that lead there. */
interface Focused {
  href: string | null;
  nth: number;
}

const leadingTo = (list: Element, href: string | null) => [...list.querySelectorAll('a, button')].filter((e) => e.getAttribute('href') === href);

function focusedIn(list: Element | null): Focused | null {
  const focused = document.activeElement;
  if (!list || !focused || !list.contains(focused)) return null;
  const href = focused.getAttribute('href');
  return { href, nth: leadingTo(list, href).indexOf(focused) };
}

/** The shape of rows, or the rows themselves, put there before React came: what is in that box is none of React's business. */
function Coming({ focused }: { focused: RefObject<Focused | null> }) {
  useLayoutEffect(() => () => {
    focused.current = focusedIn(document.getElementById(EARLY_ROWS));
  }, [focused]);
  return (
    <>
      <div id={EARLY_ROWS} className="peer" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
      <div className="peer-[:not(:empty)]:hidden"><SkeletonRows rows={4} /></div>
    </>
  );
}

/** React's rows in the place of the early ones: who went by keyboard to one of those stays there. */
function Rows({ list, focused }: { list: TodoState['list']; focused: RefObject<Focused | null> }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const was = focused.current;
    focused.current = null;
    if (was && box.current) (leadingTo(box.current, was.href)[was.nth] as HTMLElement | undefined)?.focus({ preventScroll: true });
  }, [focused]);
  return <div ref={box}><TodoRows list={list} notice={Notice} /></div>;
}

export const Todo = memo(function Todo({ todo: { loading, failed, list } }: { todo: TodoState }) {
  const focused = useRef<Focused | null>(null);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (loading) return <Coming focused={focused} />;
  return isNothing(list) ? <Nothing /> : <Rows list={list} focused={focused} />;
});

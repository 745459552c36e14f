'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Pager } from '@/components/ui/data-table';
import { CONTROL } from '@/components/ui/field';
import { Empty, ListState } from '@/components/ui/list-state';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { cn } from '@/lib/cn';
import { formatNumber, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { inbox } from '@/messages/inbox';
import { INBOX, INBOX_URL, nameOf, SHOWS, type Entry, type Show } from './inbox';
import { SUMMARY_URL, type Summary } from './summary';
import { Ticks } from './ticks';
import type { MessageStatus } from './thread';
import { WindowLeft } from './window-left';

const PAGE_SIZE = 50;
const TYPING_MS = 250;

export interface InboxState {
  show: string;
  search: string;
  page: string;
}

function address(entry: Entry, state: InboxState): string {
  const query = new URLSearchParams(Object.entries(state).filter(([name, value]) => value && !(name === 'show' && value === 'todo') && !(name === 'page' && value === '1'))).toString();
  return `${INBOX}${entry.id}/${query ? `?${query}` : ''}`;
}

function Why({ entry }: { entry: Entry }) {
  const t = useWords(inbox);
  if (entry.urgency === null) return null;
  const words = entry.urgency === 'danger' ? t.urgencies.danger : t.notices[entry.notices[0]?.kind ?? ''] ?? t.urgencies[entry.urgency];
  return <Badge tone={entry.urgency === 'danger' ? 'danger' : 'look'}>{words}</Badge>;
}

/** The words that made it urgent, else the last ones. */
function Preview({ entry }: { entry: Entry }) {
  const t = useWords(inbox);
  const notice = entry.urgency && entry.notices.find((n) => n.words);
  const last = entry.last_message;
  if (notice) return <p className={cn('line-clamp-2 [overflow-wrap:anywhere]', entry.urgency === 'danger' ? 'font-medium text-danger-ink' : 'text-ink')}>{t.quoted(notice.words)}</p>;
  if (!last) return null;
  return (
    <p className="flex items-center gap-1 text-ink-soft">
      {last.direction === 'out' && <Ticks status={last.status as MessageStatus} />}
      <span className="truncate">{last.body || t.fileOnly}</span>
    </p>
  );
}

function Row({ entry, current, state }: { entry: Entry; current: boolean; state: InboxState }) {
  const t = useWords(inbox);
  return (
    <li className={cn('relative border-b border-line px-4 py-3 last:border-0', current ? 'bg-accent-ground' : 'hover:bg-sunken')}>
      <div className="flex items-baseline justify-between gap-3">
        <Link href={address(entry, state)} prefetch={false} scroll={false} aria-current={current ? 'page' : undefined} className="row-link min-w-0 truncate font-semibold">{nameOf(entry)}</Link>
        {(entry.since ?? entry.last_message?.created_at) && <When at={entry.since ?? entry.last_message!.created_at} className="shrink-0 text-small text-ink-soft" />}
      </div>
      <div className="flex items-end justify-between gap-3">
        <div className="min-w-0"><Preview entry={entry} /></div>
        {entry.unseen > 0 && (
          <span className="inline-flex min-w-6 shrink-0 justify-center rounded-full bg-accent px-1.5 text-small font-semibold text-accent-ink">
            {entry.unseen > 99 ? '99+' : entry.unseen}<span className="sr-only"> {t.unseen(entry.unseen)}</span>
          </span>
        )}
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Why entry={entry} />
        {entry.state === 'doctor' && <Badge tone="accent">{t.answeredBy(entry.taken_over_by_name || t.doctor)}</Badge>}
        {entry.urgency && <WindowLeft endsAt={entry.window_ends_at} />}
        {entry.people > 1 && <span className="text-small text-ink-soft">{t.shared(entry.people)}</span>}
        {entry.people === 0 && <span className="text-small text-ink-soft">{t.unknownNumber}</span>}
      </div>
    </li>
  );
}

function Filters({ show, onShow }: { show: Show; onShow: (show: Show) => void }) {
  const t = useWords(inbox);
  const lang = useLang();
  const { data } = useRecord<Summary>('sessions', SUMMARY_URL);
  const counts: Partial<Record<Show, number>> = data ? { todo: data.todo, taken: data.taken } : {};
  return (
    <div role="group" aria-label={t.filter} className="flex flex-wrap gap-1">
      {SHOWS.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === show}
          onClick={() => onShow(value)}
          className={cn('min-h-11 rounded-full border px-3 font-medium', value === show ? 'border-accent bg-accent-ground text-accent-strong' : 'border-line-strong text-ink-soft hover:bg-sunken')}
        >
          {t.shows[value]}{counts[value] !== undefined && <span className="tabular"> {formatNumber(counts[value], lang)}</span>}
        </button>
      ))}
    </div>
  );
}

function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const t = useWords(inbox);
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text), TYPING_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is typed counts, not who asks
  }, [text]);
  return (
    <div className="relative">
      <Search aria-hidden className="absolute top-3 left-3 size-5 text-ink-soft" />
      <input type="search" aria-label={t.search} placeholder={t.search} value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} className={`${CONTROL} pl-10`} />
    </div>
  );
}

function Rows() {
  return (
    <div aria-hidden className="divide-y divide-line">
      {[0, 1, 2, 3, 4].map((at) => <div key={at} className="flex flex-col gap-2 px-4 py-3"><Skeleton className="h-4 w-1/2" /><Skeleton className="h-4 w-4/5" /><Skeleton className="h-4 w-1/4" /></div>)}
    </div>
  );
}

function Nothing({ state, change }: { state: InboxState; change: (changed: Partial<InboxState>) => void }) {
  const t = useWords(inbox);
  if (state.search) return <Empty title={t.noneFound}>{t.noneFoundHelp}</Empty>;
  if (state.show === 'all') return <Empty title={t.noneAtAll}>{t.noneAtAllHelp}</Empty>;
  return <Empty title={state.show === 'taken' ? t.noneTaken : t.noneTodo} action={<Button onClick={() => change({ show: 'all' })}>{t.seeAll}</Button>}>{state.show === 'taken' ? t.noneTakenHelp : t.noneTodoHelp}</Empty>;
}

/** The list beside a conversation: what needs a person first. */
export function InboxList({ current, state, change }: { current?: number; state: InboxState; change: (changed: Partial<InboxState>) => void }) {
  const t = useWords(inbox);
  const show = SHOWS.find((value) => value === state.show) ?? 'todo';
  const query = useList<Entry>('sessions', INBOX_URL, { show, search: state.search, page: state.page, page_size: PAGE_SIZE });
  const page = Number(state.page) || 1;
  return (
    <div className="flex min-h-0 flex-col lg:h-full">
      <div className="flex flex-col gap-2 border-b border-line p-3">
        <Filters show={show} onShow={(value) => change({ show: value })} />
        <SearchBox value={state.search} onSearch={(search) => change({ search })} />
      </div>
      <div className="relative min-h-0 flex-1 lg:overflow-y-auto">
        <ListState query={query} skeleton={<Rows />} isEmpty={(data) => data.count === 0} empty={<Nothing state={{ ...state, show }} change={change} />}>
          {(data) => (
            <>
              <ul aria-label={t.shows[show]} className={cn(query.isPlaceholderData && 'opacity-60')}>
                {data.results.map((entry) => <Row key={entry.phone} entry={entry} current={entry.id === current} state={{ ...state, show }} />)}
              </ul>
              <Pager page={page} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
            </>
          )}
        </ListState>
      </div>
    </div>
  );
}

/** Said beside a name where the name alone is not enough. */
export function PhoneOf({ entry }: { entry: Entry }) {
  return <span className="tabular whitespace-nowrap text-ink-soft">{formatPhone(entry.phone)}</span>;
}

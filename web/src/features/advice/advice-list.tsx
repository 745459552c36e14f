'use client';

import { Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { CONTROL } from '@/components/ui/field';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { cn } from '@/lib/cn';
import { colon } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { advice } from '@/messages/advice';
import { common } from '@/messages/common';
import { settings } from '@/messages/settings';
import { ADVICE, ADVICE_URL, STATUS_TONES, type AdviceSummary } from './advice';
import { AnsweredCount } from './answered';

const PAGE_SIZE = 25;
const column = columnsOf<AdviceSummary>();

function TitleLink({ sheet }: { sheet: AdviceSummary }) {
  return <Link href={`${ADVICE}${sheet.id}/`} prefetch={false} className="row-link line-clamp-2 font-semibold [overflow-wrap:anywhere] text-ink hover:text-accent">{sheet.title}</Link>;
}

function Status({ sheet }: { sheet: AdviceSummary }) {
  const t = useWords(advice);
  if (sheet.reading === 'pending') return <Badge tone="accent">{t.reading}</Badge>;
  if (sheet.reading === 'failed') return <Badge tone="look">{t.unread}</Badge>;
  return <Badge tone={STATUS_TONES[sheet.status]}>{t.statuses[sheet.status]}</Badge>;
}

interface Filter {
  search: string;
  status: string;
  answered: string;
}

/** By words, by state and by use; the address says which. */
function Filters({ search, status, answered, change }: Filter & { change: (change: Partial<Filter>) => void }) {
  const t = useWords(advice);
  const id = useId();
  return (
    <form
      role="search"
      className="flex flex-wrap items-end gap-3 border-b border-line px-4 pt-2 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        change({ search: String(new FormData(event.currentTarget).get('search') ?? '').trim() });
      }}
    >
      <div className="min-w-52 flex-1">
        <label htmlFor={`${id}-search`} className="mb-1 block font-semibold">{t.search}</label>
        <input id={`${id}-search`} key={search} name="search" type="search" defaultValue={search} className={CONTROL} />
      </div>
      <div className="min-w-32 flex-1 sm:min-w-44 sm:flex-none">
        <label htmlFor={`${id}-status`} className="mb-1 block font-semibold">{t.status}</label>
        <select id={`${id}-status`} value={status} onChange={(event) => change({ status: event.target.value })} className={CONTROL}>
          <option value="">{t.anyStatus}</option>
          {(['published', 'draft', 'withdrawn'] as const).map((value) => <option key={value} value={value}>{t.statuses[value]}</option>)}
        </select>
      </div>
      <div className="min-w-32 flex-1 sm:min-w-44 sm:flex-none">
        <label htmlFor={`${id}-answered`} className="mb-1 block font-semibold">{t.answered}</label>
        <select id={`${id}-answered`} value={answered} onChange={(event) => change({ answered: event.target.value })} className={CONTROL}>
          <option value="">{t.anyAnswered}</option>
          <option value="ever">{t.everAnswered}</option>
          <option value="never">{t.neverAnswered}</option>
        </select>
      </div>
      <Button type="submit" icon={<Search aria-hidden className="size-5" />}>{t.searchVerb}</Button>
    </form>
  );
}

function Content() {
  const t = useWords(advice);
  const lang = useLang();
  const c = useWords(common);
  const s = useWords(settings);
  const [{ page, search, status, answered }, change] = useSearchState({ page: '1', search: '', status: '', answered: '' });
  const query = useList<AdviceSummary>('advice', ADVICE_URL, { page, page_size: PAGE_SIZE, search, status, answered });
  const filtered = search !== '' || status !== '' || answered !== '';
  const add = <ButtonLink look="primary" href={`${ADVICE}new/`} icon={<Plus aria-hidden className="size-5" />}>{t.add}</ButtonLink>;
  const columns = [
    column.accessor('title', { header: t.columns.title, cell: ({ row }) => <TitleLink sheet={row.original} /> }),
    column.accessor('language', { header: t.columns.language, cell: ({ getValue }) => c.languages[getValue()] }),
    column.accessor('status', { header: t.columns.status, cell: ({ row }) => <Status sheet={row.original} /> }),
    column.accessor('answered_lately', { header: t.columns.answered, cell: ({ row }) => <AnsweredCount sheet={row.original} /> }),
    column.accessor('updated_at', { header: t.columns.changed, cell: ({ getValue }) => <When at={getValue()} className="whitespace-nowrap text-ink-soft" /> }),
  ];
  const none = query.data?.count === 0 && !filtered;
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} action={!none && add} />
      <Panel flush className={cn(query.isPlaceholderData && 'opacity-90')}>
        {!none && <Filters search={search} status={status} answered={answered} change={change} />}
        <ListState
          query={query}
          isEmpty={(data) => data.count === 0}
          empty={filtered ? <Empty title={t.noneFound} action={<Button onClick={() => change({ search: '', status: '', answered: '' })}>{t.showAll}</Button>} /> : <Empty title={t.emptyTitle} action={add}>{t.emptyHelp}</Empty>}
        >
          {(data) => (
            <>
              <DataTable
                label={t.title}
                columns={columns}
                rows={data.results}
                dimmed={query.isPlaceholderData}
                card={(sheet) => (
                  <>
                    <div className="flex items-start justify-between gap-2"><TitleLink sheet={sheet} /><Status sheet={sheet} /></div>
                    <p className="mt-1 text-small text-ink-soft">{c.languages[sheet.language]} · {t.columns.changed} <When at={sheet.updated_at} /></p>
                    {sheet.status !== 'draft' && <p className="text-small text-ink-soft">{t.columns.answered}{colon(lang)}<AnsweredCount sheet={sheet} /></p>}
                  </>
                )}
              />
              <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
            </>
          )}
        </ListState>
      </Panel>
    </>
  );
}

export function AdvicePage() {
  const t = useWords(advice);
  return <ReservedPage title={t.title} roles={['admin', 'doctor']}><Content /></ReservedPage>;
}

'use client';

import { MessageSquareText, Plus } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import { Badge } from '@/components/ui/badge';
import { Brief } from '@/components/ui/brief';
import { ButtonLink } from '@/components/ui/button-link';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { cn } from '@/lib/cn';
import { formatDateTime, formatNumber, formatPercent } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { useSearchState } from '@/lib/use-search-state';
import { broadcasts } from '@/messages/broadcasts';
import { aimed, arrived, broadcastPath, BROADCASTS_URL, MESSAGES, settled, STATUS_TONES, STATUSES, took, type Broadcast } from './broadcast';

const PAGE_SIZE = 25;
const column = columnsOf<Broadcast>();

function Title({ broadcast: b }: { broadcast: Broadcast }) {
  return <Link href={broadcastPath(b.id)} prefetch={false} className="row-link font-semibold text-ink [overflow-wrap:anywhere] hover:text-accent">{b.title}</Link>;
}

function State({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const total = aimed(b.counts);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={STATUS_TONES[b.status]}>{t.statuses[b.status]}</Badge>
      {(b.status === 'sending' || (b.status === 'paused' && b.started_at)) && (
        <span className="flex w-40 items-center gap-2"><ProgressBar label={t.progressOf(b.title)} value={settled(b.counts)} total={total} /><span className="tabular text-small text-ink-soft">{total ? formatPercent(settled(b.counts) / total, lang) : ''}</span></span>
      )}
    </span>
  );
}

function TimeOf({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const at = b.started_at ?? b.scheduled_at;
  return <span className="whitespace-nowrap text-ink-soft">{at ? formatDateTime(at, lang) : t.notYet}{b.repeat && <span className="ml-1">· {t.repeats[b.repeat]}</span>}</span>;
}

/** "312", and how many have it and read it. */
function Taken({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const sent = took(b.counts);
  if (!b.started_at || sent === 0) return <span className="text-ink-soft">–</span>;
  return <span className="tabular whitespace-nowrap">{t.deliveredRead(formatPercent(arrived(b.counts) / sent, lang), formatPercent(b.counts.read / sent, lang))}</span>;
}

function Filter({ status, onStatus }: { status: string; onStatus: (status: string) => void }) {
  const t = useWords(broadcasts);
  return (
    <div role="group" aria-label={t.filter} className="flex gap-2 overflow-x-auto px-4 pt-3 pb-3">
      {(['', ...STATUSES] as const).map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={status === value}
          onClick={() => onStatus(value)}
          className={cn('min-h-11 shrink-0 rounded-full border px-4', status === value ? 'border-accent bg-accent-ground font-semibold text-accent-strong' : 'border-line-strong bg-surface hover:bg-sunken')}
        >
          {value ? t.statusFilters[value] : t.all}
        </button>
      ))}
    </div>
  );
}

export function BroadcastList() {
  const t = useWords(broadcasts);
  const lang = useLang();
  const mayWrite = useIsDoctor();
  const [{ status, run_of, page }, change] = useSearchState({ status: '', run_of: '', page: '1' });
  const query = useList<Broadcast>('broadcasts', BROADCASTS_URL, { status, run_of, page, page_size: PAGE_SIZE });
  const add = (words: ReactNode) => mayWrite && <ButtonLink look="primary" href={`${MESSAGES}new/`} icon={<Plus aria-hidden className="size-5" />}>{words}</ButtonLink>;
  const filtered = status !== '' || run_of !== '';
  const columns = [
    column.accessor('title', { header: t.columns.title, cell: ({ row }) => <Title broadcast={row.original} /> }),
    column.accessor('status', { header: t.columns.state, cell: ({ row }) => <State broadcast={row.original} /> }),
    column.accessor('started_at', { header: t.columns.when, cell: ({ row }) => <TimeOf broadcast={row.original} /> }),
    column.accessor((b) => aimed(b.counts), { id: 'to', header: t.columns.to, cell: ({ row }) => <span className="tabular">{row.original.started_at ? formatNumber(aimed(row.original.counts), lang) : '–'}</span> }),
    column.accessor((b) => b.counts.read, { id: 'taken', header: t.columns.taken, cell: ({ row }) => <Taken broadcast={row.original} /> }),
  ];
  return (
    <>
      <PageHeader
        title={t.title}
        lead={t.lead}
        action={
          <>
            <ButtonLink href={`${MESSAGES}log/`}><Brief words={t.log} short={t.logShort} /></ButtonLink>
            <ButtonLink href={`${MESSAGES}templates/`} icon={<MessageSquareText aria-hidden className="size-5 max-sm:hidden" />}><Brief words={t.templatesLink} short={t.templatesShort} /></ButtonLink>
            {add(<Brief words={t.add} short={t.addShort} />)}
          </>
        }
      />
      <Panel flush>
        <Filter status={status} onStatus={(value) => change({ status: value })} />
        {run_of && <p className="flex flex-wrap items-center gap-3 px-4 pb-3">{t.onlyRuns} <button type="button" onClick={() => change({ run_of: '' })} className="min-h-11 text-accent underline underline-offset-2">{t.showAll}</button></p>}
        <ListState query={query} isEmpty={(data) => data.count === 0} empty={filtered ? <Empty title={t.noneFiltered} /> : <Empty title={t.emptyTitle} action={add(t.add)}>{t.emptyHelp}</Empty>}>
          {(data) => (
            <>
              <DataTable
                label={t.title}
                columns={columns}
                looks={{ to: { align: 'right' } }}
                rows={data.results}
                dimmed={query.isPlaceholderData}
                card={(b) => (
                  <>
                    <Title broadcast={b} />
                    <div className="mt-1 flex flex-wrap items-center justify-between gap-2"><State broadcast={b} /><TimeOf broadcast={b} /></div>
                    {b.started_at && <p className="mt-1 text-ink-soft">{t.toPatients(aimed(b.counts), formatNumber(aimed(b.counts), lang))} · <Taken broadcast={b} /></p>}
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

'use client';

import { TrendingDown, TrendingUp } from 'lucide-react';
import Link from 'next/link';

import { Alert } from '@/components/ui/alert';
import { Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { formatDateTime, formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useRecordIds } from '@/lib/use-record-id';
import { useSearchState } from '@/lib/use-search-state';
import { quality } from '@/messages/quality';
import { byUrgency, isOpen, QUALITY, runPath, RUNS_URL, shown, SHOWS, type Row, type RunDetail, type Show } from './golden';
import { Reserved } from './reserved';
import { Results } from './run-results';
import { RunProgress, useLiveRun } from './run-progress';
import { StartButton } from './start-button';

const PAGE_SIZE = 25;

function Figure({ count, word, tone }: { count: number; word: string; tone: string }) {
  const lang = useLang();
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-soft">{word}</dt>
      <dd className={cn('tabular text-figure font-semibold', count > 0 && tone)}>{formatNumber(count, lang)}</dd>
    </div>
  );
}

/** How many right, wrong, refused though the record says it; and what changed since the run before. */
function Figures({ run }: { run: RunDetail }) {
  const t = useWords(quality);
  const right = run.results.filter((row) => row.passed).length;
  const refused = run.results.filter((row) => row.why === 'refused').length;
  const gone = run.done - run.results.length;
  return (
    <div className="grid gap-x-10 gap-y-4 md:grid-cols-[auto_minmax(0,1fr)]">
      <dl className="flex flex-wrap gap-x-10 gap-y-2 self-center">
        <Figure count={right} word={t.figures.right} tone="text-good-ink" />
        <Figure count={run.results.length - right - refused} word={t.figures.wrong} tone="text-look-ink" />
        <Figure count={refused} word={t.figures.refused} tone="text-look-ink" />
      </dl>
      <div className="flex flex-col justify-center gap-1 md:border-l md:border-line md:pl-10">
        {run.before === null ? <p className="text-ink-soft">{t.first}</p> : (
          <>
            <h2 className="text-small font-semibold text-ink-soft">{t.compared}</h2>
            {run.worse.length > 0 && <p className="flex items-center gap-2 font-semibold text-look-ink"><TrendingDown aria-hidden className="size-5 shrink-0" />{t.worse(run.worse.length)}</p>}
            {run.better.length > 0 && <p className="flex items-center gap-2 font-semibold text-good-ink"><TrendingUp aria-hidden className="size-5 shrink-0" />{t.better(run.better.length)}</p>}
            {run.worse.length + run.better.length === 0 && <p>{t.same}</p>}
            <Link href={runPath(run.before)} prefetch={false} className="inline-flex min-h-11 items-center self-start text-accent underline underline-offset-2">{t.before}</Link>
          </>
        )}
        {gone > 0 && !isOpen(run) && <p className="text-small text-ink-soft">{t.gone(gone)}</p>}
      </div>
    </div>
  );
}

function Filter({ rows, choices, show, onShow }: { rows: Row[]; choices: readonly Show[]; show: Show; onShow: (show: Show) => void }) {
  const t = useWords(quality);
  const lang = useLang();
  return (
    <div role="group" aria-label={t.show} className="flex flex-wrap gap-2 border-b border-line px-4 pt-1 pb-3">
      {choices.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={show === value}
          onClick={() => onShow(value)}
          className={cn('inline-flex min-h-11 items-center gap-2 rounded-full border px-4', show === value ? 'border-accent bg-accent-ground font-semibold text-accent-strong' : 'border-line-strong bg-surface hover:bg-sunken')}
        >
          {t.shows[value]} <span className="tabular">{formatNumber(shown(rows, value).length, lang)}</span>
        </button>
      ))}
    </div>
  );
}

function Answers({ run }: { run: RunDetail }) {
  const t = useWords(quality);
  const [{ show, page }, change] = useSearchState({ show: 'all', page: '1' });
  const compared = run.before !== null;
  const choices = compared ? SHOWS : SHOWS.slice(0, 2);
  const chosen = choices.find((value) => value === show) ?? 'all';
  const rows = byUrgency(shown(run.results, chosen));
  const from = (Number(page) - 1) * PAGE_SIZE;
  if (run.results.length === 0) return <Panel title={t.results}>{isOpen(run) ? <Empty title={t.noResults}>{t.noResultsHelp}</Empty> : <Empty title={run.done ? t.allGone : t.noResults} />}</Panel>;
  return (
    <Panel title={t.results} flush>
      <Filter rows={run.results} choices={choices} show={chosen} onShow={(value) => change({ show: value })} />
      {rows.length === 0 ? <Empty title={t.nothingShown} /> : <Results rows={rows.slice(from, from + PAGE_SIZE)} compared={compared} />}
      <Pager page={Number(page)} pageSize={PAGE_SIZE} count={rows.length} onPage={(n) => change({ page: String(n) })} />
    </Panel>
  );
}

function Loaded({ run: read }: { run: RunDetail }) {
  const t = useWords(quality);
  const lang = useLang();
  const run = useLiveRun(read);
  const open = isOpen(run);
  return (
    <>
      <PageHeader
        title={t.runTitle(formatDateTime(run.created_at, lang))}
        lead={t.engines[run.engine] ?? run.engine}
        back={{ href: QUALITY, label: t.toList }}
        action={!open && <StartButton label={t.again} />}
      />
      <div className="flex flex-col gap-6">
        {run.state === 'failed' && <Alert tone="look" title={t.failed}>{t.failedHelp}</Alert>}
        {open ? <Panel title={t.underWay}><RunProgress run={run} /></Panel> : <Figures run={run} />}
        <Answers run={run} />
      </div>
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(quality);
  const query = useRecord<RunDetail>('evaluations', `${RUNS_URL}${id}/`);
  return (
    <>
      {!query.data && <PageHeader title={t.run} back={{ href: QUALITY, label: t.toList }} />}
      <ListState query={query} skeleton={<><Skeleton className="mb-6 h-24" /><Skeleton className="h-96" /></>}>
        {(run) => <Loaded run={run} />}
      </ListState>
    </>
  );
}

export function RunPage() {
  const t = useWords(quality);
  const ids = useRecordIds('/dashboard/settings/quality/runs/[id]/');
  return <Reserved title={t.title}>{ids?.[0] ? <ById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />}</Reserved>;
}

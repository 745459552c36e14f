'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';

import { Badge } from '@/components/ui/badge';
import { Button, IconButton } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { api, type Page } from '@/lib/api';
import { cn } from '@/lib/cn';
import { explain } from '@/lib/errors';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { useSearchState } from '@/lib/use-search-state';
import { jobs } from '@/messages/jobs';
import { settings } from '@/messages/settings';
import { JOBS_URL, REFRESH_MS, STATES, STATE_TONES, type Job, type JobState } from './job';

const PAGE_SIZE = 25;
const column = columnsOf<Job>();

function useJobs(state: JobState, page: string, size: number) {
  const query = { state, page, page_size: size };
  return useQuery({
    queryKey: ['jobs', 'list', query],
    queryFn: ({ signal }) => api.get<Page<Job>>(JOBS_URL, query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

function Name({ job }: { job: Job }) {
  const t = useWords(jobs);
  return (
    <span className="block">
      <span className="font-semibold">{t.kinds[job.kind] ?? job.kind}</span>
      <span className="ml-2 text-small text-ink-soft">n° {job.id}</span>
    </span>
  );
}

/** Again at once, or never. */
function Deeds({ job }: { job: Job }) {
  const t = useWords(jobs);
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  const renew = () => client.invalidateQueries({ queryKey: ['jobs'] });

  async function retry() {
    setBusy(true);
    try {
      await api.post(`${JOBS_URL}${job.id}/retry/`);
      toast(t.retried);
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      setBusy(false);
      void renew();
    }
  }

  return (
    <div className="flex items-center gap-1">
      <Button busy={busy} onClick={() => void retry()} icon={<RotateCcw aria-hidden className="size-5" />}>{t.retry}</Button>
      <IconButton label={t.discardOf(t.kinds[job.kind] ?? job.kind, job.id)} onClick={() => setAsking(true)}><Trash2 aria-hidden className="size-5" /></IconButton>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t.discardAsk}
        verb={t.discard}
        onConfirm={async () => {
          await api.delete(`${JOBS_URL}${job.id}/`);
          toast(t.discarded);
          void renew();
        }}
      >
        {t.discardHelp}
      </ConfirmDialog>
    </div>
  );
}

function Reason({ job }: { job: Job }) {
  return <span className="block max-w-[60ch] text-small [overflow-wrap:anywhere] text-ink-soft">{job.last_error}</span>;
}

function columnsFor(state: JobState, t: ReturnType<typeof useWords<(typeof jobs)['fr']>>) {
  const name = column.accessor('kind', { header: t.columns.kind, cell: ({ row }) => <Name job={row.original} /> });
  const attempts = column.accessor('attempts', { header: t.columns.attempts, cell: ({ getValue }) => <span className="tabular">{getValue()}</span> });
  const reason = column.accessor('last_error', { header: t.columns.reason, cell: ({ row }) => <Reason job={row.original} /> });
  const time = (id: 'due_at' | 'started_at' | 'finished_at', header: string) =>
    column.accessor(id, { header, cell: ({ getValue }) => (getValue() ? <When at={getValue()!} className="whitespace-nowrap text-ink-soft" /> : '–') });
  if (state === 'dead') return [name, reason, time('finished_at', t.columns.givenUp), column.display({ id: 'deeds', header: t.columns.deeds, cell: ({ row }) => <Deeds job={row.original} /> })];
  if (state === 'running') return [name, attempts, time('started_at', t.columns.started)];
  if (state === 'ready') return [name, attempts, reason, time('due_at', t.columns.due)];
  return [name, attempts, time('finished_at', t.columns.finished)];
}

function timeOf(job: Job): string | null {
  return job.state === 'ready' ? job.due_at : job.state === 'running' ? job.started_at : job.finished_at;
}

function List({ state, page, onPage }: { state: JobState; page: string; onPage: (page: number) => void }) {
  const t = useWords(jobs);
  const query = useJobs(state, page, PAGE_SIZE);
  return (
    <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.empty[state].title}>{t.empty[state].help}</Empty>}>
      {(data) => (
        <>
          <DataTable
            label={t.states[state]}
            columns={columnsFor(state, t)}
            looks={{ attempts: { align: 'right' } }}
            rows={data.results}
            dimmed={query.isPlaceholderData}
            card={(job) => (
              <>
                <div className="flex flex-wrap items-center justify-between gap-2"><Name job={job} /><Badge tone={STATE_TONES[job.state]}>{t.oneStates[job.state]}</Badge></div>
                {timeOf(job) && <p className="text-small text-ink-soft"><When at={timeOf(job)!} /></p>}
                {job.last_error && <Reason job={job} />}
                {job.state === 'dead' && <div className="mt-2"><Deeds job={job} /></div>}
              </>
            )}
          />
          <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={onPage} />
        </>
      )}
    </ListState>
  );
}

function StateButton({ value, shown, onShow }: { value: JobState; shown: boolean; onShow: () => void }) {
  const t = useWords(jobs);
  const lang = useLang();
  const { data } = useJobs(value, '1', 1);
  return (
    <button
      type="button"
      aria-pressed={shown}
      onClick={onShow}
      className={cn('inline-flex min-h-11 items-center gap-2 rounded-full border px-4', shown ? 'border-accent bg-accent-ground font-semibold text-accent-strong' : 'border-line-strong bg-surface hover:bg-sunken')}
    >
      {t.states[value]} <span className="tabular min-w-3 text-center">{data ? formatNumber(data.count, lang) : ' '}</span>
    </button>
  );
}

function Content() {
  const t = useWords(jobs);
  const s = useWords(settings);
  const [{ state, page }, change] = useSearchState({ state: 'dead', page: '1' });
  const chosen = STATES.find((value) => value === state) ?? 'dead';
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} />
      <Panel flush>
        <div role="group" aria-label={t.show} className="flex flex-wrap gap-2 border-b border-line px-4 pt-2 pb-3">
          {STATES.map((value) => <StateButton key={value} value={value} shown={value === chosen} onShow={() => change({ state: value })} />)}
        </div>
        <List key={chosen} state={chosen} page={page} onPage={(n) => change({ page: String(n) })} />
      </Panel>
    </>
  );
}

export function JobsPage() {
  const t = useWords(jobs);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}

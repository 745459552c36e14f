'use client';

import Link from 'next/link';

import { Badge, type Tone } from '@/components/ui/badge';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { formatDateTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { quality } from '@/messages/quality';
import { isOpen, runPath, RUNS_URL, type Run, type RunState } from './golden';

const PAGE_SIZE = 10;
const TONES: Record<RunState, Tone> = { waiting: 'waiting', running: 'accent', done: 'good', failed: 'look' };
const column = columnsOf<Run>();

function RunLink({ run }: { run: Run }) {
  const lang = useLang();
  return <Link href={runPath(run.id)} prefetch={false} className="row-link font-semibold text-ink hover:text-accent">{formatDateTime(run.created_at, lang)}</Link>;
}

function State({ run }: { run: Run }) {
  const t = useWords(quality);
  return <Badge tone={TONES[run.state]}>{t.states[run.state]}</Badge>;
}

function Result({ run }: { run: Run }) {
  const t = useWords(quality);
  return <span className="tabular">{isOpen(run) ? t.asked(run.done, run.total) : t.rightOf(run.passed, run.done)}</span>;
}

/** All runs, the last one first. */
export function RunList() {
  const t = useWords(quality);
  const [{ runs }, change] = useSearchState({ page: '1', patient: '', runs: '1' });
  const query = useList<Run>('evaluations', RUNS_URL, { page: runs, page_size: PAGE_SIZE });
  const columns = [
    column.accessor('created_at', { header: t.runColumns.when, cell: ({ row }) => <RunLink run={row.original} /> }),
    column.accessor('passed', { header: t.runColumns.result, cell: ({ row }) => <Result run={row.original} /> }),
    column.accessor('engine', { header: t.runColumns.engine, cell: ({ getValue }) => <span className="text-ink-soft">{t.engines[getValue()] ?? getValue()}</span> }),
    column.accessor('state', { header: t.runColumns.state, cell: ({ row }) => <State run={row.original} /> }),
  ];
  return (
    <Panel title={t.runs} flush>
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.noRuns}>{t.noRunsHelp}</Empty>}>
        {(data) => (
          <>
            <DataTable
              label={t.runs}
              columns={columns}
              rows={data.results}
              dimmed={query.isPlaceholderData}
              card={(run) => (
                <>
                  <div className="flex flex-wrap items-center justify-between gap-2"><RunLink run={run} /><State run={run} /></div>
                  <p className="text-ink-soft"><Result run={run} /> · {t.engines[run.engine] ?? run.engine}</p>
                </>
              )}
            />
            <Pager page={Number(runs)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: '1', runs: String(n) })} />
          </>
        )}
      </ListState>
    </Panel>
  );
}

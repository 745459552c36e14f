'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Save } from 'lucide-react';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useEvent } from '@/lib/events';
import { formatDateTime, formatNumber } from '@/lib/format';
import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { useSearchState } from '@/lib/use-search-state';
import { backups } from '@/messages/backups';
import { settings } from '@/messages/settings';
import { BACKUPS_URL, isOpen, STATE_TONES, type Backup, type BackupsState } from './backup';

const PAGE_SIZE = 25;
const column = columnsOf<Backup>();

interface Told {
  id: number;
  phase: string;
  percent: number;
}

/** How far the one under way is, as the server tells it; a change of state has the list asked again. */
function useTold(): Told | null {
  const client = useQueryClient();
  const [told, setTold] = useState<Told | null>(null);
  useEvent('backup', (data) => {
    if (data.phase) setTold({ id: Number(data.id), phase: String(data.phase), percent: Number(data.percent) });
    else void client.invalidateQueries({ queryKey: ['backups'] });
  });
  return told;
}

function Progress({ backup, told }: { backup: Backup; told: Told | null }) {
  const t = useWords(backups);
  const mine = told?.id === backup.id ? told : null;
  return (
    <Panel title={t.underWay}>
      <div className="flex flex-col gap-2">
        <ProgressBar label={t.underWay} value={mine?.percent ?? 0} total={100} />
        <p className="tabular">{mine ? `${t.phases[mine.phase] ?? mine.phase} : ${mine.percent} %` : t.waiting}</p>
        {backup.error_code && <p className="text-look-ink">{t.again(t.reasons[backup.error_code] ?? backup.error_code)}</p>}
      </div>
    </Panel>
  );
}

/** The one thing to know: when was the last good one. */
function Standing({ state, last }: { state: BackupsState; last?: Backup }) {
  const t = useWords(backups);
  const lang = useLang();
  const failed = last?.state === 'failed';
  return (
    <div className="flex flex-col gap-3">
      {state.last_taken_at === null ? (
        <Alert tone="look" title={t.never}>{t.neverHelp}</Alert>
      ) : (
        <Alert tone={state.late ? 'look' : 'good'} title={state.late ? t.late : t.fine}>
          <When at={state.last_taken_at} /> <span className="text-small">({formatDateTime(state.last_taken_at, lang)})</span>
          <p>{state.late ? t.lateHelp : t.fineHelp}</p>
        </Alert>
      )}
      {failed && <Alert tone="look" title={t.failed}>{t.reasons[last.error_code ?? ''] ?? t.failedHelp}</Alert>}
      {last && last.missing + last.damaged > 0 && <Alert tone="look" title={t.incomplete(last.missing, last.damaged)}>{t.incompleteHelp}</Alert>}
      {state.same_disk && <Alert tone="look" title={t.sameDisk}>{t.sameDiskHelp}</Alert>}
    </div>
  );
}

/** What the program cannot do for the clinic. */
function Key() {
  const t = useWords(backups);
  return (
    <Panel title={t.keyTitle}>
      <p>{t.keyHelp}</p>
      <p className="mt-2"><code className="rounded-sm bg-sunken px-1.5 py-0.5 [overflow-wrap:anywhere]">sudo cat /var/lib/medirecord/secret.key</code></p>
      <p className="mt-2 text-ink-soft">{t.restoreHelp}</p>
      <p className="mt-1"><code className="rounded-sm bg-sunken px-1.5 py-0.5 [overflow-wrap:anywhere]">medirecord restore --key-file secret.key /media/usb/medirecord</code></p>
    </Panel>
  );
}

function Plan({ state }: { state: BackupsState }) {
  const t = useWords(backups);
  const lang = useLang();
  const rows: Array<[string, string]> = [
    [t.folder, state.folder],
    [t.every, state.every_hours ? t.everyHours(state.every_hours) : t.onDemand],
    [t.keep, formatNumber(state.keep, lang)],
    [t.free, formatBytes(state.free_bytes, lang)],
  ];
  return (
    <Panel title={t.plan}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="tabular [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-small text-ink-soft">{t.planHelp}</p>
    </Panel>
  );
}

function State({ backup }: { backup: Backup }) {
  const t = useWords(backups);
  if (backup.state === 'proven' && !backup.there) return <Badge tone="plain">{t.gone}</Badge>;
  return <Badge tone={STATE_TONES[backup.state]}>{t.states[backup.state]}</Badge>;
}

function List() {
  const t = useWords(backups);
  const lang = useLang();
  const [{ page }, change] = useSearchState({ page: '1' });
  const query = useList<Backup>('backups', BACKUPS_URL, { page, page_size: PAGE_SIZE });
  const columns = [
    column.accessor('created_at', { header: t.columns.when, cell: ({ row }) => <span className="font-semibold whitespace-nowrap">{formatDateTime(row.original.taken_at ?? row.original.created_at, lang)}</span> }),
    column.accessor('state', { header: t.columns.state, cell: ({ row }) => <State backup={row.original} /> }),
    column.accessor('documents', { header: t.columns.content, cell: ({ row }) => (row.original.state === 'proven' ? <span className="tabular">{t.content(row.original.patients, row.original.documents)}</span> : <span className="text-ink-soft">{t.reasons[row.original.error_code ?? ''] ?? '–'}</span>) }),
    column.accessor('size_bytes', { header: t.columns.size, cell: ({ getValue }) => <span className="tabular whitespace-nowrap">{getValue() ? formatBytes(getValue(), lang) : '–'}</span> }),
    column.accessor('name', { header: t.columns.file, cell: ({ getValue }) => <span className="text-small [overflow-wrap:anywhere] text-ink-soft">{getValue()}</span> }),
  ];
  return (
    <Panel title={t.list} flush>
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.emptyTitle}>{t.emptyHelp}</Empty>}>
        {(data) => (
          <>
            <DataTable
              label={t.list}
              columns={columns}
              looks={{ size_bytes: { align: 'right' }, name: { wide: true } }}
              rows={data.results}
              dimmed={query.isPlaceholderData}
              card={(backup) => (
                <>
                  <div className="flex flex-wrap items-center justify-between gap-2"><span className="font-semibold">{formatDateTime(backup.taken_at ?? backup.created_at, lang)}</span><State backup={backup} /></div>
                  <p className="tabular text-small text-ink-soft">{backup.state === 'proven' ? `${t.content(backup.patients, backup.documents)} · ${formatBytes(backup.size_bytes, lang)}` : (t.reasons[backup.error_code ?? ''] ?? '')}</p>
                </>
              )}
            />
            <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
          </>
        )}
      </ListState>
    </Panel>
  );
}

function MakeButton({ busy: underWay }: { busy: boolean }) {
  const t = useWords(backups);
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function make() {
    setBusy(true);
    try {
      await api.post(BACKUPS_URL);
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      await client.invalidateQueries({ queryKey: ['backups'] });
      setBusy(false);
    }
  }
  return <Button look="primary" busy={busy} disabled={underWay} onClick={() => void make()} icon={<Save aria-hidden className="size-5" />}>{t.makeNow}</Button>;
}

function Content() {
  const t = useWords(backups);
  const s = useWords(settings);
  const told = useTold();
  const state = useRecord<BackupsState>('backups', `${BACKUPS_URL}state/`);
  const latest = useList<Backup>('backups', BACKUPS_URL, { page_size: 1 });
  const last = latest.data?.results[0];
  const open = last && isOpen(last) ? last : undefined;
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} action={state.data && <MakeButton busy={open !== undefined} />} />
      <div className="flex flex-col gap-6">
        {open && <Progress backup={open} told={told} />}
        <ListState query={state} skeleton={<Skeleton className="h-24" />}>
          {(data) => (
            <>
              <Standing state={data} last={last} />
              <div className="grid items-start gap-6 lg:grid-cols-2"><Key /><Plan state={data} /></div>
            </>
          )}
        </ListState>
        <List />
      </div>
    </>
  );
}

export function BackupsPage() {
  const t = useWords(backups);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}

'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';

import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { PatientPicker } from '@/components/patient-picker';
import { ReservedPage } from '@/features/settings/reserved';
import { USERS_URL, type Account } from '@/features/users/user';
import { withQuery } from '@/lib/api';
import { formatDateTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { audit } from '@/messages/audit';
import { settingWords } from '@/messages/setting-words';
import { settings } from '@/messages/settings';
import { CheckPanel } from './check-panel';

const PAGE_SIZE = 50;

interface Row {
  id: number;
  at: string;
  actor: number | null;
  actor_name: string;
  actor_email: string;
  action: string;
  object_type: string;
  object_id: number | null;
  patient: number | null;
  patient_name: string;
  user_name: string;
  user_email: string;
}

const column = columnsOf<Row>();
const FILTERS = { page: '1', actor: '', action: '', patient: '', from: '', to: '' };
type Filters = typeof FILTERS;

/** The days of the address, in the reader's time, as the server reads times: from the first moment of one to the first after the other. */
function queryOf({ from, to, actor, action, patient }: Filters) {
  const start = (day: string, plus: number) => {
    const at = new Date(`${day}T00:00`);
    at.setDate(at.getDate() + plus);
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
  };
  return { actor, action, patient, from: from && start(from, 0), to: to && start(to, 1) };
}

function Who({ row }: { row: Row }) {
  const t = useWords(audit);
  if (row.actor === null) return <span className="text-ink-soft">{t.program}</span>;
  return <span title={row.actor_email} className="break-words">{row.actor_name || row.actor_email || t.gone(row.actor)}</span>;
}

function Whom({ row }: { row: Row }) {
  const t = useWords(audit);
  const w = useWords(settingWords);
  const object = t.objects[row.object_type];
  const what = object && row.object_id && !['patient', 'user'].includes(row.object_type) ? `${object} ${row.object_id}` : row.action === 'settings.change' ? (w.names[row.object_type] ?? row.object_type) : null;
  if (row.patient) {
    return (
      <>
        <Link href={`/dashboard/patients/${row.patient}/`} prefetch={false} className="break-words text-accent underline">{row.patient_name.trim() || t.patient(row.patient)}</Link>
        {what && <span className="ml-2 text-small text-ink-soft">{what}</span>}
      </>
    );
  }
  if (row.object_type === 'user' && row.object_id) return <span className="break-words">{row.user_name || row.user_email || t.gone(row.object_id)}</span>;
  if (row.object_type === 'patient' && row.object_id) return <span className="text-ink-soft">{t.erased(row.object_id)}</span>;
  return <span className="text-ink-soft">{what ?? '—'}</span>;
}

function FilterBar({ filters, change }: { filters: Filters; change: (changed: Partial<Filters>) => void }) {
  const t = useWords(audit);
  const people = useList<Account>('users', USERS_URL, { page_size: 100 });
  const any = Object.entries(filters).some(([name, value]) => name !== 'page' && value);
  return (
    <section aria-label={t.filters} className="grid items-start gap-4 px-4 pt-4 pb-2 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1.4fr_11rem_11rem]">
      <Field label={t.person}>
        {(props) => (
          <select {...props} value={filters.actor} onChange={(event) => change({ actor: event.target.value })} className={CONTROL}>
            <option value="">{t.anybody}</option>
            <option value="0">{t.program}</option>
            {people.data?.results.map((p) => <option key={p.id} value={p.id}>{p.full_name || p.email}</option>)}
          </select>
        )}
      </Field>
      <Field label={t.action}>
        {(props) => (
          <select {...props} value={filters.action} onChange={(event) => change({ action: event.target.value })} className={CONTROL}>
            <option value="">{t.anything}</option>
            {Object.entries(t.groups).map(([value, label]) => <option key={value} value={value}>{label}</option>)}
            {filters.action && !(filters.action in t.groups) && <option value={filters.action}>{t.actions[filters.action] ?? filters.action}</option>}
          </select>
        )}
      </Field>
      <PatientPicker label={t.aboutPatient} value={Number(filters.patient) || null} onChange={(id) => change({ patient: id ? String(id) : '' })} />
      <Field label={t.from}>{(props) => <input {...props} type="date" value={filters.from} max={filters.to || undefined} onChange={(event) => change({ from: event.target.value })} className={CONTROL} />}</Field>
      <Field label={t.to}>{(props) => <input {...props} type="date" value={filters.to} min={filters.from || undefined} onChange={(event) => change({ to: event.target.value })} className={CONTROL} />}</Field>
      {any && <Button look="quiet" onClick={() => change({ ...FILTERS })} className="justify-self-start">{t.all}</Button>}
    </section>
  );
}

function Log() {
  const t = useWords(audit);
  const s = useWords(settings);
  const lang = useLang();
  const [filters, change] = useSearchState(FILTERS);
  const asked = queryOf(filters);
  const query = useList<Row>('audit', '/api/audit/', { ...asked, page: filters.page, page_size: PAGE_SIZE });
  const csv = (
    <a href={withQuery('/api/audit/', { ...asked, format: 'csv' })} download className="inline-flex min-h-11 items-center gap-2 rounded-md border border-line-strong bg-surface px-4 font-semibold hover:bg-sunken">
      <Download aria-hidden className="size-5" />
      {t.csv}
    </a>
  );
  const columns = [
    column.accessor('at', { header: t.columns.at, cell: ({ getValue }) => <time dateTime={getValue()} className="tabular whitespace-nowrap text-ink-soft">{formatDateTime(getValue(), lang)}</time> }),
    column.accessor('actor', { header: t.columns.who, cell: ({ row }) => <Who row={row.original} /> }),
    column.accessor('action', { header: t.columns.what, cell: ({ getValue }) => <span title={getValue()}>{t.actions[getValue()] ?? getValue()}</span> }),
    column.accessor('object_id', { header: t.columns.whom, cell: ({ row }) => <Whom row={row.original} /> }),
  ];
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} action={csv} />
      <div className="flex flex-col gap-6">
        <CheckPanel />
        <Panel flush>
          <FilterBar filters={filters} change={change} />
          <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.noneTitle}>{t.noneHelp}</Empty>}>
            {(data) => (
              <>
                <DataTable
                  label={t.title}
                  columns={columns}
                  rows={data.results}
                  dimmed={query.isPlaceholderData}
                  card={(row) => (
                    <div className="flex flex-col gap-0.5">
                      <p><span className="font-semibold"><Who row={row} /></span> · {t.actions[row.action] ?? row.action}</p>
                      <p><Whom row={row} /></p>
                      <time dateTime={row.at} className="tabular text-small text-ink-soft">{formatDateTime(row.at, lang)}</time>
                    </div>
                  )}
                />
                <Pager page={Number(filters.page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
              </>
            )}
          </ListState>
        </Panel>
      </div>
    </>
  );
}

export function AuditPage() {
  const t = useWords(audit);
  return <ReservedPage title={t.title} roles={['admin']}><Log /></ReservedPage>;
}

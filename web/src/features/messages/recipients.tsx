'use client';

import Link from 'next/link';

import { Badge } from '@/components/ui/badge';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { CONTROL, Field } from '@/components/ui/field';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import { CsvLink } from './actions';
import { RECIPIENT_STATES, RECIPIENT_TONES, type Recipient, type RecipientState, type Report } from './broadcast';

export const RECIPIENTS_PAGE = 50;
type Row = Recipient & { id: number };
const column = columnsOf<Row>();

export interface Shown {
  state: string;
  reason: string;
  page: string;
}

function Name({ row }: { row: Row }) {
  const t = useWords(broadcasts);
  if (row.patient_name === null) return <span className="text-ink-soft">{t.erased}</span>;
  return <Link href={`/dashboard/patients/${row.patient}/`} prefetch={false} className="row-link font-semibold text-ink [overflow-wrap:anywhere] hover:text-accent">{row.patient_name || t.unnamed(row.patient)}</Link>;
}

function State({ row }: { row: Row }) {
  const t = useWords(broadcasts);
  return <Badge tone={RECIPIENT_TONES[row.status]}>{t.recipientStates[row.status]}</Badge>;
}

/** One choice of state and reason together: a reason belongs to a state. */
function Filter({ report, shown, onShow }: { report: Report; shown: Shown; onShow: (shown: Pick<Shown, 'state' | 'reason'>) => void }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const counts = report.broadcast.counts;
  const reasonsOf = (state: RecipientState) => (state === 'left_out' ? report.reasons.left_out : state === 'failed' ? report.reasons.failed : []);
  return (
    <Field label={t.showState} className="w-full max-w-md">
      {(props) => (
        <select
          {...props}
          className={CONTROL}
          value={shown.reason ? `${shown.state}:${shown.reason}` : shown.state}
          onChange={(event) => {
            const [state = '', reason = ''] = event.target.value.split(':');
            onShow({ state, reason });
          }}
        >
          <option value="">{t.allRecipients(formatNumber(counts.recipients, lang))}</option>
          {RECIPIENT_STATES.filter((state) => counts[state] > 0 || state === shown.state).flatMap((state) => [
            <option key={state} value={state}>{`${t.recipientStates[state]} (${formatNumber(counts[state], lang)})`}</option>,
            ...reasonsOf(state).filter((r) => r.reason).map((r) => <option key={`${state}:${r.reason}`} value={`${state}:${r.reason}`}>{`\u00a0\u00a0\u00a0${r.reason_text} (${formatNumber(r.count, lang)})`}</option>),
          ])}
        </select>
      )}
    </Field>
  );
}

/** Everybody whom it was for, and what became of each. */
export function Recipients({ report, shown, onChange, dimmed }: { report: Report; shown: Shown; onChange: (shown: Partial<Shown>) => void; dimmed: boolean }) {
  const t = useWords(broadcasts);
  const rows: Row[] = report.recipients.results.map((row) => ({ ...row, id: row.patient }));
  const last = (row: Row) => row.read_at ?? row.delivered_at ?? row.sent_at;
  const columns = [
    column.accessor('patient_name', { header: t.columns.patient, cell: ({ row }) => <Name row={row.original} /> }),
    column.accessor('status', { header: t.columns.state, cell: ({ row }) => <State row={row.original} /> }),
    column.accessor('reason_text', { header: t.columns.reason, cell: ({ getValue }) => <span className="text-ink-soft">{getValue()}</span> }),
    column.accessor('updated_at', { header: t.columns.at, cell: ({ row }) => <span className="whitespace-nowrap text-ink-soft">{last(row.original) ? <When at={last(row.original)!} /> : '–'}</span> }),
  ];
  return (
    <Panel title={t.recipients} flush action={<CsvLink broadcast={report.broadcast} />}>
      <div className="border-b border-line px-4 pb-3"><Filter report={report} shown={shown} onShow={(next) => onChange({ ...next, page: '1' })} /></div>
      {rows.length === 0 ? <Empty title={t.noRecipients} /> : (
        <DataTable
          label={t.recipients}
          columns={columns}
          rows={rows}
          dimmed={dimmed}
          card={(row) => (
            <>
              <div className="flex flex-wrap items-center justify-between gap-2"><Name row={row} /><State row={row} /></div>
              {row.reason_text && <p className="mt-1 text-ink-soft">{row.reason_text}</p>}
            </>
          )}
        />
      )}
      <Pager page={Number(shown.page)} pageSize={RECIPIENTS_PAGE} count={report.recipients.count} onPage={(page) => onChange({ page: String(page) })} />
    </Panel>
  );
}

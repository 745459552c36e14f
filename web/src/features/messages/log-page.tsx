'use client';

import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import Link from 'next/link';

import { Badge, type Tone } from '@/components/ui/badge';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { CONTROL, Field } from '@/components/ui/field';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { PatientPicker } from '@/components/patient-picker';
import { formatDateTime, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { messageLog } from '@/messages/message-log';
import { broadcastPath, MESSAGES } from './broadcast';

const MESSAGES_URL = '/api/messaging/messages/';
const PAGE_SIZE = 50;

const STATES = ['failed', 'uncertain', 'queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'received', 'processed'] as const;
type State = (typeof STATES)[number];
const TONES: Record<State, Tone> = {
  failed: 'look', uncertain: 'look', queued: 'waiting', sending: 'waiting', accepted: 'accent', sent: 'accent', delivered: 'good', read: 'good', received: 'waiting', processed: 'plain',
};

interface Message {
  id: number;
  direction: 'in' | 'out';
  kind: string;
  patient: number | null;
  patient_name: string | null;
  phone: string;
  body: string;
  status: State;
  error_code: string | null;
  error_text: string | null;
  error_kind: string | null;
  broadcast: number | null;
  template: string | null;
  waiting_for: 'person' | null;
  created_at: string;
}

const column = columnsOf<Message>();

function Direction({ message: m }: { message: Message }) {
  const t = useWords(messageLog);
  const Icon = m.direction === 'in' ? ArrowDownLeft : ArrowUpRight;
  return (
    <span className="whitespace-nowrap">
      <Icon aria-hidden className="mr-1.5 inline size-4 align-text-bottom text-ink-soft" />
      {t.directions[m.direction]}
    </span>
  );
}

/** An invitation that was overtaken by its answer has not failed. */
function StateOf({ message: m }: { message: Message }) {
  const t = useWords(messageLog);
  if (m.error_kind === 'not_needed') return <Badge>{t.notNeeded}</Badge>;
  return <Badge tone={TONES[m.status]}>{t.states[m.status]}</Badge>;
}

function Who({ message: m }: { message: Message }) {
  const t = useWords(messageLog);
  const phone = <span className="tabular text-small whitespace-nowrap text-ink-soft">{formatPhone(m.phone)}</span>;
  if (m.patient === null) return <><span className="block text-ink-soft">{t.unknownNumber}</span>{phone}</>;
  return <><Link href={`/dashboard/patients/${m.patient}/`} prefetch={false} className="block font-semibold text-ink [overflow-wrap:anywhere] hover:text-accent">{m.patient_name || t.unnamed(m.patient)}</Link>{phone}</>;
}

/** What went wrong in words, and what is to be done about it. */
function Why({ message: m }: { message: Message }) {
  const t = useWords(messageLog);
  if (m.waiting_for === 'person') return <p className="text-small text-ink-soft">{t.held}</p>;
  if (!m.error_text || m.direction === 'in') return null;
  const todo = t.todo[m.error_kind ?? ''];
  return (
    <p className="text-small">
      <span className={m.error_kind === 'not_needed' ? 'text-ink-soft' : 'font-medium text-look-ink'}>{m.error_text}</span>
      {todo && <span className="block text-ink-soft">{todo}</span>}
    </p>
  );
}

function Words({ message: m }: { message: Message }) {
  const t = useWords(messageLog);
  return (
    <div className="max-w-[60ch] min-w-0">
      <p className="line-clamp-2 [overflow-wrap:anywhere]">{m.body || <span className="text-ink-soft">{t.noWords}</span>}</p>
      {m.broadcast !== null && <Link href={broadcastPath(m.broadcast)} prefetch={false} className="text-small text-accent underline underline-offset-2">{t.ofBroadcast}</Link>}
      <Why message={m} />
    </div>
  );
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: ReadonlyArray<{ value: string; label: string }>; onChange: (value: string) => void }) {
  return (
    <Field label={label}>
      {(props) => (
        <select {...props} className={CONTROL} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </select>
      )}
    </Field>
  );
}

/** Every WhatsApp message in and out, the newest first. */
export function MessageLog() {
  const t = useWords(messageLog);
  const lang = useLang();
  const [{ status, direction, patient, page }, change] = useSearchState({ status: '', direction: '', patient: '', page: '1' });
  const query = useList<Message>('messages', MESSAGES_URL, { status, direction, patient, page, page_size: PAGE_SIZE });
  const filtered = status !== '' || direction !== '' || patient !== '';
  const columns = [
    column.accessor('created_at', { header: t.columns.at, cell: ({ getValue }) => <time dateTime={getValue()} className="whitespace-nowrap text-ink-soft">{formatDateTime(getValue(), lang)}</time> }),
    column.accessor('direction', { header: t.columns.direction, cell: ({ row }) => <Direction message={row.original} /> }),
    column.accessor('patient_name', { header: t.columns.who, cell: ({ row }) => <Who message={row.original} /> }),
    column.accessor('body', { header: t.columns.words, cell: ({ row }) => <Words message={row.original} /> }),
    column.accessor('status', { header: t.columns.state, cell: ({ row }) => <StateOf message={row.original} /> }),
  ];
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: MESSAGES, label: t.back }} />
      <Panel flush>
        <div className="grid gap-4 border-b border-line px-4 pt-3 pb-4 md:grid-cols-[12rem_12rem_minmax(0,24rem)]">
          <Choice label={t.columns.state} value={status} onChange={(value) => change({ status: value })} options={[{ value: '', label: t.any }, ...STATES.map((value) => ({ value, label: t.states[value] }))]} />
          <Choice label={t.columns.direction} value={direction} onChange={(value) => change({ direction: value })} options={[{ value: '', label: t.any }, { value: 'in', label: t.directions.in }, { value: 'out', label: t.directions.out }]} />
          <PatientPicker label={t.patient} value={patient ? Number(patient) : null} onChange={(id) => change({ patient: id ? String(id) : '' })} />
        </div>
        <ListState query={query} isEmpty={(data) => data.count === 0} empty={filtered ? <Empty title={t.noneFiltered} /> : <Empty title={t.emptyTitle}>{t.emptyHelp}</Empty>}>
          {(data) => (
            <>
              <DataTable
                label={t.title}
                columns={columns}
                rows={data.results}
                dimmed={query.isPlaceholderData}
                card={(m) => (
                  <>
                    <div className="flex flex-wrap items-start justify-between gap-2"><span><Who message={m} /></span><StateOf message={m} /></div>
                    <p className="my-1 text-small text-ink-soft"><Direction message={m} /> · {formatDateTime(m.created_at, lang)}</p>
                    <Words message={m} />
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

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { formatPhone } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { csvOf, saveFile } from '@/lib/save-file';
import { patientsImport } from '@/messages/patients-import';
import { patientPath, PATIENTS, PATIENTS_URL } from './patient';

type Action = 'make' | 'update' | 'unchanged' | 'refuse';

interface Row {
  line: number;
  action: Action;
  first_name: string;
  last_name: string;
  phone: string;
  patient: number | null;
  errors: Array<{ field: string; message: string }>;
}

interface Outcome {
  dry_run: boolean;
  ignored_columns: string[];
  results: Row[];
  made: number;
  updated: number;
  unchanged: number;
  refused: number;
}

const PAGE_SIZE = 50;
const TONES: Record<Action, Tone> = { make: 'good', update: 'accent', unchanged: 'plain', refuse: 'look' };
/** What needs a look comes first. */
const URGENCY: Action[] = ['refuse', 'update', 'make', 'unchanged'];
type Shown = Row & { id: number };
const column = columnsOf<Shown>();

function Name({ row }: { row: Row }) {
  const name = `${row.first_name} ${row.last_name}`.trim() || '—';
  return row.patient ? <Link href={patientPath(row.patient)} prefetch={false} className="[overflow-wrap:anywhere] text-accent underline underline-offset-2">{name}</Link> : <span className="[overflow-wrap:anywhere]">{name}</span>;
}

function What({ row, dry }: { row: Row; dry: boolean }) {
  const t = useWords(patientsImport);
  return (
    <div className="flex flex-col items-start gap-1 py-1">
      <Badge tone={TONES[row.action]}>{(dry ? t.will : t.did)[row.action]}</Badge>
      {row.errors.map(({ field, message }, at) => <span key={at} className="text-small text-look-ink"><span className="font-semibold">{t.fields[field] ?? field}</span> : {message}</span>)}
    </div>
  );
}

function Rows({ outcome }: { outcome: Outcome }) {
  const t = useWords(patientsImport);
  const [page, setPage] = useState(1);
  const rows: Shown[] = [...outcome.results].sort((a, b) => URGENCY.indexOf(a.action) - URGENCY.indexOf(b.action) || a.line - b.line).map((row) => ({ ...row, id: row.line }));
  const columns = [
    column.accessor('line', { header: t.columns.line, cell: ({ getValue }) => <span className="tabular">{getValue()}</span> }),
    column.accessor('last_name', { header: t.columns.name, cell: ({ row }) => <Name row={row.original} /> }),
    column.accessor('phone', { header: t.columns.phone, cell: ({ getValue }) => <span className="tabular whitespace-nowrap">{formatPhone(getValue())}</span> }),
    column.accessor('action', { header: outcome.dry_run ? t.columns.will : t.columns.did, cell: ({ row }) => <What row={row.original} dry={outcome.dry_run} /> }),
  ];
  return (
    <>
      <DataTable
        label={t.rows}
        columns={columns}
        rows={rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        card={(row) => (
          <>
            <p><Name row={row} /> <span className="text-small text-ink-soft">{t.line(row.line)}</span></p>
            <p className="tabular text-ink-soft">{formatPhone(row.phone)}</p>
            <What row={row} dry={outcome.dry_run} />
          </>
        )}
      />
      <Pager page={page} pageSize={PAGE_SIZE} count={rows.length} onPage={setPage} />
    </>
  );
}

/** A list from a spreadsheet: looked at row by row first, then taken; what is refused keeps nothing else back. */
export function ImportPage() {
  const t = useWords(patientsImport);
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function run(list: File, dry: boolean) {
    const form = new FormData();
    form.append('dry_run', String(dry));
    form.append('file', list);
    setBusy(true);
    setError(null);
    try {
      setOutcome(await api.post<Outcome>(`${PATIENTS_URL}import/`, form));
      if (!dry) void client.invalidateQueries({ queryKey: ['patients'] });
    } catch (why) {
      setError(why);
    } finally {
      setBusy(false);
    }
  }

  const work = outcome ? outcome.made + outcome.updated : 0;
  const pick = (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,.txt"
        aria-label={t.pick}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [list] = event.target.files ?? [];
          event.target.value = '';
          if (!list) return;
          setFile(list);
          setOutcome(null);
          void run(list, true);
        }}
      />
      <Button look={outcome ? 'plain' : 'primary'} busy={busy && !outcome} disabled={busy} onClick={() => input.current?.click()} icon={<FileSpreadsheet aria-hidden className="size-5" />}>{outcome ? t.pickAnother : t.pick}</Button>
    </>
  );
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: PATIENTS, label: t.back }} />
      <div className="flex flex-col gap-5">
        <Panel title={file ? file.name : t.list}>
          <div className="flex flex-col gap-3">
            {!outcome && <p className="max-w-[75ch] text-ink-soft">{t.help}</p>}
            <div className="flex flex-wrap gap-2">
              {outcome?.dry_run && file && work > 0 && <Button look="primary" busy={busy} onClick={() => void run(file, false)}>{t.verb(work)}</Button>}
              {outcome && !outcome.dry_run && <ButtonLink href={PATIENTS} prefetch={false} look="primary">{t.toPatients}</ButtonLink>}
              {pick}
              {!outcome && <Button look="quiet" onClick={() => saveFile('patients.csv', csvOf([t.exampleHead, t.exampleRow]))}>{t.example}</Button>}
            </div>
            {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
            {outcome && (
              <Alert tone={outcome.refused ? 'look' : outcome.dry_run ? 'accent' : 'good'} live title={outcome.dry_run ? t.willTitle(work) : t.didTitle(work)}>
                <p>{t.summary(outcome.made, outcome.updated, outcome.unchanged, outcome.refused)}</p>
                {outcome.dry_run && outcome.made > 0 && <p>{t.invites(outcome.made)}</p>}
                {outcome.ignored_columns.length > 0 && <p className="[overflow-wrap:anywhere]">{t.ignored(outcome.ignored_columns.join(', '))}</p>}
              </Alert>
            )}
          </div>
        </Panel>
        {outcome && outcome.results.length > 0 && <Panel title={t.rows} flush><Rows key={String(outcome.dry_run)} outcome={outcome} /></Panel>}
      </div>
    </>
  );
}

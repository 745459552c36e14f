'use client';

import Link from 'next/link';

import { Button } from '@/components/ui/button';
import { columnsOf, DataTable, Pager, type ColumnLooks } from '@/components/ui/data-table';
import { CONTROL, Field } from '@/components/ui/field';
import { Empty, ListState } from '@/components/ui/list-state';
import { When } from '@/components/ui/when';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { documents } from '@/messages/documents';
import { documentPath, DOCUMENTS_URL, KINDS, NEEDS, type Document } from './document';
import { FailureActions } from './document-actions';
import { DocumentState } from './document-state';

const PAGE_SIZE = 25;
/** So many are looked through faster than a filter is chosen. */
const UNFILTERED = 8;
const column = columnsOf<Document>();
const LOOKS: ColumnLooks = { page_count: { align: 'right' }, created_at: { wide: true } };

export function DocumentLink({ document }: { document: Document }) {
  return <Link href={documentPath(document.id)} prefetch={false} className="row-link font-semibold break-words text-ink hover:text-accent">{document.title}</Link>;
}

/** Above the link of the row, so that both can be touched. */
export function PatientLink({ document }: { document: Document }) {
  const t = useWords(documents);
  return (
    <Link href={`/dashboard/patients/${document.patient_id}/`} prefetch={false} className="relative z-1 text-ink underline decoration-line-strong underline-offset-4 hover:text-accent">
      {document.patient_name || t.unnamed(document.patient_id)}
    </Link>
  );
}

function DocumentDay({ document }: { document: Document }) {
  const t = useWords(documents);
  const lang = useLang();
  return document.date ? <time dateTime={document.date} className="whitespace-nowrap">{formatDate(document.date, lang)}</time> : <span className="text-ink-soft">{t.noDate}</span>;
}

/** Why it was not read, and what can be done about it. */
function Failure({ document }: { document: Document }) {
  if (document.status !== 'failed') return null;
  return (
    <div className="relative z-1 mt-2 flex flex-col items-start gap-2">
      <p className="max-w-[60ch] text-ink-soft">{document.error}</p>
      <FailureActions document={document} />
    </div>
  );
}

function Card({ document, withPatient, withFailure }: { document: Document; withPatient: boolean; withFailure: boolean }) {
  const t = useWords(documents);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <DocumentLink document={document} />
        <DocumentState document={document} />
      </div>
      {withPatient && <p className="mt-1"><PatientLink document={document} /></p>}
      <p className="mt-1 text-ink-soft">
        {t.kinds[document.kind]} · <DocumentDay document={document} />
        {document.page_count > 0 && <> · {t.pageCount(document.page_count)}</>}
      </p>
      {withFailure && <Failure document={document} />}
    </>
  );
}

function Filters({ kind, needs, onChange }: { kind: string; needs: string; onChange: (change: { kind?: string; needs?: string }) => void }) {
  const t = useWords(documents);
  return (
    <form role="search" aria-label={t.filters} onSubmit={(event) => event.preventDefault()} className="grid grid-cols-2 gap-3 px-4 pt-2 pb-4 lg:max-w-2xl">
      <Field label={t.needs}>
        {(props) => (
          <select {...props} value={needs} onChange={(event) => onChange({ needs: event.target.value })} className={CONTROL}>
            {['', ...NEEDS].map((value) => <option key={value} value={value}>{t.needWords[value]}</option>)}
          </select>
        )}
      </Field>
      <Field label={t.kind}>
        {(props) => (
          <select {...props} value={kind} onChange={(event) => onChange({ kind: event.target.value })} className={CONTROL}>
            <option value="">{t.allKinds}</option>
            {KINDS.map((value) => <option key={value} value={value}>{t.kinds[value]}</option>)}
          </select>
        )}
      </Field>
    </form>
  );
}

/**
 * Documents, newest first, of one patient or of all, with their filters in the address (needs, kind, doc_page: other lists may share it).
 * It stands in a <Panel flush>, and in <Suspense>, as all that reads the address.
 */
export function DocumentList({ patientId }: { patientId?: number }) {
  const t = useWords(documents);
  const [{ kind, needs, doc_page: page }, change] = useSearchState({ kind: '', needs: '', doc_page: '1' });
  const filter = (changed: { kind?: string; needs?: string }) => change({ ...changed, doc_page: '1' });
  const query = useList<Document>('documents', DOCUMENTS_URL, { patient: patientId, kind, needs, page, page_size: PAGE_SIZE });
  const filtered = Boolean(kind || needs);
  // The queue says it above already.
  const withFailures = Boolean(patientId || needs);
  const columns = [
    column.accessor('title', {
      header: t.columns.title,
      cell: ({ row }) => <><DocumentLink document={row.original} />{withFailures && <Failure document={row.original} />}</>,
    }),
    ...(patientId ? [] : [column.accessor('patient_name', { header: t.columns.patient, cell: ({ row }) => <PatientLink document={row.original} /> })]),
    column.accessor('kind', { header: t.columns.kind, cell: ({ getValue }) => t.kinds[getValue()] }),
    column.accessor('date', { header: t.columns.date, cell: ({ row }) => <DocumentDay document={row.original} /> }),
    column.accessor('page_count', { header: t.columns.pages, cell: ({ getValue }) => getValue() || '' }),
    column.accessor('status', { header: t.columns.state, cell: ({ row }) => <DocumentState document={row.original} /> }),
    column.accessor('created_at', { header: t.columns.added, cell: ({ getValue }) => <When at={getValue()} className="whitespace-nowrap text-ink-soft" /> }),
  ];
  const empty = filtered ? (
    <Empty title={t.noneFound} action={<Button onClick={() => filter({ kind: '', needs: '' })}>{t.clearFilters}</Button>}>{t.noneFoundHelp}</Empty>
  ) : (
    <Empty title={patientId ? t.emptyOfPatient : t.emptyTitle}>{patientId ? t.emptyOfPatientHelp : t.emptyHelp}</Empty>
  );

  return (
    <>
      {(filtered || (query.data?.count ?? 0) > (patientId ? UNFILTERED : 0)) && <Filters kind={kind} needs={needs} onChange={filter} />}
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={empty}>
        {(data) => (
          <>
            <DataTable label={t.title} columns={columns} looks={LOOKS} rows={data.results} dimmed={query.isPlaceholderData} card={(document) => <Card document={document} withPatient={!patientId} withFailure={withFailures} />} />
            <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ doc_page: String(n) })} />
          </>
        )}
      </ListState>
    </>
  );
}

'use client';

import { Plus, X } from 'lucide-react';
import Link from 'next/link';

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { quality } from '@/messages/quality';
import { ExpectedLine, PatientOf } from './expected';
import { QUALITY, QUESTIONS_URL, type Golden } from './golden';
import { PatientPicker } from '@/components/patient-picker';

const PAGE_SIZE = 25;
const column = columnsOf<Golden>();

function QuestionLink({ golden }: { golden: Golden }) {
  return <Link href={`${QUALITY}${golden.id}/`} prefetch={false} className="row-link line-clamp-2 font-semibold text-ink [overflow-wrap:anywhere] hover:text-accent">{golden.question}</Link>;
}

export function AddLink({ primary }: { primary?: boolean }) {
  const t = useWords(quality);
  return <ButtonLink look={primary ? 'primary' : 'plain'} href={`${QUALITY}new/`} icon={<Plus aria-hidden className="size-5" />}>{t.add}</ButtonLink>;
}

/** The golden set, of everybody or of one patient. */
export function QuestionList() {
  const t = useWords(quality);
  const [{ page, patient }, change] = useSearchState({ page: '1', patient: '', runs: '1' });
  const query = useList<Golden>('golden', QUESTIONS_URL, { page, page_size: PAGE_SIZE, patient });
  const columns = [
    column.accessor('question', { header: t.columns.question, cell: ({ row }) => <QuestionLink golden={row.original} /> }),
    column.accessor('patient_name', { header: t.columns.patient, cell: ({ row }) => <PatientOf of={row.original} /> }),
    column.accessor('expected_words', { header: t.columns.expected, cell: ({ row }) => <span className="line-clamp-2 [overflow-wrap:anywhere] text-ink-soft"><ExpectedLine golden={row.original} /></span> }),
    column.accessor('note', { header: t.columns.note, cell: ({ getValue }) => <span className="line-clamp-1 text-ink-soft">{getValue()}</span> }),
  ];
  const empty = patient ? (
    <Empty title={t.noneOfPatient} action={<Button icon={<X aria-hidden className="size-5" />} onClick={() => change({ patient: '' })}>{t.allPatients}</Button>} />
  ) : (
    <Empty title={t.emptyTitle} action={<AddLink primary />}>{t.emptyHelp}</Empty>
  );
  const none = !patient && query.data?.count === 0;
  return (
    <Panel title={t.questions} action={query.data && query.data.count > 0 && <span className="tabular text-small text-ink-soft">{t.questionCount(query.data.count)}</span>} flush>
      {!none && (
        <div className="border-b border-line px-4 pt-1 pb-4">
          <PatientPicker label={t.filter} value={Number(patient) || null} onChange={(id) => change({ patient: id ? String(id) : '' })} className="max-w-md" />
        </div>
      )}
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={empty}>
        {(data) => (
          <>
            <DataTable
              label={t.questions}
              columns={columns}
              looks={{ note: { wide: true } }}
              rows={data.results}
              dimmed={query.isPlaceholderData}
              card={(golden) => (
                <>
                  <QuestionLink golden={golden} />
                  <p className="mt-1"><PatientOf of={golden} /></p>
                  <p className="line-clamp-2 [overflow-wrap:anywhere] text-ink-soft">{t.expectedIs} <ExpectedLine golden={golden} /></p>
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

'use client';

import { MessageCircleQuestion } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { Badge } from '@/components/ui/badge';
import { columnsOf, DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { patientPath } from '@/features/patients/patient';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { advice } from '@/messages/advice';
import { ADVICE_URL, type Advice, type AdviceAnswer, type AdviceSummary } from './advice';

const PAGE_SIZE = 10;

type Row = AdviceAnswer & { id: number };
const column = columnsOf<Row>();

/** How often a sheet answered lately; when nobody asked, since when. */
export function AnsweredCount({ sheet }: { sheet: AdviceSummary }) {
  const t = useWords(advice);
  if (sheet.last_answered_at === null) return <span className="text-ink-soft">{t.neverAnswered}</span>;
  if (sheet.answered_lately > 0) return <span className="tabular">{t.answers(sheet.answered_lately)}</span>;
  return <span className="text-ink-soft">{t.noneSince} <When at={sheet.last_answered_at} /></span>;
}

/** What was asked, and the way to where it was: the conversation, or the record of one who did not ask on WhatsApp. */
function Asked({ row }: { row: Row }) {
  const t = useWords(advice);
  return (
    <>
      <Link href={`${patientPath(row.patient)}${row.message === null ? '' : `?tab=conversation&message=${row.message}`}`} prefetch={false} className="row-link line-clamp-3 font-semibold [overflow-wrap:anywhere] text-ink hover:text-accent">{row.query}</Link>
      {row.refused && <Badge tone="look" className="mt-1">{t.partlyAnswered}</Badge>}
    </>
  );
}

/** Whose questions a sheet was quoted to, the latest first. */
export function Answered({ sheet }: { sheet: Advice }) {
  const t = useWords(advice);
  const [page, setPage] = useState(1);
  const query = useList<AdviceAnswer>('advice', `${ADVICE_URL}${sheet.id}/answers/`, { page, page_size: PAGE_SIZE });
  const columns = [
    column.accessor('query', { header: t.asked.question, cell: ({ row }) => <Asked row={row.original} /> }),
    column.accessor('patient_name', { header: t.asked.patient, cell: ({ getValue }) => <span className="[overflow-wrap:anywhere]">{getValue()}</span> }),
    column.accessor('asked_at', { header: t.asked.when, cell: ({ getValue }) => <When at={getValue()} className="whitespace-nowrap text-ink-soft" /> }),
  ];
  return (
    <Panel title={t.answeredTitle} action={sheet.last_answered_at !== null && <p className="text-small text-ink-soft">{t.answersLately(sheet.answered_lately)}</p>} className="mt-8" flush>
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.nothingAnswered} icon={<MessageCircleQuestion className="size-8" strokeWidth={1.5} />}>{t.nothingAnsweredHelp[sheet.status]}</Empty>}>
        {(data) => (
          <>
            <DataTable
              label={t.answeredTitle}
              columns={columns}
              rows={data.results.map((row) => ({ ...row, id: row.question }))}
              dimmed={query.isPlaceholderData}
              card={(row) => (
                <>
                  <Asked row={row} />
                  <p className="mt-1 text-small text-ink-soft">{row.patient_name} · <When at={row.asked_at} /></p>
                </>
              )}
            />
            <Pager page={page} pageSize={PAGE_SIZE} count={data.count} onPage={setPage} />
          </>
        )}
      </ListState>
    </Panel>
  );
}

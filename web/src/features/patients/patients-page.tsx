'use client';

import { Upload, UserPlus } from 'lucide-react';
import { useState } from 'react';

import { Brief } from '@/components/ui/brief';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { DataTable, Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { withQuery } from '@/lib/api';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { patients } from '@/messages/patients';
import { BulkTags } from './bulk-tags';
import { PATIENTS, PATIENTS_URL, type Patient } from './patient';
import { Filters, NO_FILTERS } from './patient-filters';
import { PatientCard, usePatientColumns, LOOKS } from './patient-rows';

const PAGE_SIZE = 50;

/** Who is in the clinic's care: found by typing, narrowed by what their records say. */
export function PatientsPage() {
  const t = useWords(patients);
  const lang = useLang();
  const [state, change] = useSearchState({ ...NO_FILTERS, ordering: 'last_name', page: '1' });
  const [chosen, setChosen] = useState<Map<number, Patient>>(new Map());
  // On a phone cards are links until somebody says that several are wanted.
  const [choosing, setChoosing] = useState(false);
  const chosenNone = () => {
    setChosen(new Map());
    setChoosing(false);
  };
  const { page, ordering, ...filters } = state;
  const query = useList<Patient>('patients', PATIENTS_URL, { ...filters, ordering, page, page_size: PAGE_SIZE });
  const filtered = Object.values(filters).some(Boolean);
  const choose = (patient: Patient, on: boolean) => {
    const next = new Map(chosen);
    if (on) next.set(patient.id, patient);
    else next.delete(patient.id);
    setChosen(next);
  };
  const columns = usePatientColumns(chosen, choose);
  const add = <ButtonLink href={`${PATIENTS}new/`} prefetch={false} look="primary" icon={<UserPlus aria-hidden className="size-5" />}>{t.add}</ButtonLink>;
  const empty = filtered ? (
    <Empty title={t.noneFound} action={<Button onClick={() => change(NO_FILTERS)}>{t.clearFilters}</Button>}>{t.noneFoundHelp}</Empty>
  ) : (
    <Empty title={t.emptyTitle} action={add}>{t.emptyHelp}</Empty>
  );
  return (
    <>
      <PageHeader
        title={t.title}
        action={
          <>
            <ButtonLink href={`${PATIENTS}import/`} prefetch={false} icon={<Upload aria-hidden className="size-5" />}><Brief words={t.import} short={t.importShort} /></ButtonLink>
            {add}
          </>
        }
      />
      <Panel flush>
        <Filters filters={filters} onChange={change} />
        {chosen.size > 0 && <BulkTags chosen={[...chosen.values()]} onDone={chosenNone} />}
        <ListState query={query} isEmpty={(data) => data.count === 0} empty={empty}>
          {(data) => (
            <>
              <div className="flex flex-wrap items-center justify-between gap-2 px-4">
                <p role="status" className="tabular text-small text-ink-soft">{t.count(data.count, formatNumber(data.count, lang))}</p>
                <Button look="quiet" aria-pressed={choosing} onClick={() => (choosing ? chosenNone() : setChoosing(true))} className="md:hidden">{choosing ? t.chooseNone : t.chooseSeveral}</Button>
                <a href={withQuery(`${PATIENTS_URL}export/`, { ...filters, ordering })} download className="inline-flex min-h-11 items-center text-small text-accent underline underline-offset-2"><Brief words={t.exportList} short={t.exportShort} /></a>
              </div>
              <DataTable
                label={t.title}
                columns={columns}
                looks={LOOKS}
                rows={data.results}
                card={(patient) => <PatientCard patient={patient} chosen={chosen.has(patient.id)} choose={choosing ? choose : undefined} />}
                ordering={ordering}
                onOrdering={(next) => change({ ordering: next })}
                dimmed={query.isPlaceholderData}
              />
              {/* What lies over the end of the list on a phone. */}
              {chosen.size > 0 && <div aria-hidden className="h-64 md:hidden" />}
              <Pager page={Number(page)} pageSize={PAGE_SIZE} count={data.count} onPage={(n) => change({ page: String(n) })} />
            </>
          )}
        </ListState>
      </Panel>
    </>
  );
}

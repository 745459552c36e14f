'use client';

import Link from 'next/link';

import { columnsOf, type ColumnLooks } from '@/components/ui/data-table';
import { When } from '@/components/ui/when';
import { formatPhone } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { patients } from '@/messages/patients';
import { nameOf, patientPath, type Patient } from './patient';
import { Age, StatusBadge, Tags } from './patient-facts';

const column = columnsOf<Patient>();
export const LOOKS: ColumnLooks = { updated_at: { wide: true }, tags: { wide: true } };

function PatientLink({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  return <Link href={patientPath(patient.id)} prefetch={false} className="row-link font-semibold [overflow-wrap:anywhere] text-ink hover:text-accent">{nameOf(patient) || t.unnamed(patient.id)}</Link>;
}

/** Chosen or not; on a card beside the name, in the table in a column of its own. */
function ChooseBox({ patient, chosen, choose }: { patient: Patient; chosen: boolean; choose: (patient: Patient, on: boolean) => void }) {
  const t = useWords(patients);
  return (
    <label className="relative z-1 -m-2 inline-flex size-11 shrink-0 items-center justify-center">
      <input type="checkbox" checked={chosen} onChange={(event) => choose(patient, event.target.checked)} aria-label={t.chooseOne(nameOf(patient) || t.unnamed(patient.id))} className="size-5 accent-accent" />
    </label>
  );
}

/** choose: several are being chosen on a phone; nothing: cards are links alone. */
export function PatientCard({ patient, chosen, choose }: { patient: Patient; chosen: boolean; choose?: (patient: Patient, on: boolean) => void }) {
  const card = (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 py-1">
        <PatientLink patient={patient} />
        <StatusBadge patient={patient} />
      </div>
      <p className="tabular mb-1 text-ink-soft">{formatPhone(patient.phone)}{patient.date_of_birth && <> · <Age birth={patient.date_of_birth} /></>}</p>
      <Tags tags={patient.tags} />
    </>
  );
  if (!choose) return card;
  return <div className="flex items-start gap-3"><div className="pt-1"><ChooseBox {...{ patient, chosen, choose }} /></div><div className="min-w-0 flex-1">{card}</div></div>;
}

export function usePatientColumns(chosen: ReadonlyMap<number, Patient>, choose: (patient: Patient, on: boolean) => void) {
  const t = useWords(patients);
  return [
    column.display({
      id: 'choose',
      header: () => <span className="sr-only">{t.choose}</span>,
      cell: ({ row }) => <ChooseBox patient={row.original} chosen={chosen.has(row.original.id)} choose={choose} />,
    }),
    column.accessor('last_name', { header: t.columns.name, cell: ({ row }) => <PatientLink patient={row.original} /> }),
    column.accessor('phone', { header: t.columns.phone, enableSorting: false, cell: ({ getValue }) => <span className="tabular whitespace-nowrap">{formatPhone(getValue())}</span> }),
    column.accessor('date_of_birth', { header: t.columns.age, cell: ({ getValue }) => <Age birth={getValue()} /> }),
    column.accessor('status', { header: t.columns.status, enableSorting: false, cell: ({ row }) => <StatusBadge patient={row.original} /> }),
    column.accessor('tags', { header: t.columns.tags, enableSorting: false, cell: ({ getValue }) => <Tags tags={getValue()} /> }),
    column.accessor('updated_at', { header: t.columns.updated, cell: ({ getValue }) => <When at={getValue()} className="whitespace-nowrap text-ink-soft" /> }),
  ];
}

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

export function PatientCard({ patient }: { patient: Patient }) {
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 py-1">
        <PatientLink patient={patient} />
        <StatusBadge patient={patient} />
      </div>
      <p className="tabular mb-1 text-ink-soft">{formatPhone(patient.phone)}{patient.date_of_birth && <> · <Age birth={patient.date_of_birth} /></>}</p>
      <Tags tags={patient.tags} />
    </>
  );
}

export function usePatientColumns(chosen: ReadonlyMap<number, Patient>, choose: (patient: Patient, on: boolean) => void) {
  const t = useWords(patients);
  return [
    column.display({
      id: 'choose',
      header: () => <span className="sr-only">{t.choose}</span>,
      cell: ({ row }) => (
        <label className="relative z-1 -m-2 inline-flex size-11 items-center justify-center">
          <input type="checkbox" checked={chosen.has(row.original.id)} onChange={(event) => choose(row.original, event.target.checked)} aria-label={t.chooseOne(nameOf(row.original) || t.unnamed(row.original.id))} className="size-5 accent-accent" />
        </label>
      ),
    }),
    column.accessor('last_name', { header: t.columns.name, cell: ({ row }) => <PatientLink patient={row.original} /> }),
    column.accessor('phone', { header: t.columns.phone, enableSorting: false, cell: ({ getValue }) => <span className="tabular whitespace-nowrap">{formatPhone(getValue())}</span> }),
    column.accessor('date_of_birth', { header: t.columns.age, cell: ({ getValue }) => <Age birth={getValue()} /> }),
    column.accessor('status', { header: t.columns.status, enableSorting: false, cell: ({ row }) => <StatusBadge patient={row.original} /> }),
    column.accessor('tags', { header: t.columns.tags, enableSorting: false, cell: ({ getValue }) => <Tags tags={getValue()} /> }),
    column.accessor('updated_at', { header: t.columns.updated, cell: ({ getValue }) => <When at={getValue()} className="whitespace-nowrap text-ink-soft" /> }),
  ];
}

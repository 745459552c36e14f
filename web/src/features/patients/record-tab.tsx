'use client';

import { Panel } from '@/components/ui/panel';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { patients } from '@/messages/patients';
import { AccessCode, Activation } from './activation';
import { Consents } from './consents';
import { Facts } from './facts';
import type { Patient } from './patient';

function Said({ label, value }: { label: string; value: string }) {
  if (!value) return null;
  return (
    <div className="py-2">
      <dt className="text-small text-ink-soft">{label}</dt>
      <dd className="[overflow-wrap:anywhere] whitespace-pre-wrap">{value}</dd>
    </div>
  );
}

/** What the clinic wrote down itself. */
function Noted({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const c = useWords(common);
  return (
    <Panel title={t.noted}>
      <dl className="divide-y divide-line">
        <Said label={t.history} value={patient.medical_history} />
        <Said label={t.currentMedications} value={patient.current_medications} />
        <Said label={t.writesIn} value={c.languages[patient.language]} />
        <Said label={t.email} value={patient.email} />
        <Said label={t.address} value={patient.address} />
      </dl>
    </Panel>
  );
}

export function RecordTab({ patient }: { patient: Patient }) {
  return (
    <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-5"><Facts patientId={patient.id} /></div>
      <div className="flex flex-col gap-5">
        {patient.status !== 'active' && <Activation patient={patient} />}
        <Noted patient={patient} />
        <Consents patient={patient} />
        {patient.shares_phone && <AccessCode patient={patient} />}
      </div>
    </div>
  );
}

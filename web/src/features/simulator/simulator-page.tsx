'use client';

import Link from 'next/link';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { CONTROL, Field } from '@/components/ui/field';
import { Empty } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { PatientPicker } from '@/components/patient-picker';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useSearchState } from '@/lib/use-search-state';
import { simulator } from '@/messages/simulator';
import { Phone } from './phone';
import { useIsSimulated } from './use-is-simulated';

interface Patient {
  id: number;
  first_name: string;
  last_name: string;
  phone: string;
  status: string;
}

const NUMBER = /^\+?[\d\s().-]{8,20}$/;

function OtherNumber({ onPick }: { onPick: (phone: string) => void }) {
  const t = useWords(simulator);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (NUMBER.test(text.trim())) onPick(text.replace(/[^\d+]/g, ''));
        else setWrong(true);
      }}
      className="flex flex-col gap-2"
    >
      <Field label={t.number} hint={t.numberHint} error={wrong ? t.numberWrong : undefined}>
        {(props) => <input {...props} type="tel" value={text} onChange={(event) => (setText(event.target.value), setWrong(false))} className={CONTROL} />}
      </Field>
      <div><Button type="submit">{t.useNumber}</Button></div>
    </form>
  );
}

function Trial() {
  const t = useWords(simulator);
  const [state, change] = useSearchState({ patient: '', phone: '' });
  const id = Number(state.patient) || null;
  const { data: patient } = useRecord<Patient>('patients', `/api/patients/${id}/`, { enabled: id !== null });
  const phone = id ? patient?.phone : state.phone;
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <Panel title={t.who}>
        <div className="flex flex-col gap-5">
          <PatientPicker label={t.patient} value={id} onChange={(picked) => change({ patient: picked ? String(picked) : '', phone: '' })} />
          {!id && <OtherNumber onPick={(number) => change({ phone: number, patient: '' })} />}
          {patient && patient.status !== 'active' && <p className="text-look-ink">{t.notActive}</p>}
          {phone && <p className="text-ink-soft">{t.beside} <Link href="/dashboard/conversations/?show=all" prefetch={false} className="font-semibold text-accent underline underline-offset-2">{t.toInbox}</Link></p>}
        </div>
      </Panel>
      {phone ? <Phone key={phone} phone={phone} name={patient && id ? `${patient.first_name} ${patient.last_name}`.trim() : undefined} /> : <Empty title={t.choose}>{t.chooseHelp}</Empty>}
    </div>
  );
}

export function SimulatorPage() {
  const t = useWords(simulator);
  const simulated = useIsSimulated();
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: t.settings }} />
      {simulated === null ? <Skeleton className="h-96" /> : simulated ? <Trial /> : <Panel><Empty title={t.unavailable} action={<ButtonLink href="/dashboard/conversations/">{t.toInbox}</ButtonLink>}>{t.unavailableHelp}</Empty></Panel>}
    </>
  );
}

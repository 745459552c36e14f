'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { patients } from '@/messages/patients';
import { patientUrl, PURPOSES, type Patient, type Purpose } from './patient';

/** What the person agreed to, said and withdrawn as they tell the clinic. */
export function Consents({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const client = useQueryClient();
  const [busy, setBusy] = useState<Purpose | null>(null);

  async function record(purpose: Purpose, granted: boolean, undone = false) {
    setBusy(purpose);
    try {
      await api.post(`${patientUrl(patient.id)}consents/`, { purpose, granted });
      await client.invalidateQueries({ queryKey: ['patients'] });
      toast(granted ? t.consentGranted : t.consentWithdrawn, undone ? {} : { undo: () => void record(purpose, !granted, true) });
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      setBusy(null);
    }
  }

  return (
    <Panel title={t.consents}>
      <ul className="divide-y divide-line">
        {PURPOSES.map((purpose) => {
          const says = patient.consents?.[purpose] ?? null;
          return (
            <li key={purpose} className="flex flex-col gap-1 py-3">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <h3 className="font-semibold">{t.purposes[purpose]}</h3>
                <Badge tone={says === true ? 'good' : says === false ? 'look' : 'plain'}>{says === true ? t.agreed : says === false ? t.refused : t.notAsked}</Badge>
              </div>
              <p className="text-small text-ink-soft">{t.purposeHelp[purpose]}</p>
              <div className="flex flex-wrap gap-2">
                {says !== true && <Button busy={busy === purpose} onClick={() => void record(purpose, true)}>{t.saysYes}<span className="sr-only"> : {t.purposes[purpose]}</span></Button>}
                {says !== false && <Button busy={busy === purpose} onClick={() => void record(purpose, false)}>{says ? t.withdraws : t.saysNo}<span className="sr-only"> : {t.purposes[purpose]}</span></Button>}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

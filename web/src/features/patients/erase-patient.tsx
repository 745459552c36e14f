'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { CONTROL, Field } from '@/components/ui/field';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { common } from '@/messages/common';
import { patients } from '@/messages/patients';
import { PATIENTS, patientUrl, type Patient } from './patient';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLocaleLowerCase();

/** Everything about a person goes, for good: the last name has to be typed. */
export function ErasePatient({ patient, open, onOpenChange }: { patient: Patient; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useWords(patients);
  const c = useWords(common);
  const router = useRouter();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const word = patient.last_name || patient.first_name;

  async function erase() {
    setBusy(true);
    setError(null);
    try {
      await api.delete(patientUrl(patient.id));
      router.push(PATIENTS);
      toast(t.erased);
      client.removeQueries({ queryKey: ['patients', 'record', patientUrl(patient.id)] });
      void client.invalidateQueries({ queryKey: ['patients', 'list'] });
    } catch (why) {
      setError(why);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (busy) return;
        setTyped('');
        onOpenChange(next);
      }}
      title={t.eraseAsk}
      description={t.eraseHelp}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>{c.cancel}</Button>
          <Button look="danger" busy={busy} disabled={plain(typed) !== plain(word)} onClick={() => void erase()}>{t.eraseVerb}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p><a href={`${patientUrl(patient.id)}export/zip/`} download className="text-accent underline underline-offset-2">{t.exportFirst}</a></p>
        <Field label={t.typeName(word)}>{(props) => <input {...props} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} className={CONTROL} />}</Field>
        {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
      </div>
    </Dialog>
  );
}

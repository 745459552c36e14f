'use client';

import { ArrowRightLeft, UserCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { PatientPicker } from '@/components/patient-picker';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { common } from '@/messages/common';
import { documents } from '@/messages/documents';
import { documentUrl, type Document } from './document';
import { useDeed, useRenewDocuments } from './document-actions';
import { useMay } from './use-may';

/** Why the paper may be somebody else's. */
export function IdentityWords({ document }: { document: Document }) {
  const t = useWords(documents);
  const lang = useLang();
  const patient = document.patient_name || t.unnamed(document.patient_id);
  return document.named_patient ? t.namesAnother(document.named_patient, patient) : t.bornAnother(document.named_birth ? formatDate(document.named_birth, lang) : '?', patient);
}

export function MoveDialog({ document, open, onOpenChange }: { document: Document; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useWords(documents);
  const c = useWords(common);
  const renew = useRenewDocuments();
  const [to, setTo] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(to === null);
    if (to === null) return;
    const from = document.patient_id;
    setBusy(true);
    setError(null);
    try {
      await api.post(`${documentUrl(document.id)}move/`, { patient_id: to });
      onOpenChange(false);
      toast(t.moved, { undo: () => void api.post(`${documentUrl(document.id)}move/`, { patient_id: from }).then(renew) });
      await renew();
    } catch (why) {
      setError(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={(next) => !busy && onOpenChange(next)} title={t.moveTitle} description={t.moveHelp}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex min-h-72 flex-col gap-4">
        <PatientPicker label={t.moveTo} value={to} onChange={setTo} error={missing ? t.moveChoose : undefined} />
        {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        <div className="mt-auto flex flex-wrap justify-end gap-2">
          <Button onClick={() => onOpenChange(false)} disabled={busy}>{c.cancel}</Button>
          <Button type="submit" look="primary" busy={busy}>{t.moveVerb}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** It is this patient's; or it goes to another's record. */
export function IdentityActions({ document }: { document: Document }) {
  const t = useWords(documents);
  const { busy, act } = useDeed();
  const renew = useRenewDocuments();
  const [moving, setMoving] = useState(false);
  const where = `${documentUrl(document.id)}confirm-patient/`;
  if (!useMay().write) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button busy={busy} icon={<UserCheck aria-hidden className="size-5" />} onClick={() => void act(() => api.post(where, {}), t.confirmed, { undo: () => void api.delete(where).then(renew) })}>
        {t.confirm(document.patient_name || t.unnamed(document.patient_id))}
      </Button>
      <Button icon={<ArrowRightLeft aria-hidden className="size-5" />} onClick={() => setMoving(true)}>{t.move}</Button>
      <MoveDialog key={String(moving)} document={document} open={moving} onOpenChange={setMoving} />
    </div>
  );
}

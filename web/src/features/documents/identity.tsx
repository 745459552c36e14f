'use client';

import { ArrowRightLeft, UserCheck } from 'lucide-react';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { documents } from '@/messages/documents';
import { documentUrl, type Document } from './document';
import { useDeed, useRenewDocuments } from './document-actions';
import { RecordDialog } from './record-dialog';
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
  const renew = useRenewDocuments();

  async function move(to: number) {
    const move = (patient: number) => api.post(`${documentUrl(document.id)}move/`, { patient_id: patient });
    const from = document.patient_id;
    await move(to);
    onOpenChange(false);
    toast(t.moved, { undo: () => void move(from).then(renew) });
    await renew();
  }

  return <RecordDialog open={open} onOpenChange={onOpenChange} title={t.moveTitle} description={t.moveHelp} label={t.moveTo} verb={t.moveVerb} put={move} />;
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

'use client';

import { useState, type FormEvent, type ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { PatientPicker } from '@/components/patient-picker';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { documents } from '@/messages/documents';

/** Into whose record: asked before a paper is put into one. `children` are what else is asked; when `put` fails the dialog stays and says why. */
export function RecordDialog({ open, onOpenChange, title, description, label, patient = null, verb, put, children }: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  label: string;
  /** Whose it probably is. */
  patient?: number | null;
  verb: string;
  put: (patient: number) => Promise<unknown>;
  children?: ReactNode;
}) {
  const t = useWords(documents);
  const c = useWords(common);
  const [to, setTo] = useState(patient);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(to === null);
    if (to === null) return;
    setBusy(true);
    setError(null);
    try {
      await put(to);
    } catch (why) {
      setError(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={(next) => !busy && onOpenChange(next)} title={title} description={description}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex min-h-72 flex-col gap-4">
        <PatientPicker label={label} value={to} onChange={setTo} error={missing ? t.moveChoose : undefined} />
        {children}
        {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        <div className="mt-auto flex flex-wrap justify-end gap-2">
          <Button onClick={() => onOpenChange(false)} disabled={busy}>{c.cancel}</Button>
          <Button type="submit" look="primary" busy={busy}>{verb}</Button>
        </div>
      </form>
    </Dialog>
  );
}

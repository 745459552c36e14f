'use client';

import { useState, type ReactNode } from 'react';

import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { Alert } from './alert';
import { Button } from './button';
import { Dialog } from './dialog';

/** Asks before what cannot be undone. `verb` is what happens ("Supprimer le modèle"), `keep` that it does not, where "Annuler" would say both; when it fails the dialog stays and says why. */
export function ConfirmDialog({ open, onOpenChange, title, children, verb, keep, danger = true, onConfirm }: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children?: ReactNode;
  verb: string;
  keep?: string;
  danger?: boolean;
  onConfirm: () => Promise<unknown>;
}) {
  const t = useWords(common);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function confirm() {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (why) {
      setError(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (busy) return;
        setError(null);
        onOpenChange(next);
      }}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>{keep ?? t.cancel}</Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>{verb}</Button>
        </>
      }
    >
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
    </Dialog>
  );
}

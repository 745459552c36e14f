'use client';

import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, RefreshCw, Trash2 } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { CONTROL, Field } from '@/components/ui/field';
import { api, ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { common } from '@/messages/common';
import { documents } from '@/messages/documents';
import { documentUrl, isLocked, type Document } from './document';
import { useMay } from './use-may';

/** Everything that documents say is asked again: lists, facts, what is to be done. */
export function useRenewDocuments() {
  const client = useQueryClient();
  return () => Promise.all(['documents', 'facts', 'notifications'].map((root) => client.invalidateQueries({ queryKey: [root] })));
}

/** Does something and says what happened; a refusal is said too. */
export function useDeed() {
  const renew = useRenewDocuments();
  const [busy, setBusy] = useState(false);
  async function act(deed: () => Promise<unknown>, said: string, options: { undo?: () => void } = {}) {
    setBusy(true);
    try {
      await deed();
      toast(said, options);
    } catch (why) {
      const { title, detail } = explain(why);
      toast(`${title}. ${detail}`);
    } finally {
      setBusy(false);
      await renew();
    }
  }
  return { busy, act };
}

export function RetryButton({ document, look }: { document: Document; look?: 'primary' | 'plain' | 'quiet' }) {
  const t = useWords(documents);
  const { busy, act } = useDeed();
  if (!useMay().write) return null;
  return (
    <Button look={look} busy={busy} aria-label={t.retryOf(document.title)} icon={<RefreshCw aria-hidden className="size-5" />}
      onClick={() => void act(() => api.post(`${documentUrl(document.id)}reindex/`, {}), t.retried)}>
      {t.retry}
    </Button>
  );
}

function UnlockDialog({ document, open, onOpenChange }: { document: Document; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useWords(documents);
  const c = useWords(common);
  const renew = useRenewDocuments();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [whole, setWhole] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!password) return setError(t.passwordMissing);
    setBusy(true);
    setError(undefined);
    setWhole(null);
    try {
      await api.post(`${documentUrl(document.id)}unlock/`, { password });
      onOpenChange(false);
      toast(t.unlocked);
      await renew();
    } catch (why) {
      const refused = why instanceof ApiError ? why.fields.password?.join(' ') : undefined;
      if (refused) setError(refused);
      else setWhole(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={(next) => !busy && onOpenChange(next)} title={t.unlockTitle} description={t.unlockHelp}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label={t.password} error={error}>
          {(props) => <input {...props} type="password" autoComplete="off" value={password} onChange={(event) => setPassword(event.target.value)} className={CONTROL} />}
        </Field>
        {whole ? <Alert tone="look" live title={explain(whole).title}>{explain(whole).detail}</Alert> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => onOpenChange(false)} disabled={busy}>{c.cancel}</Button>
          <Button type="submit" look="primary" busy={busy}>{t.unlockVerb}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function UnlockButton({ document, look = 'primary' }: { document: Document; look?: 'primary' | 'plain' | 'quiet' }) {
  const t = useWords(documents);
  const [open, setOpen] = useState(false);
  if (!useMay().write) return null;
  return (
    <>
      <Button look={look} icon={<KeyRound aria-hidden className="size-5" />} onClick={() => setOpen(true)}>{t.unlock}</Button>
      <UnlockDialog key={String(open)} document={document} open={open} onOpenChange={setOpen} />
    </>
  );
}

/** Asks, deletes, and then does `after` (leaves the page, say). */
export function RemoveDialog({ document, open, onOpenChange, after }: { document: Document; open: boolean; onOpenChange: (open: boolean) => void; after?: () => void }) {
  const t = useWords(documents);
  const renew = useRenewDocuments();
  async function remove() {
    await api.delete(documentUrl(document.id));
    after?.();
    toast(t.removed);
    await renew();
  }
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={t.removeAsk} verb={t.removeVerb} onConfirm={remove}>
      <p className="font-semibold break-words">{document.title}</p>
      <p className="break-words">{document.patient_name}</p>
      <p className="mt-2">{t.removeHelp}</p>
      <p className="mt-2">{t.removeInstead}</p>
      <a href={`${documentUrl(document.id)}file/`} download className="inline-flex min-h-11 items-center text-accent underline underline-offset-2">{t.removeKeep}</a>
    </ConfirmDialog>
  );
}

export function RemoveButton({ document, look = 'quiet' }: { document: Document; look?: 'plain' | 'quiet' }) {
  const t = useWords(documents);
  const [open, setOpen] = useState(false);
  if (!useMay().erase) return null;
  return (
    <>
      <Button look={look} aria-label={t.removeOf(document.title)} icon={<Trash2 aria-hidden className="size-5" />} onClick={() => setOpen(true)}>{t.remove}</Button>
      <RemoveDialog document={document} open={open} onOpenChange={setOpen} />
    </>
  );
}

/** What to do about one that was not read, the best first. */
export function FailureActions({ document, children }: { document: Document; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-2">
      {isLocked(document) ? <UnlockButton document={document} /> : <RetryButton document={document} />}
      {children}
      <RemoveButton document={document} />
    </div>
  );
}

'use client';

import { useState, type FormEvent, type KeyboardEvent } from 'react';

import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { useUnsavedGuard } from '@/lib/unsaved';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { viewer } from '@/messages/viewer';
import type { Line } from './page';

/** One line, corrected where it stands. Enter saves, Escape leaves it as it was. */
export function LineEditor({ line, onDone, onSave }: { line: Line; onDone: () => void; onSave: (text: string) => Promise<void> }) {
  const t = useWords(viewer);
  const c = useWords(common);
  const [text, setText] = useState(line.text);
  const [busy, setBusy] = useState(false);
  useUnsavedGuard(text !== line.text);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === line.text) return onDone();
    setBusy(true);
    await onSave(text.replace(/\s*\n\s*/g, ' ').trim());
    setBusy(false);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !busy) onDone();
  }

  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} className="flex flex-col gap-2 rounded-md border-l-4 border-accent bg-accent-ground px-3 py-2">
      <Field label={t.lineText} hint={t.lineHint}>
        {(props) => <input {...props} type="text" autoFocus autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} className={CONTROL} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>{t.saveLine}</Button>
        <Button onClick={onDone} disabled={busy}>{c.cancel}</Button>
      </div>
    </form>
  );
}

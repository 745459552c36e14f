'use client';

import { useState, type FormEvent } from 'react';

import { Button } from '@/components/ui/button';
import { Field, CONTROL } from '@/components/ui/field';
import { useUnsavedGuard } from '@/lib/unsaved';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { viewer } from '@/messages/viewer';

const TEXT_MAX = 40_000;

/** The whole page as somebody types it, for what was read badly or not at all. */
export function PageEditor({ text: initial, onDone, onSave }: { text: string; onDone: () => void; onSave: (text: string) => Promise<void> }) {
  const t = useWords(viewer);
  const c = useWords(common);
  const [text, setText] = useState(initial);
  const [busy, setBusy] = useState(false);
  useUnsavedGuard(text !== initial);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    await onSave(text);
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 p-3">
      <Field label={t.pageText} hint={t.pageHint}>
        {(props) => <textarea {...props} autoFocus spellCheck={false} rows={14} maxLength={TEXT_MAX} value={text} onChange={(event) => setText(event.target.value)} className={cn(CONTROL, 'field-sizing-content min-h-64')} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>{t.savePage}</Button>
        <Button onClick={onDone} disabled={busy}>{c.cancel}</Button>
      </div>
    </form>
  );
}

'use client';

import { SendHorizontal } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field';
import { api, newKey } from '@/lib/api';
import { cn } from '@/lib/cn';
import { dropDraft, readDraft, writeDraft } from '@/lib/draft';
import { useUnsavedGuard } from '@/lib/unsaved';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { inbox } from '@/messages/inbox';
import { REPLY_CHARS_MAX, type Entry } from './inbox';
import { useAct } from './use-act';

const NEAR_LIMIT = REPLY_CHARS_MAX - 500;

/** What the doctor writes: kept while it is not sent, sent once however often it is tried. */
export function Composer({ entry, aside }: { entry: Entry; aside: ReactNode }) {
  const t = useWords(inbox);
  const lang = useLang();
  const id = useId();
  const draft = `reply.${entry.id}`;
  const [text, setText] = useState(() => readDraft<string>(draft) ?? '');
  const [busy, act] = useAct();
  const key = useRef({ text: '', key: '' });
  const box = useRef<HTMLTextAreaElement>(null);
  const length = [...text].length;
  const sendable = text.trim() !== '' && length <= REPLY_CHARS_MAX;
  useUnsavedGuard(busy);

  function write(next: string) {
    setText(next);
    if (next.trim()) writeDraft(draft, next);
    else dropDraft(draft);
  }

  async function send() {
    if (!sendable || busy) return;
    if (key.current.text !== text) key.current = { text, key: newKey() };
    const sent = await act(() => api.post(`/api/sessions/${entry.id}/reply/`, { body: text, patient: entry.patient }, { idempotencyKey: key.current.key }));
    if (sent) write('');
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  }

  return (
    <form
      aria-label={t.reply}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      className="flex flex-col gap-2"
    >
      <label htmlFor={id} className="sr-only">{t.reply}</label>
      <textarea
        ref={box}
        id={id}
        rows={2}
        value={text}
        placeholder={t.replyTo(entry.first_name || t.thePatient)}
        aria-describedby={`${id}-hint`}
        aria-invalid={length > REPLY_CHARS_MAX || undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        className={cn(CONTROL, 'field-sizing-content max-h-48 resize-none')}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p id={`${id}-hint`} className={cn('text-small', length > REPLY_CHARS_MAX ? 'font-medium text-look-ink' : 'text-ink-soft', length <= NEAR_LIMIT && 'hidden sm:block')}>
          {length > NEAR_LIMIT ? t.chars(formatNumber(length, lang), formatNumber(REPLY_CHARS_MAX, lang)) : t.replyHint}
        </p>
        <div className="flex flex-1 flex-wrap justify-end gap-2">
          {aside}
          <Button type="submit" look="primary" busy={busy} disabled={!sendable} icon={<SendHorizontal aria-hidden className="size-5" />}>{t.send}</Button>
        </div>
      </div>
    </form>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, CheckCheck, SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { IconButton } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field';
import { Failed } from '@/components/ui/list-state';
import { Media } from '@/features/conversations/media';
import type { ThreadMessage } from '@/features/conversations/thread';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { explain } from '@/lib/errors';
import { useEvent } from '@/lib/events';
import { formatDateTime, formatPhone, formatTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { toast } from '@/lib/toast';
import { simulator } from '@/messages/simulator';
import { AttachButton } from './attach-button';

export const SIMULATOR_URL = '/api/simulator/';
const ASK_AGAIN_MS = 2_000;
const SHOWN = 100;
const BODY_CHARS_MAX = 4096;

/** A message as the patient's telephone shows it: their own on the right. */
function PhoneBubble({ message }: { message: ThreadMessage }) {
  const t = useWords(simulator);
  const lang = useLang();
  const own = message.direction === 'in';
  const read = message.status === 'processed';
  const Tick = read ? CheckCheck : Check;
  return (
    <li className={cn('flex px-3 py-1', own ? 'justify-end pl-10' : 'pr-10')}>
      <div className={cn('max-w-full rounded-lg border px-3 py-2', own ? 'rounded-tr-none border-accent-ground bg-accent-ground' : 'rounded-tl-none border-line bg-surface')}>
        <span className="sr-only">{own ? t.patientSays : t.clinicSays}</span>
        {/* What became of it is the doctor's to see. */}
        <Media media={message.media.map((medium) => ({ ...medium, document: null }))} />
        {message.body && <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">{message.body}</p>}
        <p className="mt-0.5 flex items-center justify-end gap-1 text-small text-ink-soft">
          <time dateTime={message.created_at} title={formatDateTime(message.created_at, lang)}>{formatTime(message.created_at, lang)}</time>
          {own && <span title={read ? t.read : t.sent} className={cn('inline-flex', read && 'text-accent')}><Tick aria-hidden className="size-4" /><span className="sr-only">{read ? t.read : t.sent}</span></span>}
        </p>
      </div>
    </li>
  );
}

function Typing() {
  const t = useWords(simulator);
  return (
    <li className="flex px-3 py-1">
      <p role="status" className="inline-flex items-center gap-1 rounded-lg rounded-tl-none border border-line bg-surface px-3 py-3">
        <span className="sr-only">{t.typing}</span>
        {[0, 150, 300].map((delay) => <span key={delay} aria-hidden className={cn('size-2 animate-bounce rounded-full bg-ink-soft', delay === 150 && '[animation-delay:150ms]', delay === 300 && '[animation-delay:300ms]')} />)}
      </p>
    </li>
  );
}

function Write({ onSend, onFile }: { onSend: (body: string) => Promise<boolean>; onFile: (file: File, body: string) => Promise<boolean> }) {
  const t = useWords(simulator);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  async function deliver(way: () => Promise<boolean>) {
    setBusy(true);
    if (await way()) setText('');
    setBusy(false);
    box.current?.focus();
  }
  const send = () => (text.trim() && !busy ? deliver(() => onSend(text)) : undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      className="flex items-center gap-2 border-t border-line bg-surface p-2"
    >
      <AttachButton busy={busy} onFile={(file) => void deliver(() => onFile(file, text))} />
      <input ref={box} type="text" aria-label={t.message} placeholder={t.message} value={text} maxLength={BODY_CHARS_MAX} onChange={(event) => setText(event.target.value)} autoComplete="off" className={`${CONTROL} rounded-full`} />
      <IconButton type="submit" label={t.send} disabled={!text.trim() || busy} className="rounded-full bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink disabled:opacity-55"><SendHorizontal aria-hidden className="size-5" /></IconButton>
    </form>
  );
}

/** A photo with the words that were typed below it. */
function mediumOf(phone: string, body: string, file: File): FormData {
  const form = new FormData();
  form.append('phone', phone);
  if (body.trim()) form.append('body', body);
  form.append('file', file);
  return form;
}

/** A telephone with WhatsApp, as the patient holds it. */
export function Phone({ phone, name }: { phone: string; name?: string }) {
  const t = useWords(simulator);
  const client = useQueryClient();
  // What is dealt with in silence (the doctor has taken over) tells nobody.
  const [writing, setWriting] = useState(false);
  const query = useList<ThreadMessage>('simulator', SIMULATOR_URL, { phone, page_size: SHOWN }, { refetchInterval: writing && ASK_AGAIN_MS });
  const list = query.data?.results ?? [];
  const last = list.at(-1);
  const waits = last?.direction === 'in' && last.status === 'received';
  if (waits !== writing) setWriting(waits);
  const box = useRef<HTMLDivElement>(null);
  const renew = () => void client.invalidateQueries({ queryKey: ['simulator'] });
  useEvent('message', renew);

  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [last?.id, last?.status]);

  async function send(body: string, file?: File) {
    try {
      if (file) await api.post(`${SIMULATOR_URL}media/`, mediumOf(phone, body, file));
      else await api.post(SIMULATOR_URL, { phone, body });
      renew();
      return true;
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
      return false;
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <section aria-label={t.phone} className="mx-auto flex h-[min(42rem,75dvh)] w-full max-w-[26rem] flex-col overflow-hidden rounded-[2rem] border-8 border-line-strong bg-ground">
        <header className="bg-accent px-4 py-2 text-accent-ink">
          <p className="font-semibold">{t.clinic}</p>
          <p className="tabular text-small">{name ? `${name} · ` : ''}{formatPhone(phone)}</p>
        </header>
        <div ref={box} role="region" aria-label={t.messages} tabIndex={0} className="relative min-h-0 flex-1 overflow-y-auto py-2">
          {query.error && !query.data ? <Failed error={query.error} retry={() => void query.refetch()} /> : list.length === 0 ? <p className="px-6 py-12 text-center text-ink-soft">{query.data ? t.empty : t.loading}</p> : (
            <ol>
              {list.map((message) => <PhoneBubble key={message.id} message={message} />)}
              {waits && <Typing />}
            </ol>
          )}
        </div>
        <Write onSend={send} onFile={(file, body) => send(body, file)} />
      </section>
      <section aria-label={t.tries}>
        <h2 className="mb-2 font-semibold">{t.tries}</h2>
        <ul className="flex flex-wrap gap-2">
          {t.examples.map((text) => <li key={text}><button type="button" onClick={() => void send(text)} className="min-h-11 rounded-full border border-line-strong bg-surface px-4 text-left hover:border-accent hover:text-accent">{text}</button></li>)}
        </ul>
      </section>
    </div>
  );
}

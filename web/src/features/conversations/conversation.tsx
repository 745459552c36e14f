'use client';

import { Check, ChevronLeft, CircleAlert, Hand, Phone, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

import { Badge } from '@/components/ui/badge';
import { Brief } from '@/components/ui/brief';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { QUALITY } from '@/features/quality/golden';
import { prefillQuestion } from '@/features/quality/prefill';
import { useMayEvaluate } from '@/features/quality/use-may-evaluate';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { inbox } from '@/messages/inbox';
import { Composer } from './composer';
import { INBOX, INBOX_URL, nameOf, type Entry } from './inbox';
import { PhoneOf } from './inbox-list';
import { TemplateBox } from './template-box';
import type { ThreadMessage } from './thread';
import { ThreadView } from './thread-view';
import { useAct } from './use-act';
import { WindowLeft } from './window-left';

const NOTICES_SHOWN = 3;
const ICON = 'size-5';

/** What nobody has dealt with: the person's words, and the one way to be done with it. */
function Waiting({ entry }: { entry: Entry }) {
  const t = useWords(inbox);
  const [busy, act] = useAct();
  if (entry.urgency === null) return null;
  const danger = entry.urgency === 'danger';
  const done = () => act(() => api.post(`${INBOX_URL}${entry.id}/done/`, { notice: entry.newest_notice, message: entry.last_message?.id ?? 0 }), t.doneSaid, () => void reopen());
  const reopen = () => act(() => api.post(`${INBOX_URL}${entry.id}/reopen/`), t.reopened);
  return (
    <section aria-label={t.toDo} className={cn('flex flex-wrap items-start gap-3 border-b border-line px-4 py-3', danger ? 'bg-danger-ground text-danger-ink' : 'bg-look-ground text-look-ink')}>
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <ul className="min-w-0 flex-1 basis-64">
        {entry.notices.length === 0 && entry.waiting_since && <li className="font-semibold">{t.urgencies.waiting} · <When at={entry.waiting_since} /></li>}
        {entry.notices.slice(0, NOTICES_SHOWN).map((notice) => (
          <li key={notice.id}>
            <span className="font-semibold">{t.notices[notice.kind] ?? notice.kind}</span> · <When at={notice.created_at} className="text-small" />
            {notice.words && <p className="line-clamp-3 [overflow-wrap:anywhere]">{t.quoted(notice.words)}</p>}
          </li>
        ))}
        {entry.notice_count > NOTICES_SHOWN && <li className="text-small">{t.more(entry.notice_count - NOTICES_SHOWN)}</li>}
      </ul>
      <Button busy={busy} onClick={() => void done()} icon={<Check aria-hidden className={ICON} />}>{t.done}</Button>
    </section>
  );
}

function Head({ entry, back }: { entry: Entry; back: string }) {
  const t = useWords(inbox);
  const name = nameOf(entry);
  const state = entry.state === 'doctor' ? t.answeredBy(entry.taken_over_by_name || t.doctor) : t.states[entry.state];
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
      <Link href={back} prefetch={false} aria-label={t.back} className="-ml-2 inline-flex size-11 items-center justify-center rounded-md text-accent lg:hidden"><ChevronLeft aria-hidden className={ICON} /></Link>
      <div className="min-w-0 flex-1 basis-40">
        <h2 className="truncate text-lead font-semibold">
          {entry.patient ? <Link href={`/dashboard/patients/${entry.patient}/`} prefetch={false} className="underline decoration-line-strong underline-offset-4 hover:text-accent">{name}</Link> : name}
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 text-small">
          {name !== '' && entry.first_name !== null && <PhoneOf entry={entry} />}
          {entry.people > 1 && <span className="text-ink-soft">{t.shared(entry.people)}</span>}
          <WindowLeft endsAt={entry.window_ends_at} />
        </p>
      </div>
      <Badge tone={entry.state === 'doctor' ? 'accent' : 'plain'}>{state}</Badge>
      <a href={`tel:${entry.phone}`} className="inline-flex min-h-11 items-center gap-2 rounded-md px-3 font-semibold text-accent hover:bg-accent-ground"><Phone aria-hidden className={ICON} />{t.call}</a>
    </header>
  );
}

/** Who answers from here on, and with what. */
function Foot({ entry, mine }: { entry: Entry; mine: boolean }) {
  const t = useWords(inbox);
  const [busy, act] = useAct();
  const take = (force: boolean) => act(() => api.post(`/api/sessions/${entry.id}/take-over/`, force ? { force } : {}), t.takenSaid);
  const release = () => act(() => api.post(`/api/sessions/${entry.id}/release/`), t.releasedSaid);
  return (
    <footer className="flex flex-col gap-2 border-t border-line bg-surface px-4 py-3">
      {entry.state === 'closed' ? <TemplateBox entry={entry} /> : mine ? (
        <>
          <Composer key={entry.id} entry={entry} aside={<Button busy={busy} onClick={() => void release()} icon={<Undo2 aria-hidden className={ICON} />}><Brief words={t.release} short={t.releaseShort} /></Button>} />
          <p className="hidden text-small text-ink-soft sm:block">{t.silent}</p>
        </>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className={cn('min-w-0 flex-1 basis-56 text-ink-soft', entry.state !== 'doctor' && 'max-sm:sr-only')}>{entry.state === 'doctor' ? t.colleague(entry.taken_over_by_name || t.doctor) : t.assistantAnswers}</p>
          <Button look="primary" busy={busy} onClick={() => void take(entry.state === 'doctor')} icon={<Hand aria-hidden className={ICON} />}>{entry.state === 'doctor' ? t.takeFrom : t.take}</Button>
        </div>
      )}
    </footer>
  );
}

/** Once it is in sight, nobody has to be told of it any more. */
function useSeen(entry: Entry) {
  const { id, unseen } = entry;
  const last = entry.last_message?.id;
  useEffect(() => {
    if (unseen === 0 || !last || document.visibilityState !== 'visible') return;
    // Only a mark: the list is told by the event that follows, and the next look tries again.
    api.post(`${INBOX_URL}${id}/seen/`, { message: last }).catch(() => undefined);
  }, [id, unseen, last]);
}

function Golden({ message, patient }: { message: ThreadMessage; patient: number }) {
  const t = useWords(inbox);
  const router = useRouter();
  const answer = message.answer!;
  function keep() {
    prefillQuestion({ questionId: answer.question, patient, question: answer.query, refused: answer.refused });
    router.push(`${QUALITY}new/`);
  }
  return <button type="button" onClick={keep} className="mt-1 min-h-11 rounded-md px-2 text-small font-medium text-ink-soft underline underline-offset-2 hover:text-accent sm:min-h-8">{t.keep}</button>;
}

function Retry({ message, entry }: { message: ThreadMessage; entry: Entry }) {
  const t = useWords(inbox);
  const [busy, act] = useAct();
  const body = message.body.replace(`${message.author_name} :\n`, '');
  return <Button look="quiet" busy={busy} onClick={() => void act(() => api.post(`/api/sessions/${entry.id}/reply/`, { body, patient: entry.patient }), t.sentAgain)}>{t.retry}</Button>;
}

function Loaded({ entry, back }: { entry: Entry; back: string }) {
  const t = useWords(inbox);
  const user = useStore(session.user, null);
  const mayEvaluate = useMayEvaluate();
  const mine = entry.state === 'doctor' && entry.taken_over_by === user?.id;
  useSeen(entry);
  useEffect(() => {
    document.title = `${nameOf(entry)} · MediRecord`;
  }, [entry]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Head entry={entry} back={back} />
      <Waiting entry={entry} />
      <ThreadView
        key={entry.phone}
        whose={{ session: entry.id }}
        label={t.messagesWith(nameOf(entry))}
        className="flex-1"
        extras={(message) => ({
          action: mayEvaluate && message.answer && !message.answer.escalated && message.patient ? <Golden message={message} patient={message.patient} /> : undefined,
          retry: mine && message.status === 'failed' && message.author === user?.id && message.kind === 'reply' ? <Retry message={message} entry={entry} /> : undefined,
        })}
      />
      <Foot entry={entry} mine={mine} />
    </div>
  );
}

/** One conversation with its number, however old the address is. */
export function Conversation({ id, search }: { id: number; search: string }) {
  const query = useRecord<Entry>('sessions', `${INBOX_URL}${id}/`);
  return (
    <ListState query={query} skeleton={<div className="flex h-full flex-col gap-4 p-4"><Skeleton className="h-12" /><Skeleton className="h-full min-h-64" /></div>}>
      {(entry) => <Loaded entry={entry} back={`${INBOX}${search}`} />}
    </ListState>
  );
}

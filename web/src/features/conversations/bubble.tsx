'use client';

import type { ReactNode } from 'react';

import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { formatDateTime, formatTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import { failureOf } from './failure';
import { Media } from './media';
import { Sources } from './sources';
import type { ThreadMessage } from './thread';
import { Ticks } from './ticks';

/** Who speaks for the clinic. */
function Speaker({ message }: { message: ThreadMessage }) {
  const t = useWords(conversations);
  const name = message.author ? message.author_name || t.doctor : message.kind === 'bulk' ? t.broadcast : message.kind === 'activation' ? t.activation : message.answer || message.kind === 'alert' ? t.assistant : t.automatic;
  return <p className="mb-0.5 text-right text-small font-semibold text-ink-soft [overflow-wrap:anywhere]">{name}{message.transport === 'sms' && ` · ${t.sms}`}</p>;
}

/** People read who writes to them; here it stands above the bubble already. */
function bodyOf(message: ThreadMessage): string {
  const signature = `${message.author_name} :\n`;
  return message.author && message.body.startsWith(signature) ? message.body.slice(signature.length) : message.body;
}

function Marks({ message }: { message: ThreadMessage }) {
  const t = useWords(conversations);
  if (message.answer?.escalated || message.kind === 'alert') return <Badge tone="danger" className="mt-1">{t.escalated}</Badge>;
  if (message.answer?.refused) return <Badge tone="look" className="mt-1">{t.refused}</Badge>;
  return null;
}

function Failure({ message, retry }: { message: ThreadMessage; retry?: ReactNode }) {
  const t = useWords(conversations);
  if (message.waiting_for) return <p className="mt-1 text-right text-small text-look-ink">{t.heldHelp}</p>;
  if (message.status !== 'failed') return null;
  return <p className="mt-1 text-right text-small text-look-ink">{t.notSent} {failureOf(t, message.error_code)} {retry}</p>;
}

export interface BubbleProps {
  message: ThreadMessage;
  /** The assistant heard a danger in it. */
  danger?: boolean;
  /** The first part of an answer in several parts does not end it. */
  goesOn?: boolean;
  /** Said where several people write from one number. */
  person?: string;
  action?: ReactNode;
  retry?: ReactNode;
}

/** A message as on WhatsApp: the person's on the left, the clinic's on the right. */
export function Bubble({ message, danger, goesOn, person, action, retry }: BubbleProps) {
  const t = useWords(conversations);
  const lang = useLang();
  const out = message.direction === 'out';
  return (
    <article aria-label={out ? t.sentMessage : t.receivedMessage} className={cn('flex w-full flex-col px-3 py-1 sm:px-4', out ? 'items-end pl-10' : 'items-start pr-10')}>
      {out ? <Speaker message={message} /> : person && <p className="mb-0.5 text-small font-semibold text-ink-soft [overflow-wrap:anywhere]">{person}</p>}
      <div
        className={cn(
          'max-w-[min(34rem,100%)] rounded-lg border px-3 py-2',
          out ? 'rounded-tr-none border-accent-ground bg-accent-ground' : 'rounded-tl-none bg-surface',
          !out && (danger ? 'border-danger bg-danger-ground text-danger-ink' : 'border-line'),
        )}
      >
        {danger && <Badge tone="danger" className="mb-1">{t.danger}</Badge>}
        <Media media={message.media} />
        {message.body && <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">{bodyOf(message)}</p>}
        <p className={cn('mt-0.5 flex items-center justify-end gap-1 text-small', danger && !out ? 'text-danger-ink' : 'text-ink-soft')}>
          <time dateTime={message.created_at} title={formatDateTime(message.created_at, lang)}>{formatTime(message.created_at, lang)}</time>
          {out && <Ticks status={message.status} held={message.waiting_for !== null} />}
        </p>
      </div>
      {out && !goesOn && <Marks message={message} />}
      {out && !goesOn && message.answer && <Sources sources={message.answer.sources} />}
      {out && !goesOn && action}
      {out && <Failure message={message} retry={retry} />}
    </article>
  );
}

'use client';

import { Check, CheckCheck, CircleAlert, Clock, type LucideIcon } from 'lucide-react';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import type { MessageStatus } from './thread';

const SIGNS: Partial<Record<MessageStatus, LucideIcon>> = { accepted: Check, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };

/** How far a message of ours has come: the ticks of WhatsApp, with words for who does not see them. */
export function Ticks({ status, held }: { status: MessageStatus; held?: boolean }) {
  const t = useWords(conversations);
  const Icon = SIGNS[status] ?? Clock;
  const word = held ? t.held : t.statuses[status];
  return (
    <span title={word} className={cn('inline-flex', status === 'read' ? 'text-accent' : status === 'failed' ? 'text-look' : 'text-ink-soft')}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{word}</span>
    </span>
  );
}

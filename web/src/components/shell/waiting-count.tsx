'use client';

import { SUMMARY_URL, type Summary } from '@/features/conversations/summary';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { waiting } from '@/messages/waiting';

const SHOWN_MAX = 99;

/** How many conversations wait for a person of the clinic, live; red when somebody may be in danger. Nothing waits: nothing is shown. */
export function WaitingCount({ className }: { className?: string }) {
  const t = useWords(waiting);
  const { data } = useRecord<Summary>('sessions', SUMMARY_URL);
  if (!data?.todo) return null;
  return (
    <span className={cn('inline-flex min-w-6 items-center justify-center rounded-full px-1.5 text-small font-semibold', data.danger ? 'bg-danger text-surface' : 'bg-accent text-accent-ink', className)}>
      <span aria-hidden className="tabular">{data.todo > SHOWN_MAX ? `${SHOWN_MAX}+` : data.todo}</span>
      <span className="sr-only">, {t.waiting(data.todo)}{data.danger > 0 && `, ${t.danger(data.danger)}`}</span>
    </span>
  );
}

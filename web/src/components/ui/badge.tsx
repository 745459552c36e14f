import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Clock, Info, TriangleAlert } from 'lucide-react';

import { cn } from '@/lib/cn';

export type Tone = 'plain' | 'accent' | 'good' | 'look' | 'danger' | 'waiting';

const LOOKS: Record<Tone, string> = {
  plain: 'bg-sunken text-ink-soft',
  waiting: 'bg-sunken text-ink-soft',
  accent: 'bg-accent-ground text-accent-strong',
  good: 'bg-good-ground text-good-ink',
  look: 'bg-look-ground text-look-ink',
  danger: 'bg-danger-ground text-danger-ink',
};

const ICONS: Record<Tone, typeof Info | null> = {
  plain: null,
  accent: Info,
  waiting: Clock,
  good: CircleCheck,
  look: TriangleAlert,
  danger: CircleAlert,
};

/** A state in a word, with a sign beside the colour. */
export function Badge({ tone = 'plain', children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={cn('inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-small font-medium whitespace-nowrap', LOOKS[tone], className)}>
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </span>
  );
}

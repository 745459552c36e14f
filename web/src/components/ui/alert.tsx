import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';

import { cn } from '@/lib/cn';

type Tone = 'accent' | 'good' | 'look' | 'danger';

const LOOKS: Record<Tone, string> = {
  accent: 'bg-accent-ground text-ink border-accent',
  good: 'bg-good-ground text-good-ink border-good',
  look: 'bg-look-ground text-look-ink border-look',
  danger: 'bg-danger-ground text-danger-ink border-danger',
};
const ICONS = { accent: Info, good: CircleCheck, look: TriangleAlert, danger: CircleAlert };

/** What must be read on this page. role="alert" only for what happened just now (`live`). */
export function Alert({ tone = 'accent', title, children, action, live }: { tone?: Tone; title?: string; children?: ReactNode; action?: ReactNode; live?: boolean }) {
  const Icon = ICONS[tone];
  return (
    <div role={live ? 'alert' : undefined} className={cn('flex flex-wrap items-start gap-3 rounded-md border-l-4 px-4 py-3', LOOKS[tone])}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1 basis-56">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}

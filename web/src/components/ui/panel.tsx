import type { ReactNode } from 'react';

import { cn } from '@/lib/cn';

/** A part of a page with its heading. Never one in another. */
export function Panel({ title, action, children, className, id, flush }: { title?: string; action?: ReactNode; children: ReactNode; className?: string; id?: string; flush?: boolean }) {
  return (
    <section id={id} aria-label={title} className={cn('rounded-lg border border-line bg-surface', className)}>
      {(title || action) && (
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-2 px-4 pt-2">
          {title && <h2 className="text-lead font-semibold">{title}</h2>}
          {action}
        </div>
      )}
      <div className={flush ? 'pt-1' : cn('px-4 pb-4', title || action ? 'pt-2' : 'pt-4')}>{children}</div>
    </section>
  );
}

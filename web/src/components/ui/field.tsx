'use client';

import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';

export const CONTROL =
  'block w-full min-h-11 rounded-md border border-line-strong bg-surface px-3 py-2 text-base text-ink placeholder:text-ink-soft ' +
  'aria-invalid:border-look aria-invalid:border-2 disabled:opacity-60';

export interface FieldShell {
  label: string;
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  className?: string;
}

/** Label, control, hint and mistake, tied together for who does not see them. */
export function Field({ label, hint, error, optional, className, children }: FieldShell & { children: (props: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode }) {
  const id = useId();
  const t = useWords(common);
  const describedBy = cn(hint ? `${id}-hint` : null, error ? `${id}-error` : null);
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
        {optional && <span className="ml-1 font-normal text-ink-soft">({t.optional})</span>}
      </label>
      {children({ id, ...(describedBy && { 'aria-describedby': describedBy }), ...(error && { 'aria-invalid': true as const }) })}
      {hint && <p id={`${id}-hint`} className="mt-1 text-small text-ink-soft">{hint}</p>}
      {error && (
        <p id={`${id}-error`} className="mt-1 flex items-start gap-1.5 text-small font-medium text-look-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

import type { ComponentProps, ReactNode } from 'react';
import { LoaderCircle } from 'lucide-react';

import { cn } from '@/lib/cn';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong border-transparent',
  plain: 'bg-surface text-ink border-line-strong hover:bg-sunken',
  quiet: 'bg-transparent text-accent border-transparent hover:bg-accent-ground',
  danger: 'bg-danger text-surface border-transparent hover:bg-danger-strong',
};

const SHAPE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-md border px-4 text-base font-semibold no-underline transition-colors [&>svg]:shrink-0 ' +
  'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

export interface ButtonProps {
  look?: Look;
  icon?: ReactNode;
}

/** What looks like a button. */
export function buttonClass(look: Look, className?: string): string {
  return cn(SHAPE, LOOKS[look], className);
}

/** What happens here. `busy` while it happens: the words stay, so that nothing jumps. */
export function Button({ look = 'plain', icon, busy, className, children, type = 'button', ...rest }: ButtonProps & { busy?: boolean } & ComponentProps<'button'>) {
  return (
    <button type={type} aria-busy={busy || undefined} {...rest} disabled={rest.disabled || busy} className={buttonClass(look, className)}>
      {busy ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : icon}
      {children}
    </button>
  );
}

/** A picture alone needs its words for who does not see it; they show on hover too. */
export function IconButton({ label, onDark, className, children, ...rest }: { label: string; onDark?: boolean } & ComponentProps<'button'>) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={cn('inline-flex size-11 shrink-0 items-center justify-center rounded-md', onDark ? 'text-ground' : 'text-ink-soft hover:bg-sunken hover:text-ink', className)}>
      {children}
    </button>
  );
}

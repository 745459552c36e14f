'use client';

import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { IconButton } from './button';

const OVERLAY = 'fixed inset-0 z-40 bg-shade';
const BOX = 'fixed z-50 flex flex-col overflow-y-auto bg-surface shadow-float outline-none';

/** For decisions. Everything else is a page or a <SidePanel>. */
export function Dialog({ open, onOpenChange, title, description, children, footer, mustDecide }: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  /** Neither Escape nor a click beside it closes it. */
  mustDecide?: boolean;
}) {
  const stay = (event: Event) => mustDecide && event.preventDefault();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
          className={cn(BOX, 'inset-x-4 top-[10dvh] mx-auto max-h-[80dvh] max-w-lg rounded-lg p-6')}
        >
          <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
          {description && (
            <Radix.Description asChild>
              <div className="mt-2 text-ink-soft">{description}</div>
            </Radix.Description>
          )}
          {children && <div className="mt-4">{children}</div>}
          {footer && <div className="mt-6 flex flex-wrap justify-end gap-2">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Something to look at beside the page; from below on a phone. */
export function SidePanel({ open, onOpenChange, title, children }: { open: boolean; onOpenChange: (open: boolean) => void; title: string; children: ReactNode }) {
  const t = useWords(common);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          aria-describedby={undefined}
          className={cn(BOX, 'inset-x-0 bottom-0 max-h-[88dvh] rounded-t-lg p-4 sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-[28rem] sm:rounded-none sm:p-6')}
        >
          <div className="mb-4 flex items-center justify-between gap-4">
            <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t.close}>
                <X aria-hidden className="size-5" />
              </IconButton>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

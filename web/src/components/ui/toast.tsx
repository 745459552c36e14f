'use client';

import { Toast as Radix } from 'radix-ui';
import { X } from 'lucide-react';

import { useWords } from '@/lib/i18n';
import { useStore } from '@/lib/store';
import { dropToast, toasts } from '@/lib/toast';
import { common } from '@/messages/common';
import { IconButton } from './button';

const SHOWN_MS = 6_000;
const WITH_UNDO_MS = 10_000;

/** What toast() said, over everything. The shell fetches this with the first one. */
export function Toasts() {
  const t = useWords(common);
  const list = useStore(toasts);
  return (
    <Radix.Provider label={t.notice} swipeDirection="down">
      {list.map(({ id, text, undo }) => (
        <Radix.Root
          key={id}
          duration={undo ? WITH_UNDO_MS : SHOWN_MS}
          onOpenChange={(open) => !open && dropToast(id)}
          className="flex items-center gap-2 rounded-md bg-ink py-1 pr-1 pl-4 text-ground shadow-float"
        >
          <Radix.Description className="min-w-0 flex-1 py-2">{text}</Radix.Description>
          {undo && (
            <Radix.Action asChild altText={t.undo}>
              <button type="button" onClick={undo} className="min-h-11 rounded-md px-3 font-semibold underline underline-offset-4">{t.undo}</button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label={t.close} onDark>
              <X aria-hidden className="size-5" />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={t.notices}
        className="fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 outline-none lg:bottom-6"
      />
    </Radix.Provider>
  );
}

'use client';

import { useRouter } from 'next/navigation';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';

/** Asks before a link is followed while a form holds what is not saved (use-leave-guard.ts). */
export function UnsavedDialog({ to, onStay }: { to: string; onStay: () => void }) {
  const t = useWords(common);
  const router = useRouter();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onStay()}
      title={t.leaveUnsaved}
      description={t.leaveHelp}
      footer={
        <>
          <Button onClick={() => { onStay(); router.push(to); }}>{t.leave}</Button>
          <Button look="primary" onClick={onStay}>{t.stay}</Button>
        </>
      }
    />
  );
}

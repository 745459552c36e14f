'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { shellMore } from '@/messages/shell-more';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(shellMore);
  const c = useWords(common);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t.keys} footer={<Button onClick={onClose}>{c.close}</Button>}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-3">
        {t.keysList.map(([key, what]) => (
          <div key={key} className="contents">
            <dt><kbd className="rounded-md border border-line-strong bg-sunken px-2 py-0.5 font-sans text-small font-semibold whitespace-nowrap">{key}</kbd></dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

'use client';

import { WifiOff } from 'lucide-react';

import { Button } from '@/components/ui/button';
import { connection } from '@/lib/connection';
import { useWords } from '@/lib/i18n';
import { useStore } from '@/lib/store';
import { shell } from '@/messages/shell';

/** The server is away: said once, above everything, until it is back. */
export function ConnectionBanner() {
  const t = useWords(shell);
  const lost = useStore(connection.lost, false);
  return (
    <div role="status" aria-live="polite">
      {lost && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-look bg-look-ground px-4 py-1 text-look-ink">
          <WifiOff aria-hidden className="size-5 shrink-0" />
          <p className="flex-1 basis-60"><strong>{t.away}</strong> {t.awayHelp}</p>
          <Button look="quiet" className="text-look-ink" onClick={() => void connection.tryNow()}>{t.tryNow}</Button>
        </div>
      )}
    </div>
  );
}

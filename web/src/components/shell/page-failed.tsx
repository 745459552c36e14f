'use client';

import { useWords } from '@/lib/i18n';
import { shell } from '@/messages/shell';

/** Small, since it comes with every page: nothing of components/ui. */
export function PageFailed() {
  const t = useWords(shell);
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-4 py-16 text-center">
      <h1 className="text-title font-semibold">{t.pageFailed}</h1>
      <p className="max-w-[60ch] text-ink-soft">{t.pageFailedHelp}</p>
      <button type="button" onClick={() => window.location.reload()} className="min-h-11 rounded-md bg-accent px-4 font-semibold text-accent-ink">{t.reload}</button>
    </div>
  );
}

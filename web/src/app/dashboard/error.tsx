'use client';

import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/list-state';
import { useWords } from '@/lib/i18n';
import { shell } from '@/messages/shell';

/** A page that broke takes nothing else with it. */
export default function PageFailed() {
  const t = useWords(shell);
  return (
    <Empty title={t.pageFailed} action={<Button look="primary" onClick={() => window.location.reload()}>{t.reload}</Button>}>
      {t.pageFailedHelp}
    </Empty>
  );
}

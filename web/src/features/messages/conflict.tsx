'use client';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';

/** A colleague was faster: theirs or mine, the person decides. */
export function Conflict({ onTheirs, onMine }: { onTheirs: () => void; onMine: () => void }) {
  const t = useWords(broadcasts);
  return (
    <Alert
      tone="look"
      live
      title={t.conflict}
      action={<div className="flex flex-wrap gap-2"><Button onClick={onTheirs}>{t.takeTheirs}</Button><Button onClick={onMine}>{t.keepMine}</Button></div>}
    >
      {t.conflictHelp}
    </Alert>
  );
}

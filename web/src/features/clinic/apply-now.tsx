'use client';

import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { useDeed } from '@/lib/use-deed';
import { clinic } from '@/messages/clinic';
import { applySettings, StillAway } from './apply';

function Failed({ error }: { error: unknown }) {
  const t = useWords(clinic);
  if (error instanceof StillAway) return <Alert live tone="danger" title={t.stillAway}>{t.stillAwayHelp}</Alert>;
  return <Alert live tone="danger" title={t.refused}>{explain(error).detail}</Alert>;
}

/** Puts what is saved, or was changed in the server's file, in force. The page stays while the server starts again, and says what it waits for. */
export function ApplyNow({ look = 'primary' }: { look?: 'primary' | 'plain' }) {
  const t = useWords(clinic);
  const client = useQueryClient();
  const [run, busy, error] = useDeed();

  async function apply() {
    const list = await applySettings();
    client.setQueryData(['settings'], list);
    toast(t.applied);
  }

  return (
    <div className="mt-3 flex flex-col items-start gap-3">
      <Button look={look} icon={<RefreshCw aria-hidden className="size-5" />} busy={busy} onClick={() => void run(apply)}>{t.apply}</Button>
      <p role="status">{busy ? t.applying : t.applyHelp}</p>
      {error !== null && <Failed error={error} />}
    </div>
  );
}

'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { formatDateTime, formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useDeed } from '@/lib/use-deed';
import { audit } from '@/messages/audit';

const CHECK = '/api/audit/check/';
const ASK_AGAIN_MS = 1_000;

interface Check {
  state: 'never' | 'running' | 'intact' | 'broken';
  rows: number;
  broken_row: number | null;
  started_at: string | null;
  finished_at: string | null;
}

const TONES = { never: 'accent', running: 'accent', intact: 'good', broken: 'danger' } as const;

/** Whether the chain of the log is whole: what was found last, and the way to find it now. */
export function CheckPanel() {
  const t = useWords(audit);
  const lang = useLang();
  const client = useQueryClient();
  const [run, busy, error] = useDeed();
  const query = useQuery({
    queryKey: ['audit', 'check'],
    queryFn: ({ signal }) => api.get<Check>(CHECK, undefined, { signal }),
    refetchInterval: (q) => (q.state.data?.state === 'running' ? ASK_AGAIN_MS : false),
  });
  const said = (c: Check) => {
    const at = c.finished_at ? formatDateTime(c.finished_at, lang) : '';
    if (c.state === 'intact') return { title: t.intact(formatNumber(c.rows, lang)), detail: t.checkedAt(at) };
    if (c.state === 'broken') return { title: t.broken(formatNumber(c.broken_row ?? 0, lang)), detail: t.brokenHelp };
    return c.state === 'running' ? { title: t.checking, detail: '' } : { title: t.neverChecked, detail: t.neverHelp };
  };
  return (
    <ListState query={query} skeleton={<Skeleton className="h-20" />}>
      {(c) => (
        <div className="flex flex-col gap-3" aria-live="polite">
          <Alert
            tone={TONES[c.state]}
            title={said(c).title}
            action={(
              <Button
                icon={<ShieldCheck aria-hidden className="size-5" />}
                busy={busy || c.state === 'running'}
                onClick={() => void run(async () => client.setQueryData(['audit', 'check'], await api.post<Check>(CHECK, {}, { idempotencyKey: undefined })))}
              >
                {t.check}
              </Button>
            )}
          >
            {said(c).detail}
          </Alert>
          {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        </div>
      )}
    </ListState>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useEvent } from '@/lib/events';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { settingWords } from '@/messages/setting-words';
import { FINDING_TONES, SETTINGS_URL, type Check } from './setting';

/** The checks of `medirecord doctor` behind a button: what was found, and what to mend. */
export function CheckPanel({ name, help }: { name: 'channel' | 'models'; help: string }) {
  const t = useWords(settingWords);
  const client = useQueryClient();
  const url = `${SETTINGS_URL}checks/${name}/`;
  const query = useRecord<Check>('checks', url);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const renew = () => client.invalidateQueries({ queryKey: ['checks'] });
  useEvent('check', () => void renew());

  async function test() {
    setBusy(true);
    setError(null);
    try {
      await api.post(url);
    } catch (why) {
      setError(why);
    } finally {
      await renew();
      setBusy(false);
    }
  }

  const underWay = query.data?.state === 'waiting' || query.data?.state === 'running';
  return (
    <Panel title={t.checkTitle} action={<Button look="primary" busy={busy || underWay} onClick={() => void test()} icon={<Stethoscope aria-hidden className="size-5" />}>{t.test}</Button>}>
      <p className="text-ink-soft">{help}</p>
      <div aria-live="polite" className="mt-3 flex flex-col gap-3">
        {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        <ListState query={query} skeleton={<Skeleton className="h-16" />}>
          {(check) => (
            <>
              {underWay && <p>{t.testing}</p>}
              {check.state === 'failed' && <Alert tone="look" title={t.testFailed}>{t.testFailedHelp}</Alert>}
              {check.ended_at && <p className="text-small text-ink-soft">{t.tested} <When at={check.ended_at} /></p>}
              {check.findings.length > 0 && (
                <ul className="divide-y divide-line">
                  {check.findings.map((f) => (
                    <li key={f.check} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2">
                      <Badge tone={FINDING_TONES[f.state]} className="w-32 justify-start">{t.findings[f.state]}</Badge>
                      <div className="min-w-0 flex-1 basis-64">
                        <p className="font-semibold first-letter:uppercase">{f.title}</p>
                        <p className="[overflow-wrap:anywhere]">{f.message}</p>
                        {f.detail && <p lang="en" className="text-small [overflow-wrap:anywhere] text-ink-soft">{f.detail}</p>}
                      </div>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </ListState>
      </div>
    </Panel>
  );
}

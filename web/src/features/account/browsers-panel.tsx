'use client';

import { useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { useDeed } from '@/lib/use-deed';
import { account } from '@/messages/account';
import { browserName } from './browser-name';

const SESSIONS = '/api/auth/sessions/';

interface Browser {
  id: number;
  browser: string;
  created_at: string;
  last_used: string | null;
  current: boolean;
}

/** Where one is signed in, and closing what is not here. */
export function BrowsersPanel() {
  const t = useWords(account);
  const client = useQueryClient();
  const query = useRecord<{ results: Browser[] }>('account', SESSIONS);
  const [run, busy, error] = useDeed();
  const others = query.data?.results.filter((b) => !b.current).length ?? 0;

  const end = (path: string, said: string) =>
    run(async () => {
      await api.delete(path);
      await client.invalidateQueries({ queryKey: ['account'] });
      toast(said);
    });

  return (
    <Panel title={t.browsers} flush action={others > 0 && <Button busy={busy} onClick={() => void end(SESSIONS, t.othersClosed(others))}>{t.closeOthers}</Button>}>
      {error ? <div className="px-4 pb-2"><Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert></div> : null}
      <ListState query={query}>
        {({ results }) => (
          <ul aria-label={t.browsers} className="divide-y divide-line">
            {results.map((b) => (
              <li key={b.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
                <MonitorSmartphone aria-hidden className="size-6 shrink-0 text-ink-soft" strokeWidth={1.75} />
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-2 font-semibold" title={b.browser}>{browserName(b.browser) ?? t.unknownBrowser}{b.current && <Badge tone="accent">{t.thisOne}</Badge>}</p>
                  <p className="text-small text-ink-soft">{t.lastUsed} <When at={b.last_used ?? b.created_at} /></p>
                </div>
                {!b.current && <Button look="quiet" disabled={busy} aria-label={t.closeOne(browserName(b.browser) ?? t.unknownBrowser)} onClick={() => void end(`${SESSIONS}${b.id}/`, t.closed)}>{t.close}</Button>}
              </li>
            ))}
          </ul>
        )}
      </ListState>
    </Panel>
  );
}

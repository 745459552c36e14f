'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { formatDateTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useRecordIds } from '@/lib/use-record-id';
import { broadcasts } from '@/messages/broadcasts';
import { Actions } from './actions';
import { broadcastPath, BROADCASTS_URL, isWritable, MESSAGES, STATUS_TONES, type Broadcast, type Estimate } from './broadcast';
import { Composer } from './composer';
import { ReportOf } from './report';
import { Reserved } from './reserved';

/** When it leaves, left or ended, in a line. */
function Times({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const parts = [
    b.status === 'scheduled' && b.scheduled_at && t.leavesAt(formatDateTime(b.scheduled_at, lang)),
    b.repeat && t.repeats[b.repeat],
    b.runs > 0 && t.runs(b.runs),
    b.started_at && t.startedAt(formatDateTime(b.started_at, lang)),
    b.finished_at && t.finishedAt(formatDateTime(b.finished_at, lang)),
  ].filter(Boolean);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={STATUS_TONES[b.status]}>{t.statuses[b.status]}</Badge>
      <span>{parts.join(' · ')}</span>
      {b.run_of && <Link href={broadcastPath(b.run_of)} prefetch={false} className="inline-flex min-h-11 items-center text-accent underline underline-offset-2">{t.runOf}</Link>}
      {b.repeat && b.runs > 0 && <Link href={`${MESSAGES}?run_of=${b.id}`} prefetch={false} className="inline-flex min-h-11 items-center text-accent underline underline-offset-2">{t.seeRuns}</Link>}
    </span>
  );
}

/** The clinic's clock is asked before the times are shown on it. */
function Edited({ broadcast, onReload }: { broadcast: Broadcast; onReload: () => void }) {
  const query = useRecord<Estimate>('broadcast-look', `${BROADCASTS_URL}${broadcast.id}/estimate/`);
  return (
    <ListState query={query} skeleton={<Skeleton className="h-96" />}>
      {(estimate) => <Composer broadcast={broadcast} timeZone={estimate.time_zone} onReload={onReload} />}
    </ListState>
  );
}

function Loaded({ broadcast: b, onReload }: { broadcast: Broadcast; onReload: () => void }) {
  const t = useWords(broadcasts);
  return (
    <>
      <PageHeader title={b.title} lead={<Times broadcast={b} />} back={{ href: MESSAGES, label: t.title }} action={<Actions broadcast={b} />} />
      {isWritable(b) ? (
        <>
          {b.status === 'draft' && b.error_code && <div className="mb-6"><Alert tone="look">{t.failures[b.error_code] ?? b.error_code}</Alert></div>}
          <Reserved><Edited broadcast={b} onReload={onReload} /></Reserved>
        </>
      ) : b.started_at || b.status === 'failed' ? <ReportOf broadcast={b} /> : <Alert>{b.status === 'paused' ? t.pausedScheduled : b.runs > 0 ? t.seriesOver : t.cancelledBefore}</Alert>}
    </>
  );
}

export function BroadcastById({ id }: { id: string }) {
  const t = useWords(broadcasts);
  const client = useQueryClient();
  // A form begins anew when somebody asks for it, or when the message goes into another state: not with each save.
  const [round, setRound] = useState(0);
  const query = useRecord<Broadcast>('broadcasts', `${BROADCASTS_URL}${id}/`);
  async function reload() {
    await client.invalidateQueries({ queryKey: ['broadcasts'] });
    setRound((n) => n + 1);
  }
  return (
    <>
      {!query.data && <PageHeader title={t.message} back={{ href: MESSAGES, label: t.title }} />}
      <ListState query={query} skeleton={<><Skeleton className="mb-6 h-24" /><Skeleton className="h-96" /></>}>
        {(b) => <Loaded key={`${b.status}:${round}`} broadcast={b} onReload={() => void reload()} />}
      </ListState>
    </>
  );
}

export function BroadcastPage() {
  const ids = useRecordIds('/dashboard/messages/[id]/');
  return ids?.[0] ? <BroadcastById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />;
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { api } from '@/lib/api';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { retention } from '@/messages/retention';
import { settings } from '@/messages/settings';

const RETENTION_URL = '/api/settings/retention/';

interface Retention {
  last_run_at: string | null;
  next_run_at: string | null;
  kinds: Array<{ name: string; kept_hours: number; due: number }>;
}

function Kinds({ data }: { data: Retention }) {
  const t = useWords(retention);
  const lang = useLang();
  return (
    <Panel title={t.byAge} flush>
      <table aria-label={t.byAge} className="w-full text-left">
        <thead className="sr-only sm:not-sr-only sm:table-header-group">
          <tr className="border-b border-line text-small text-ink-soft">
            <th scope="col" className="px-4 py-2 font-semibold">{t.what}</th>
            <th scope="col" className="px-4 py-2 font-semibold whitespace-nowrap">{t.kept}</th>
            <th scope="col" className="px-4 py-2 text-right font-semibold">{t.due}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {data.kinds.map((kind) => (
            <tr key={kind.name} className="block px-4 py-3 sm:table-row sm:h-11">
              <th scope="row" className="block font-normal sm:table-cell sm:px-4 sm:py-2">
                <span className="block font-semibold">{t.kinds[kind.name]?.name ?? kind.name}</span>
                <span className="text-small text-ink-soft">{t.kinds[kind.name]?.help}</span>
              </th>
              <td className="block sm:table-cell sm:px-4 sm:py-2 sm:whitespace-nowrap"><span className="text-ink-soft sm:hidden">{t.kept}{t.colon} </span>{t.keptFor(kind.kept_hours)}</td>
              <td className="tabular block sm:table-cell sm:px-4 sm:py-2 sm:text-right"><span className="text-ink-soft sm:hidden">{t.due}{t.colon} </span>{formatNumber(kind.due, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="border-t border-line px-4 py-3 text-ink-soft">
        {data.last_run_at ? <>{t.lastRun} <When at={data.last_run_at} />. </> : <>{t.neverRun} </>}
        {data.next_run_at && <>{t.nextRun} <When at={data.next_run_at} />. </>}
        <Link href="/dashboard/settings/clinic/" className="text-accent underline underline-offset-2">{t.change}</Link>
      </p>
    </Panel>
  );
}

function Content() {
  const t = useWords(retention);
  const s = useWords(settings);
  const lang = useLang();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const query = useRecord<Retention>('retention', RETENTION_URL);
  const due = query.data?.kinds.reduce((sum, kind) => sum + kind.due, 0) ?? 0;

  async function run() {
    await api.post(RETENTION_URL);
    toast(t.started);
    await client.invalidateQueries({ queryKey: ['retention'] });
  }

  return (
    <>
      <PageHeader
        title={t.title}
        lead={t.lead}
        back={{ href: '/dashboard/settings/', label: s.title }}
        action={query.data && <Button disabled={due === 0} onClick={() => setAsking(true)} icon={<Trash2 aria-hidden className="size-5" />}>{t.runNow}</Button>}
      />
      <div className="flex flex-col gap-6">
        <ListState query={query} skeleton={<Skeleton className="h-96" />}>{(data) => <Kinds data={data} />}</ListState>
        <Panel title={t.never}>
          <ul className="list-disc space-y-1 pl-6">{t.neverList.map((line) => <li key={line}>{line}</li>)}</ul>
        </Panel>
      </div>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t.ask} verb={t.runVerb(formatNumber(due, lang), due)} onConfirm={run}>{t.askHelp}</ConfirmDialog>
    </>
  );
}

export function RetentionPage() {
  const t = useWords(retention);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}

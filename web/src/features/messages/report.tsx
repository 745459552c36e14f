'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { formatDuration, formatNumber, formatPercent, formatTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useSearchState } from '@/lib/use-search-state';
import { broadcasts } from '@/messages/broadcasts';
import { aimed, arrived, BROADCASTS_URL, took, type Broadcast, type Reason, type Report } from './broadcast';
import { OverTime } from './over-time';
import { Progress } from './progress';
import { Recipients, RECIPIENTS_PAGE } from './recipients';
import { WhatsAppBubble } from './whatsapp-bubble';

const LIVE_MS = 3_000;

function Figure({ value, label, detail, tone }: { value: string; label: string; detail?: ReactNode; tone?: string }) {
  return (
    <div className="flex min-w-32 flex-col">
      <dt className="order-2 text-ink-soft">{label}</dt>
      <dd className={cn('tabular text-figure font-semibold', tone)}>{value}</dd>
      {detail && <dd className="tabular order-3 text-small text-ink-soft">{detail}</dd>}
    </div>
  );
}

function Figures({ report }: { report: Report }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const c = report.broadcast.counts;
  const share = (n: number, of: number) => (of > 0 ? formatPercent(n / of, lang) : undefined);
  const median = (s: number | null) => (s === null || s < 1 ? '' : t.median(formatDuration(s, lang)));
  const join = (...parts: Array<string | undefined>) => parts.filter(Boolean).join(' · ') || undefined;
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      <Figure value={formatNumber(took(c), lang)} label={t.figures.sent} detail={t.ofAimed(formatNumber(aimed(c), lang))} />
      <Figure value={formatNumber(arrived(c), lang)} label={t.figures.delivered} detail={join(share(arrived(c), took(c)), median(report.times.delivery.p50_seconds))} />
      <Figure value={formatNumber(c.read, lang)} label={t.figures.read} detail={join(share(c.read, took(c)), median(report.times.reading.p50_seconds))} />
      <Figure value={formatNumber(report.replies.people, lang)} label={t.figures.replied(report.replies.within_hours)} detail={join(share(report.replies.people, took(c)), t.repliesOf(report.replies.messages))} />
      {c.failed > 0 && <Figure value={formatNumber(c.failed, lang)} label={t.figures.failed} tone="text-look-ink" />}
      {c.uncertain > 0 && <Figure value={formatNumber(c.uncertain, lang)} label={t.figures.uncertain} tone="text-look-ink" />}
      {c.left_out > 0 && <Figure value={formatNumber(c.left_out, lang)} label={t.figures.leftOut} />}
      {c.cancelled > 0 && <Figure value={formatNumber(c.cancelled, lang)} label={t.figures.cancelled} />}
    </dl>
  );
}

function Reasons({ title, reasons, state, onShow }: { title: string; reasons: Reason[]; state: string; onShow: (state: string, reason: string) => void }) {
  const lang = useLang();
  if (reasons.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul>
        {reasons.map((r) => (
          <li key={r.reason ?? ''}>
            <button type="button" onClick={() => onShow(state, r.reason ?? '')} className="flex min-h-11 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-sunken">
              <span className="tabular w-12 shrink-0 text-right font-semibold">{formatNumber(r.count, lang)}</span>
              <span className="underline-offset-2 hover:underline">{r.reason_text ?? r.reason}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What became of it; while it is sent, anew every few seconds (the counts themselves come at once, by events). */
export function ReportOf({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const [shown, change] = useSearchState({ state: '', reason: '', page: '1' });
  const live = b.status === 'sending';
  const query = useQuery({
    // What the counts say is part of what is asked: a report that was read before its end is read again.
    queryKey: ['broadcast-report', b.id, shown, b.status, live ? '' : JSON.stringify(b.counts)],
    queryFn: ({ signal }) => api.get<Report>(`${BROADCASTS_URL}${b.id}/report/`, { status: shown.state, reason: shown.reason, page: shown.page, page_size: RECIPIENTS_PAGE }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? LIVE_MS : false,
  });
  const show = (state: string, reason: string) => {
    change({ state, reason, page: '1' });
    document.getElementById('recipients')?.scrollIntoView({ behavior: 'smooth' });
  };
  return (
    <div className="flex flex-col gap-6">
      {b.status === 'failed' && <Alert tone="look" title={t.failedTitle}>{t.failures[b.error_code ?? ''] ?? t.failedHelp}</Alert>}
      {b.status === 'paused' && b.error_code && <Alert tone="look" title={t.pausedByServer}>{t.failures[b.error_code] ?? b.error_code}</Alert>}
      {b.status !== 'failed' && <Panel><Progress broadcast={b} /></Panel>}
      <ListState query={query} skeleton={<><Skeleton className="mb-6 h-24" /><Skeleton className="h-96" /></>}>
        {(report) => (
          <>
            <Figures report={{ ...report, broadcast: b }} />
            {new Set(report.hours.map((h) => h.hour)).size > 1 && <Panel title={t.overTime}><OverTime id={b.id} hours={report.hours} /></Panel>}
            {report.reasons.failed.length + report.reasons.left_out.length > 0 && (
              <Panel title={t.whyNot}>
                <div className="grid gap-6 md:grid-cols-2">
                  <Reasons title={t.failedReasons} reasons={report.reasons.failed} state="failed" onShow={show} />
                  <Reasons title={t.leftOutReasons} reasons={report.reasons.left_out} state="left_out" onShow={show} />
                </div>
              </Panel>
            )}
            <div id="recipients"><Recipients report={{ ...report, broadcast: b }} shown={shown} onChange={change} dimmed={query.isPlaceholderData} /></div>
          </>
        )}
      </ListState>
      <Panel title={t.saidTitle}>
        <div className="grid max-w-4xl gap-4 md:grid-cols-2">
          <WhatsAppBubble text={b.content} time={b.started_at ? formatTime(b.started_at, lang) : ''} />
          {Object.entries(b.variants).map(([language, text]) => <WhatsAppBubble key={language} text={text} time={b.started_at ? formatTime(b.started_at, lang) : ''} />)}
        </div>
      </Panel>
    </div>
  );
}

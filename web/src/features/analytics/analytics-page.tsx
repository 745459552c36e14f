'use client';

import { Download } from 'lucide-react';

import { Badge, type Tone } from '@/components/ui/badge';
import { BarsChart, TimeChart } from '@/components/ui/chart';
import { Empty, ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { withQuery } from '@/lib/api';
import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useSearchState } from '@/lib/use-search-state';
import { analytics } from '@/messages/analytics';
import { DASHBOARD_URL, duration, HOURS, isQuiet, percent, useDashboard, type Dashboard, type Point, type State } from './dashboard';

const INTENTS_SHOWN = 8;
const TONES: Record<State, Tone> = { ok: 'good', late: 'look', paused: 'look', refused: 'look', none: 'plain' };

function Periods({ hours, onHours }: { hours: string; onHours: (hours: string) => void }) {
  const t = useWords(analytics);
  return (
    <div role="group" aria-label={t.period} className="grid grid-cols-4 gap-2 sm:flex sm:flex-wrap">
      {HOURS.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={hours === value}
          onClick={() => onHours(value)}
          className={cn('inline-flex min-h-11 items-center justify-center rounded-full border px-1 whitespace-nowrap sm:px-4', hours === value ? 'border-accent bg-accent-ground font-semibold text-accent-strong' : 'border-line-strong bg-surface hover:bg-sunken')}
        >
          {t.periods[value]}
        </button>
      ))}
    </div>
  );
}

function Answers({ d }: { d: Dashboard }) {
  const words = useWords(analytics);
  const t = words.answers;
  const lang = useLang();
  const axis = { rows: d.series, step: d.step, zone: d.time_zone };
  const figure = (seconds: number | null) => duration(seconds, lang, words);
  return (
    <Panel title={t.title}>
      <div className="flex flex-col gap-8">
        <TimeChart<Point>
          {...axis} title={t.delay} help={t.delayHelp} file="temps-de-reponse" format={figure}
          figures={[{ value: figure(d.response_time.mean_seconds), label: t.mean }, { value: figure(d.response_time.p50_seconds), label: t.halfOf }, { value: figure(d.response_time.p95_seconds), label: t.mostOf }]}
          series={[{ name: t.half, value: (p) => p.response_p50_seconds }, { name: t.most, value: (p) => p.response_p95_seconds }]}
        />
        <TimeChart<Point>
          {...axis} title={t.outcome} file="questions" kind="bars" whole
          figures={[{ value: formatNumber(d.questions.count, lang), label: t.questions(d.questions.count) }, { value: formatNumber(d.questions.refused, lang), label: t.refusedOf }, { value: formatNumber(d.questions.escalated, lang), label: t.escalatedOf }]}
          series={[{ name: t.answered, value: (p) => p.answered }, { name: t.refused, value: (p) => p.refused }, { name: t.escalated, value: (p) => p.escalated }]}
        />
        {d.questions.count > 0 && (
          <BarsChart title={t.intents} column={t.count} file="questions-par-sujet" bars={d.questions.by_intent.slice(0, INTENTS_SHOWN).map((i) => ({ name: words.intents[i.intent] ?? i.intent, value: i.count }))} />
        )}
      </div>
    </Panel>
  );
}

function Failures({ title, column, file, list }: { title: string; column: string; file: string; list: Dashboard['delivery']['failures'] }) {
  const t = useWords(analytics);
  if (list.length === 0) return null;
  return <BarsChart title={title} column={column} file={file} bars={list.slice(0, INTENTS_SHOWN).map((f) => ({ name: t.codes[f.error_code] ?? t.code(f.error_code), value: f.count, tone: 'look' }))} />;
}

function Documents({ d }: { d: Dashboard }) {
  const words = useWords(analytics);
  const t = words.documents;
  const lang = useLang();
  return (
    <Panel title={t.title}>
      <div className="flex flex-col gap-8">
        <TimeChart<Point>
          rows={d.series} step={d.step} zone={d.time_zone} title={t.chart} file="documents" kind="bars" whole
          figures={[{ value: percent(d.indexing.success_rate, lang, words), label: t.rate }, { value: duration(d.indexing.duration.p50_seconds, lang, words), label: t.took }]}
          series={[{ name: t.indexed, value: (p) => p.indexed }, { name: t.failed, value: (p) => p.documents_failed }, { name: t.waiting, value: (p) => p.documents - p.indexed - p.documents_failed }]}
        />
        <Failures title={t.failures} column={t.count} file="documents-echoues" list={d.indexing.failures} />
      </div>
    </Panel>
  );
}

function Messages({ d }: { d: Dashboard }) {
  const words = useWords(analytics);
  const t = words.messages;
  const lang = useLang();
  const axis = { rows: d.series, step: d.step, zone: d.time_zone };
  const share = (v: number | null) => percent(v, lang, words);
  return (
    <Panel title={t.title}>
      <div className="flex flex-col gap-8">
        <TimeChart<Point>
          {...axis} title={t.chart} file="messages" kind="bars" whole
          figures={[{ value: share(d.delivery.delivery_rate), label: t.arrived }, { value: share(d.delivery.read_rate), label: t.readOf }, { value: formatNumber(d.delivery.out, lang), label: t.out(d.delivery.out) }]}
          series={[{ name: t.read, value: (p) => p.read }, { name: t.failed, value: (p) => p.failed }, { name: t.delivered, value: (p) => p.delivered - p.read }, { name: t.sent, value: (p) => p.sent - p.delivered }]}
        />
        <Failures title={t.failures} column={t.count} file="messages-echoues" list={d.delivery.failures} />
        {d.engagement.sent > 0 && (
          <TimeChart<Point>
            {...axis} title={t.engagement} help={t.engagementHelp} file="engagement" max={1} format={share}
            figures={[{ value: share(d.engagement.read_rate), label: t.readOf }, { value: share(d.engagement.reply_rate), label: t.repliedOf }]}
            series={[{ name: t.read, value: (p) => (p.broadcast_delivered ? p.broadcast_read / p.broadcast_delivered : null) }, { name: t.replied, value: (p) => (p.broadcast_delivered ? p.broadcast_replied / p.broadcast_delivered : null) }]}
          />
        )}
      </div>
    </Panel>
  );
}

function Service({ name, state, detail }: { name: string; state: State; detail?: string }) {
  const t = useWords(analytics).services;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 border-b border-line py-1 last:border-0">
      <span className="min-w-44">{name}</span>
      <Badge tone={TONES[state]}>{t.states[state]}</Badge>
      {detail && <span className="tabular text-ink-soft">{detail}</span>}
    </li>
  );
}

function Services({ d }: { d: Dashboard }) {
  const words = useWords(analytics);
  const t = words.services;
  const lang = useLang();
  const s = d.services;
  const share = (v: number | null) => percent(v, lang, words);
  return (
    <Panel title={t.title}>
      <div className="flex flex-col gap-8">
        <div>
          <h3 className="font-semibold">{t.now}</h3>
          <ul>
            <Service name={t.sending} state={s.sending} detail={t.waiting(s.messages_waiting)} />
            <Service name={t.model} state={s.model} />
            <Service name={t.embedder} state={s.embedder} />
            <Service name={t.jobs} state={s.dead_jobs ? 'late' : 'ok'} detail={t.dead(s.dead_jobs)} />
          </ul>
        </div>
        <TimeChart<Point>
          rows={d.series} step={d.step} zone={d.time_zone} title={t.chart} help={t.chartHelp} file="services" max={1} format={share}
          figures={[{ value: share(s.well), label: t.wellOf }, { value: share(s.up), label: t.upOf }]}
          series={[{ name: t.well, value: (p) => p.well }, { name: t.up, value: (p) => p.up }]}
        />
      </div>
    </Panel>
  );
}

export function AnalyticsPage() {
  const t = useWords(analytics);
  const [{ hours }, change] = useSearchState({ hours: '168' });
  const chosen = HOURS.find((value) => value === hours) ?? '168';
  const query = useDashboard(chosen);
  return (
    <>
      <PageHeader
        title={t.title}
        lead={t.lead}
        action={
          <a href={withQuery(DASHBOARD_URL, { hours: chosen, format: 'csv' })} download className="inline-flex min-h-11 items-center gap-2 rounded-md px-3 font-semibold text-accent hover:bg-accent-ground">
            <Download aria-hidden className="size-5" />{t.all}
          </a>
        }
      />
      <div className={cn('flex flex-col gap-6 transition-opacity', query.isPlaceholderData && 'opacity-60')}>
        <Periods hours={chosen} onHours={(value) => change({ hours: value })} />
        <ListState query={query} skeleton={<><Skeleton className="h-96" /><Skeleton className="h-96" /></>}>
          {(d) => (
            <>
              {isQuiet(d) ? <Panel><Empty title={t.emptyTitle}>{t.emptyHelp}</Empty></Panel> : <><Answers d={d} /><Documents d={d} /><Messages d={d} /></>}
              <Services d={d} />
            </>
          )}
        </ListState>
      </div>
    </>
  );
}

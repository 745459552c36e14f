'use client';

import { Sparkline } from '@/components/ui/chart-sparkline';
import { formatDuration, formatNumber, formatPercent } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { today } from '@/messages/today';
import { useWeek, type Week } from './today';

/** The number, what it is, and its line of the last days; of one height whether they are there or not. */
function Figure({ value, label, line, lineLabel }: { value: string | undefined; label: string; line: Array<number | null> | undefined; lineLabel: string }) {
  return (
    <div className="grid min-h-14 grid-cols-[minmax(0,1fr)_6rem] items-center gap-x-3">
      <dt className="order-2 text-ink-soft">{label}</dt>
      <dd className="tabular text-title font-semibold">{value ?? '\u00a0'}</dd>
      <dd className="order-1 row-span-2">{line && <Sparkline values={line} label={lineLabel} />}</dd>
    </div>
  );
}

export function Figures() {
  const t = useWords(today);
  const lang = useLang();
  const { data } = useWeek();
  const line = (pick: (point: Week['series'][number]) => number | null) => data?.series.map(pick);
  const seconds = data?.response_time.p50_seconds;
  const rate = data?.questions.answer_rate;
  const none = data && '–';
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-1">
      <Figure value={data && formatNumber(data.delivery.received, lang)} label={t.received} line={line((p) => p.received)} lineLabel={t.lineOf(t.received)} />
      <Figure
        value={rate == null ? none : formatPercent(rate, lang)}
        label={t.answered}
        line={line((p) => (p.questions > 0 ? p.answered / p.questions : null))}
        lineLabel={t.lineOf(t.answered)}
      />
      <Figure
        value={seconds == null ? none : formatDuration(seconds, lang)}
        label={t.delay}
        line={line((p) => p.response_p50_seconds)}
        lineLabel={t.lineOf(t.delay)}
      />
      <Figure value={data && formatNumber(data.indexing.indexed, lang)} label={t.documentsRead} line={line((p) => p.indexed)} lineLabel={t.lineOf(t.documentsRead)} />
    </dl>
  );
}

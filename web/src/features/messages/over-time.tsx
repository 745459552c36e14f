'use client';

import { TimeChart } from '@/components/ui/chart';
import { useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import type { Hour } from './broadcast';

const HOUR_MS = 3600 * 1000;

interface Sum {
  at: string;
  sent: number;
  delivered: number;
  read: number;
  replied: number;
}

/** How many by the end of each hour; an hour in which nothing happened has what the one before had. */
export function sumsOf(hours: readonly Hour[]): Sum[] {
  const first = hours[0];
  const last = hours.at(-1);
  if (!first || !last) return [];
  const known = new Map(hours.map((hour) => [Date.parse(hour.hour), hour]));
  const sums: Sum[] = [];
  const sum = { sent: 0, delivered: 0, read: 0, replied: 0 };
  for (let at = Date.parse(first.hour); at <= Date.parse(last.hour); at += HOUR_MS) {
    const hour = known.get(at);
    if (hour) for (const name of ['sent', 'delivered', 'read', 'replied'] as const) sum[name] += hour[name];
    sums.push({ at: new Date(at).toISOString(), ...sum });
  }
  return sums;
}

/** How it was taken, hour by hour. */
export function OverTime({ id, hours }: { id: number; hours: readonly Hour[] }) {
  const t = useWords(broadcasts);
  return (
    <TimeChart
      title={t.overTime}
      help={t.overTimeHelp}
      hideTitle
      step="hour"
      rows={sumsOf(hours)}
      whole
      file={`message-${id}`}
      series={[
        { name: t.series.sent, value: (r) => r.sent },
        { name: t.series.delivered, value: (r) => r.delivered },
        { name: t.series.read, value: (r) => r.read },
        { name: t.series.replied, value: (r) => r.replied },
      ]}
    />
  );
}

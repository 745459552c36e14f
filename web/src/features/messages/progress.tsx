'use client';

import { ProgressBar } from '@/components/ui/progress-bar';
import { formatDateTime, formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import { aimed, settled, type Broadcast } from './broadcast';

/** How many have been written to, and what it waits for. */
export function Progress({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const total = aimed(b.counts);
  const done = settled(b.counts);
  return (
    <div className="flex flex-col gap-2">
      <ProgressBar label={t.progress} value={done} total={total} tone={b.status === 'sent' ? 'good' : 'accent'} />
      <p className="tabular">
        {b.frozen_at || b.status !== 'sending' ? t.doneOf(formatNumber(done, lang), formatNumber(total, lang)) : t.makingList(formatNumber(total, lang))}
        {b.waits_for && <span className="text-ink-soft"> · {t.waitsFor[b.waits_for]}{b.waits_until && ` ${t.until(formatDateTime(b.waits_until, lang))}`}</span>}
      </p>
    </div>
  );
}

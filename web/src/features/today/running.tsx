'use client';

import Link from 'next/link';

import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { documentPath, DOCUMENTS_URL, type Document } from '@/features/documents/document';
import { ReadingProgress } from '@/features/documents/reading-progress';
import { useLang, useWords } from '@/lib/i18n';
import { formatNumber } from '@/lib/format';
import { useList } from '@/lib/query';
import { todayRunning } from '@/messages/today-running';

const SHOWN = 5;
const ROW = 'relative flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line px-4 py-2 last:border-0 hover:bg-sunken';

interface Broadcast {
  id: number;
  title: string;
  status: string;
  counts: { recipients: number; left_out: number; sent: number; failed: number; cancelled: number };
}

function Sending({ broadcast }: { broadcast: Broadcast }) {
  const t = useWords(todayRunning);
  const lang = useLang();
  const { recipients, left_out, sent, failed, cancelled } = broadcast.counts;
  const total = recipients - left_out;
  const done = sent + failed + cancelled;
  return (
    <li className={ROW}>
      <Link href={`/dashboard/messages/${broadcast.id}/`} prefetch={false} className="row-link min-w-0 font-semibold break-words">{broadcast.title}</Link>
      {total > 0 && (
        <div className="flex min-w-40 flex-col gap-1">
          <ProgressBar label={t.progressOf(broadcast.title)} value={done} total={total} />
          <p className="tabular text-small text-ink-soft">{t.sentOf(formatNumber(done, lang), formatNumber(total, lang))}</p>
        </div>
      )}
    </li>
  );
}

/** What the program is doing: papers being read, messages being sent, with how far it is. */
export function Running() {
  const t = useWords(todayRunning);
  const papers = useList<Document>('documents', DOCUMENTS_URL, { needs: 'reading', page_size: SHOWN });
  const broadcasts = useList<Broadcast>('broadcasts', '/api/messaging/broadcast/', { status: 'sending', page_size: SHOWN });
  const reading = papers.data?.results ?? [];
  const sending = broadcasts.data?.results ?? [];
  if (reading.length + sending.length === 0) return null;
  return (
    <Panel title={t.title} flush>
      <ul>
        {sending.map((b) => <Sending key={b.id} broadcast={b} />)}
        {reading.map((d) => (
          <li key={`d${d.id}`} className={ROW}>
            <p className="min-w-0">
              <Link href={documentPath(d.id)} prefetch={false} className="row-link font-semibold break-words">{d.title}</Link>
              <span className="text-ink-soft"> · {d.patient_name}</span>
            </p>
            <ReadingProgress document={d} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

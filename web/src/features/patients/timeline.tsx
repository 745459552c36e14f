'use client';

import { CircleCheck, CircleX, FileText, MessageCircle, MessageCircleQuestion, Paperclip, Send, UserPlus, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { Pager } from '@/components/ui/data-table';
import { Empty, ListState } from '@/components/ui/list-state';
import { documentPath } from '@/features/documents/document';
import { colon, formatDate, formatTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { patients } from '@/messages/patients';
import { patientUrl, type Purpose } from './patient';

interface Event {
  at: string;
  kind: string;
  ref: number;
  text: string;
}

const PAGE_SIZE = 50;
const ICONS: Record<string, LucideIcon> = {
  created: UserPlus, activated: CircleCheck, activation_sent: Send, consent_granted: CircleCheck, consent_withdrawn: CircleX, document: FileText,
  message_in: MessageCircle, message_out: Send, question: MessageCircleQuestion, media: Paperclip,
};

function What({ event }: { event: Event }) {
  const lang = useLang();
  const t = useWords(patients);
  const word = t.eventKinds[event.kind] ?? event.kind;
  if (event.kind === 'document' && event.ref) {
    return <>{word}{colon(lang)}<Link href={documentPath(event.ref)} prefetch={false} className="font-semibold text-accent underline underline-offset-2 [overflow-wrap:anywhere]">{event.text || t.openPaper}</Link></>;
  }
  const text = event.kind.startsWith('consent_') ? (t.purposes[event.text as Purpose] ?? event.text) : event.text;
  return <>{word}{text && <span className="text-ink-soft [overflow-wrap:anywhere]">{colon(lang)}{text}</span>}</>;
}

/** What happened to a record, newest first, a heading a day. */
export function Timeline({ patientId }: { patientId: number }) {
  const t = useWords(patients);
  const lang = useLang();
  const [page, setPage] = useState(1);
  const query = useList<Event>('patients', `${patientUrl(patientId)}timeline/`, { page, page_size: PAGE_SIZE });
  return (
    <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.noEvents} />}>
      {(data) => {
        const days = new Map<string, Event[]>();
        for (const event of data.results) {
          const day = formatDate(new Date(event.at), lang);
          days.set(day, [...(days.get(day) ?? []), event]);
        }
        return (
          <>
            {[...days].map(([day, events]) => (
              <section key={day} aria-label={day} className="px-4 py-2">
                <h2 className="text-small font-semibold text-ink-soft">{day}</h2>
                <ol>
                  {events.map((event, at) => {
                    const Icon = ICONS[event.kind] ?? MessageCircle;
                    return (
                      <li key={at} className="flex items-start gap-3 py-2">
                        <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-soft" />
                        <p className="min-w-0 flex-1"><What event={event} /></p>
                        <time dateTime={event.at} className="text-small text-ink-soft">{formatTime(event.at, lang)}</time>
                      </li>
                    );
                  })}
                </ol>
              </section>
            ))}
            <Pager page={page} pageSize={PAGE_SIZE} count={data.count} onPage={setPage} />
          </>
        );
      }}
    </ListState>
  );
}

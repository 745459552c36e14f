'use client';

import { FileText, Megaphone } from 'lucide-react';
import Link from 'next/link';

import { ADVICE } from '@/features/advice/advice';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { conversations } from '@/messages/conversations';
import { sourceHref, sourcesByPage, type Source } from './thread';

const CHIP = 'inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 py-1 text-small text-ink';

function Chip({ source }: { source: Source }) {
  const t = useWords(conversations);
  const lang = useLang();
  const advice = source.collection === 'advice';
  const Icon = advice ? Megaphone : FileText;
  const mayReadSheets = useIsDoctor();
  const href = !advice ? sourceHref(source) : mayReadSheets && source.document_id ? `${ADVICE}${source.document_id}/` : undefined;
  const where = [source.title || t.ownFile, source.date && formatDate(source.date, lang), source.page && t.page(source.page), source.corrected_by && t.correctedBy[source.corrected_by]].filter(Boolean).join(', ');
  const words = (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <span className="min-w-0 break-words">{where}</span>
    </>
  );
  const quote = source.quote ? t.quoted(source.quote) : undefined;
  return href ? <Link href={href} prefetch={false} title={quote} className={`${CHIP} hover:border-accent hover:text-accent`}>{words}</Link> : <span title={quote} className={CHIP}>{words}</span>;
}

/** From which papers an answer is: each opens at the page with the quoted words, a sheet of the clinic's advice for those who write them. */
export function Sources({ sources }: { sources: Source[] }) {
  const t = useWords(conversations);
  if (sources.length === 0) return null;
  return (
    <ul aria-label={t.sources} className="mt-1 flex max-w-full flex-wrap justify-end gap-1">
      {sourcesByPage(sources).map((source, at) => <li key={at} className="max-w-full"><Chip source={source} /></li>)}
    </ul>
  );
}

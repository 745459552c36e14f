'use client';

import { FileText, Megaphone, Minus, TrendingDown, TrendingUp } from 'lucide-react';
import Link from 'next/link';

import { Badge } from '@/components/ui/badge';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { ExpectedOf, PatientOf } from './expected';
import { gotBetter, gotWorse, QUALITY, type Row, type Source } from './golden';

const ICON = 'size-4 shrink-0';

/** Right or in which way not, and whether that is news. */
function Verdict({ row, compared }: { row: Row; compared: boolean }) {
  const t = useWords(quality);
  const change = 'inline-flex items-center gap-1 text-small font-medium whitespace-nowrap';
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={row.passed ? 'good' : 'look'}>{t.verdicts[row.passed ? 'right' : row.why]}</Badge>
      {gotBetter(row) && <span className={`${change} text-good-ink`}><TrendingUp aria-hidden className={ICON} />{t.becameBetter}</span>}
      {gotWorse(row) && <span className={`${change} text-look-ink`}><TrendingDown aria-hidden className={ICON} />{t.becameWorse}</span>}
      {compared && row.passed_before === null && <span className={`${change} text-ink-soft`}><Minus aria-hidden className={ICON} />{t.isNew}</span>}
    </span>
  );
}

/** The quotes of one page of one paper stand together. */
function byPlace(sources: Source[]): Array<{ source: Source; quotes: string[] }> {
  const places = new Map<string, { source: Source; quotes: string[] }>();
  for (const source of sources) {
    const key = JSON.stringify([source.collection, source.document_id, source.page, source.title]);
    const place = places.get(key) ?? { source, quotes: [] };
    if (source.quote) place.quotes.push(source.quote);
    places.set(key, place);
  }
  return [...places.values()];
}

function SourceLine({ source, quotes }: { source: Source; quotes: string[] }) {
  const t = useWords(quality);
  const lang = useLang();
  const advice = source.collection === 'advice';
  const Icon = advice ? Megaphone : FileText;
  const title = source.title || t.ownFile;
  const where = [source.date && formatDate(source.date, lang), source.page && t.page(source.page), advice && t.advice].filter(Boolean).join(', ');
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
      <div className="min-w-0 text-small [overflow-wrap:anywhere]">
        <p>
          {source.document_id && !advice ? (
            <Link href={`/dashboard/documents/${source.document_id}/${source.page ? `?page=${source.page}` : ''}`} prefetch={false} className="font-semibold text-accent underline underline-offset-2">{title}</Link>
          ) : <span className="font-semibold">{title}</span>}
          {where && <span className="text-ink-soft"> · {where}</span>}
        </p>
        {quotes.map((quote, at) => <p key={at} className="line-clamp-2 text-ink-soft">{t.quoted(quote)}</p>)}
      </div>
    </li>
  );
}

/** A question of the run: what was expected beside what was answered. */
function Result({ row, compared }: { row: Row; compared: boolean }) {
  const t = useWords(quality);
  return (
    <li className="px-4 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-64 font-semibold [overflow-wrap:anywhere]">
          <Link href={`${QUALITY}${row.question}/`} prefetch={false} className="hover:text-accent hover:underline">{row.asked}</Link>
        </h3>
        <Verdict row={row} compared={compared} />
      </div>
      <p className="text-ink-soft"><PatientOf of={row} /></p>
      <div className="mt-3 grid gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div>
          <h4 className="mb-1 text-small font-semibold text-ink-soft">{t.expected}</h4>
          <ExpectedOf row={row} />
          {row.note && <p className="mt-2 text-small [overflow-wrap:anywhere] text-ink-soft">{row.note}</p>}
        </div>
        <div>
          <h4 className="mb-1 text-small font-semibold text-ink-soft">{t.answer}</h4>
          <p className="max-w-[75ch] rounded-lg rounded-tl-none bg-sunken px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">{row.answer || t.noAnswer}</p>
          {row.sources.length > 0 && (
            <ul aria-label={t.sources} className="mt-3 flex max-w-[75ch] flex-col gap-2">
              {byPlace(row.sources).map((place, at) => <SourceLine key={at} {...place} />)}
            </ul>
          )}
        </div>
      </div>
    </li>
  );
}

export function Results({ rows, compared }: { rows: Row[]; compared: boolean }) {
  return <ul className="divide-y divide-line">{rows.map((row) => <Result key={row.question} row={row} compared={compared} />)}</ul>;
}

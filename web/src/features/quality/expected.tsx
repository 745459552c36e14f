'use client';

import { Check, X } from 'lucide-react';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import type { Golden, Row } from './golden';

/** In a line, for the list. */
export function ExpectedLine({ golden }: { golden: Pick<Golden, 'expected_words' | 'expect_refusal'> }) {
  const t = useWords(quality);
  return golden.expect_refusal ? t.refusal : golden.expected_words.length ? golden.expected_words.join(' · ') : t.anyAnswer;
}

/** Beside an answer: each word, and whether it stands there. */
export function ExpectedOf({ row }: { row: Row }) {
  const t = useWords(quality);
  if (row.expect_refusal) return <p>{t.refusal}</p>;
  if (row.expected_words.length === 0) return <p>{t.anyAnswer}</p>;
  return (
    <>
      <p>{t.expectedWords}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {row.expected_words.map((word) => {
          const missing = row.why === 'refused' || row.missing_words.includes(word);
          const Icon = missing ? X : Check;
          return (
            <li key={word} className={cn('flex items-start gap-1.5 [overflow-wrap:anywhere]', missing && 'font-semibold text-look-ink')}>
              <Icon aria-hidden className={cn('mt-0.5 size-5 shrink-0', missing ? 'text-look' : 'text-good')} />
              <span>{word}{missing && <span className="font-normal"> ({t.missing})</span>}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function PatientOf({ of }: { of: { patient: number | null; patient_name: string | null } }) {
  const t = useWords(quality);
  return of.patient === null ? t.advice : of.patient_name ?? t.unnamed(of.patient);
}

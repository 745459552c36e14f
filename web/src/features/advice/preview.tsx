'use client';

import { useWords } from '@/lib/i18n';
import { advice } from '@/messages/advice';
import { blocksOf } from './advice';

/** The sheet as it is laid out, under the words that patients see above what is quoted of it. */
export function Preview({ title, body }: { title: string; body: string }) {
  const t = useWords(advice);
  const blocks = blocksOf(body);
  return (
    <section aria-label={t.preview} className="rounded-lg bg-sunken p-4">
      <h2 className="mb-2 text-small font-semibold text-ink-soft">{t.preview}</h2>
      <p className="font-semibold [overflow-wrap:anywhere]">{title || t.noTitle}</p>
      {blocks.length === 0 && <p className="mt-2 text-ink-soft">{t.noText}</p>}
      {blocks.map((block, at) =>
        block.heading ? <h3 key={at} className="mt-3 font-semibold [overflow-wrap:anywhere]">{block.text}</h3> : <p key={at} className="mt-2 [overflow-wrap:anywhere] whitespace-pre-line">{block.text}</p>,
      )}
      <p className="mt-4 border-t border-line pt-2 text-small text-ink-soft">{t.previewHelp}</p>
    </section>
  );
}

'use client';

import { useWords } from '@/lib/i18n';
import { templates } from '@/messages/templates';
import { filled } from './template';

/** The words as WhatsApp shows them, with made-up values where the variables stand. */
export function Bubble({ title, body, variables }: { title: string; body: string; variables: readonly string[] }) {
  const t = useWords(templates);
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-sunken p-4">
      <h2 className="mb-3 text-small font-semibold text-ink-soft">{title}</h2>
      <div className="w-fit max-w-full min-w-32 rounded-lg rounded-tl-none bg-surface px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {body.trim()
          ? filled(body, variables, t.samples).map((piece, at) =>
              piece.variable ? <span key={at} className="font-semibold text-accent">{piece.text}</span> : <span key={at}>{piece.text}</span>,
            )
          : '…'}
      </div>
    </section>
  );
}

import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';

const STYLES: Record<string, (text: string, key: number) => ReactNode> = {
  '*': (text, key) => <strong key={key}>{text}</strong>,
  _: (text, key) => <em key={key}>{text}</em>,
  '~': (text, key) => <s key={key}>{text}</s>,
};

/** WhatsApp's own marks: *bold*, _italic_, ~struck~, within a line and not within words. */
function formatted(text: string): ReactNode[] {
  return text.split(/(?<![\p{L}\p{N}])([*_~](?=\S)[^*_~\n]*[^\s*_~]?[*_~])(?![\p{L}\p{N}])/u).map((piece, at) => {
    const style = at % 2 === 1 && piece.length > 2 && piece[0] === piece.at(-1) ? STYLES[piece[0]!] : undefined;
    return style ? style(piece.slice(1, -1), at) : <span key={at}>{piece}</span>;
  });
}

/** A message as the person sees it on the phone: from the left, with its time. What comes from each record, or is missing in this one, stands in `text` as {{…}} and is called by its name. */
export function WhatsAppBubble({ text, time, footer }: { text: string; time: string; footer?: ReactNode }) {
  const t = useWords(broadcasts);
  return (
    <div className="rounded-lg bg-sunken p-4">
      <div className="relative w-fit max-w-full min-w-32 rounded-lg rounded-tl-none bg-surface px-3 py-2 shadow-float">
        <span aria-hidden className="absolute top-0 -left-2 size-0 border-t-8 border-l-8 border-t-surface border-l-transparent" />
        <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">
          {text.split(/\{\{(prenom|nom|medecin)\}\}/).map((piece, at) =>
            at % 2 ? <mark key={at} className="rounded-sm bg-look-ground px-0.5 font-semibold text-look-ink">{t.fields[piece as keyof typeof t.fields]}</mark> : <span key={at}>{formatted(piece)}</span>,
          )}
        </p>
        <p className="tabular mt-1 text-right text-small text-ink-soft">{time}</p>
      </div>
      {footer}
    </div>
  );
}

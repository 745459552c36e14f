'use client';

import { Badge } from '@/components/ui/badge';
import { useWords } from '@/lib/i18n';
import { documents } from '@/messages/documents';
import { STATE_TONES, stateOf, type Document } from './document';
import { ReadingProgress } from './reading-progress';

export function DocumentBadge({ document }: { document: Document }) {
  const t = useWords(documents);
  const state = stateOf(document);
  return <Badge tone={STATE_TONES[state]}>{state === 'illegible' ? t.stateShort.illegible(document.illegible_pages) : t.states[state]}</Badge>;
}

/** Where it stands, with how far it is while it is read. */
export function DocumentState({ document }: { document: Document }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <DocumentBadge document={document} />
      {stateOf(document) === 'processing' && <ReadingProgress document={document} />}
    </div>
  );
}

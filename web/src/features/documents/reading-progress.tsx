'use client';

import { useState } from 'react';

import { ProgressBar } from '@/components/ui/progress-bar';
import { useEvent } from '@/lib/events';
import { useWords } from '@/lib/i18n';
import { documents } from '@/messages/documents';
import { isOpen, type Document } from './document';

interface Progress {
  id: number;
  status: string;
  pages_done: number;
  page_count: number;
}

/** How far the reading is, page by page, as the server tells it; null: not known. */
export function useReading(document: Document): Progress | null {
  const [told, setTold] = useState<Progress | null>(null);
  useEvent('document', (data) => {
    if (data.id === document.id) setTold(data as unknown as Progress);
  });
  return isOpen(document) && told?.status === 'processing' ? told : null;
}

export function ReadingProgress({ document }: { document: Document }) {
  const t = useWords(documents);
  const told = useReading(document);
  if (!isOpen(document)) return null;
  if (!told?.page_count) return <p className="text-small text-ink-soft">{document.status === 'pending' ? t.waitingToRead : t.beingRead}</p>;
  return (
    <div className="flex min-w-40 flex-col gap-1">
      <ProgressBar label={t.progressOf(document.title)} value={told.pages_done} total={told.page_count} />
      <p className="tabular text-small text-ink-soft">{t.pagesRead(told.pages_done, told.page_count)}</p>
    </div>
  );
}

'use client';

import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';

import { Failed } from '@/components/ui/list-state';
import { CONTROL } from '@/components/ui/field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { api } from '@/lib/api';
import { useWords } from '@/lib/i18n';
import { useSettled } from '@/lib/use-settled';
import { viewer } from '@/messages/viewer';
import { documentUrl } from './document';

interface Hit {
  page: number;
  text: string;
  words: string[];
  legible: boolean;
}

const TYPING_MS = 250;

/** Where words stand in this document; a place that is chosen opens with them marked. */
export function DocumentSearch({ id, onPick }: { id: number; onPick: (page: number, quote: string) => void }) {
  const t = useWords(viewer);
  const inputId = useId();
  const [text, setText] = useState('');
  const asked = useSettled(text.trim(), TYPING_MS);
  const query = useQuery({
    queryKey: ['documents', 'search', id, asked],
    queryFn: ({ signal }) => api.get<{ count: number; more: boolean; results: Hit[] }>(`${documentUrl(id)}search/`, { q: asked }, { signal }),
    enabled: asked.length > 1,
  });
  const found = asked.length > 1 ? query.data : undefined;
  return (
    <div className="flex flex-col gap-3">
      <div role="search" className="relative">
        <label htmlFor={inputId} className="sr-only">{t.search}</label>
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-5 text-ink-soft" />
        <input id={inputId} type="search" autoFocus autoComplete="off" placeholder={t.search} value={text} onChange={(event) => setText(event.target.value)} className={cn(CONTROL, 'pl-10')} />
      </div>
      <p role="status" className="text-ink-soft">{found ? (found.count === 0 ? t.foundNone : t.found(found.count, found.more)) : ''}</p>
      {asked.length > 1 && query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {asked.length > 1 && query.isLoading && <SkeletonRows rows={3} />}
      <ul>
        {found?.results.map((hit, i) => (
          <li key={i}>
            <button type="button" onClick={() => onPick(hit.page, hit.words.join(' '))} className="block min-h-11 w-full rounded-md px-3 py-2 text-left hover:bg-accent-ground">
              <span className="text-small text-ink-soft">{t.page(hit.page)}{!hit.legible && ` · ${t.illegible}`}</span>
              <span className="block break-words">{hit.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

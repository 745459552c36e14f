'use client';

import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';

import { IconButton } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { viewer } from '@/messages/viewer';
import type { PageAbout } from './page';

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|VIDEO|AUDIO)$/.test(target.tagName));

/** Left and right turn the page, unless somebody types or moves within something. */
function useArrows(turn: (by: number) => void) {
  const latest = useEffectEvent(turn);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog],[role=menu]')) return;
      // A picture that is larger than its frame is moved by the same keys.
      const frame = event.target instanceof HTMLElement ? event.target : null;
      if (frame && frame !== document.body && frame.scrollWidth > frame.clientWidth + 1 && getComputedStyle(frame).overflowX === 'auto') return;
      if (event.key === 'ArrowLeft') latest(-1);
      else if (event.key === 'ArrowRight') latest(1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** The pages by number, those that are illegible with a sign; one before, one after. */
export function PageStrip({ page, count, outline, onPage, onTurn }: { page: number; count: number; outline: PageAbout[]; onPage: (page: number) => void; onTurn: (by: number) => void }) {
  const t = useWords(viewer);
  const current = useRef<HTMLButtonElement>(null);
  useArrows(onTurn);
  useEffect(() => {
    const button = current.current;
    const strip = button?.parentElement?.parentElement;
    if (button && strip) strip.scrollLeft = button.offsetLeft - strip.clientWidth / 2;
  }, [page, outline]);
  if (count < 2) return null;
  return (
    <nav aria-label={t.pages} className="mb-4 flex items-center gap-1 rounded-lg border border-line bg-surface p-1">
      <IconButton label={t.before} disabled={page <= 1} onClick={() => onTurn(-1)} className="disabled:opacity-40"><ChevronLeft aria-hidden className="size-5" /></IconButton>
      <ol className="relative flex min-w-0 flex-1 gap-1 overflow-x-auto">
        {outline.map((about) => (
          <li key={about.number}>
            <button
              ref={about.number === page ? current : undefined}
              type="button"
              aria-current={about.number === page ? 'page' : undefined}
              aria-label={about.legible ? t.page(about.number) : `${t.page(about.number)}, ${about.source === 'unread' ? t.sources.unread : t.illegible}`}
              title={about.attachment ?? undefined}
              onClick={() => onPage(about.number)}
              className={cn('tabular inline-flex size-11 items-center justify-center gap-0.5 rounded-md', about.number === page ? 'bg-accent-ground font-semibold text-accent-strong' : 'hover:bg-sunken')}
            >
              {about.number}
              {!about.legible && <TriangleAlert aria-hidden className="size-3.5 text-look" />}
            </button>
          </li>
        ))}
      </ol>
      <p className="tabular hidden px-2 text-small whitespace-nowrap text-ink-soft sm:block">{t.pageOf(page, count)}</p>
      <IconButton label={t.after} disabled={page >= count} onClick={() => onTurn(1)} className="disabled:opacity-40"><ChevronRight aria-hidden className="size-5" /></IconButton>
    </nav>
  );
}

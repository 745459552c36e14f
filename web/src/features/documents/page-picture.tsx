'use client';

import { Minus, Plus, RotateCw, Scan } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { Button, IconButton } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { viewer } from '@/messages/viewer';
import { documentUrl } from './document';
import type { Box, Line, Page } from './page';

const ZOOMS = [100, 150, 200, 300, 400];

const rect = ([x, y, width, height]: Box) => ({ x, y, width, height });

/** Where words stand, over the picture: lines that answer to the pointer, words of the quote, the line that one is at. */
function Marks({ page, lines, active, marked, onActive }: { page: Page; lines: Line[]; active: number | null; marked: Set<number>; onActive: (at: number | null) => void }) {
  const margin = page.height / 250;
  return (
    <svg aria-hidden viewBox={`0 0 ${page.width} ${page.height}`} className="absolute inset-0 size-full" onPointerLeave={() => onActive(null)}>
      {page.words.map((word, index) => marked.has(index) && <rect key={index} data-quoted {...rect(word.box)} className="fill-look/25 stroke-look" strokeWidth={margin / 2} />)}
      {lines.map((line) => {
        const [x, y, w, h] = line.box;
        return (
          <rect
            key={line.at}
            data-line={line.at}
            x={x - margin}
            y={y - margin}
            width={w + 2 * margin}
            height={h + 2 * margin}
            rx={margin}
            strokeWidth={margin}
            onPointerEnter={() => onActive(line.at)}
            className={cn('transition-colors', line.at === active ? 'fill-accent/20 stroke-accent' : 'fill-transparent stroke-transparent')}
          />
        );
      })}
    </svg>
  );
}

function Failure({ onRetry }: { onRetry: () => void }) {
  const t = useWords(viewer);
  return (
    <div role="alert" className="flex h-full min-h-64 flex-col items-center justify-center gap-3 p-4 text-center">
      <p>{t.pictureFailed}</p>
      <Button onClick={onRetry}>{t.pictureAgain}</Button>
    </div>
  );
}

/** The page as people see it: larger, smaller, turned. What is not read has no size that is known yet. */
export function PagePicture({ id, version, page, lines, active, marked, onActive }: {
  id: number;
  /** Another one when the document was read again: a page may be turned otherwise. */
  version: string | null;
  page: Page;
  lines: Line[];
  active: number | null;
  marked: Set<number>;
  onActive: (at: number | null) => void;
}) {
  const t = useWords(viewer);
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(0);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<'coming' | 'there' | 'failed'>('coming');
  const [tries, setTries] = useState(0);
  const sideways = turn % 180 !== 0;
  const [width, height] = sideways ? [page.height, page.width] : [page.width, page.height];
  const first = page.words.find((_, index) => marked.has(index));

  // The quoted words come into view, whatever the zoom.
  useEffect(() => {
    const box = frame.current;
    if (!box || !first || sideways || turn !== 0) return;
    const y = (first.box[1] / page.height) * box.scrollHeight;
    box.scrollTo({ top: Math.max(0, y - box.clientHeight / 3), left: Math.max(0, (first.box[0] / page.width) * box.scrollWidth - box.clientWidth / 4) });
  }, [first, page, zoom, sideways, turn, state]);

  return (
    <section aria-label={t.picture} className="flex min-w-0 flex-col rounded-lg border border-line bg-sunken">
      <div className="flex items-center gap-1 border-b border-line px-2">
        <IconButton label={t.smaller} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)} className="disabled:opacity-40"><Minus aria-hidden className="size-5" /></IconButton>
        <span aria-live="polite" className="tabular w-14 text-center text-small">{ZOOMS[zoom]} %</span>
        <IconButton label={t.larger} disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)} className="disabled:opacity-40"><Plus aria-hidden className="size-5" /></IconButton>
        <IconButton label={t.fit} onClick={() => { setZoom(0); setTurn(0); }}><Scan aria-hidden className="size-5" /></IconButton>
        <IconButton label={t.turn} onClick={() => setTurn((turn + 90) % 360)}><RotateCw aria-hidden className="size-5" /></IconButton>
      </div>
      <div ref={frame} role="group" tabIndex={0} aria-label={t.pictureOf(page.number)} className="relative max-h-[calc(100dvh-11rem)] min-h-64 overflow-auto p-2">
        {state === 'failed' ? <Failure onRetry={() => { setState('coming'); setTries(tries + 1); }} /> : (
          <div className="relative mx-auto" style={{ width: `${ZOOMS[zoom]}%`, aspectRatio: `${width} / ${height}` }}>
            <div
              className="absolute top-1/2 left-1/2 bg-surface shadow-float"
              style={{ width: sideways ? `${(page.width / width) * 100}%` : '100%', aspectRatio: `${page.width} / ${page.height}`, transform: `translate(-50%, -50%) rotate(${turn}deg)` }}
            >
              {state === 'coming' && <Skeleton className="absolute inset-0" />}
              <img
                key={tries}
                src={`${documentUrl(id)}pages/${page.number}/image/?v=${encodeURIComponent(version ?? '')}${tries || ''}`}
                alt={t.pictureOf(page.number)}
                onLoad={() => setState('there')}
                onError={() => setState('failed')}
                className={cn('size-full', state !== 'there' && 'opacity-0')}
              />
              <Marks page={page} lines={lines} active={active} marked={marked} onActive={onActive} />
            </div>
          </div>
        )}
      </div>
    </section>
  );
}

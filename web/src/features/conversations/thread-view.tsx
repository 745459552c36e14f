'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from 'react';

import { IconButton } from '@/components/ui/button';
import { Empty, Failed } from '@/components/ui/list-state';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { formatDate, formatTime, type Lang } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import { Bubble, type BubbleProps } from './bubble';
import type { Deed, Placed, ThreadMessage, Whose } from './thread';
import { useThread } from './use-thread';

const USUAL_HEIGHT = 92;
const AHEAD = 12;
const NEAR_END = 120;
/** What scrolls this soon after a touch of the reader was scrolled by the reader. */
const TOUCH_MS = 1500;
/** How far behind a message its answer may stand. */
const ANSWER_WITHIN = 4;

const dayOf = (message: ThreadMessage) => new Date(message.created_at).toDateString();

function dayName(at: string, lang: Lang, today: string, yesterday: string): string {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  return days === 0 ? today : days === 1 ? yesterday : formatDate(at, lang);
}

function Line({ children }: { children: ReactNode }) {
  return <p className="mx-auto my-2 w-fit max-w-[90%] rounded-full bg-sunken px-3 py-1 text-center text-small text-ink-soft">{children}</p>;
}

function Deeds({ deeds }: { deeds: Deed[] }) {
  const t = useWords(conversations);
  const lang = useLang();
  return deeds.map((deed) => <Line key={deed.id}>{t.deeds[deed.kind](deed.user_name || t.doctor)} · <time dateTime={deed.at}>{formatTime(deed.at, lang)}</time></Line>);
}

/** The shape of a message that is on its way. */
function Coming({ at }: { at: number }) {
  return <div className={cn('flex px-4 py-2', at % 2 && 'justify-end')}><Skeleton className="h-16 w-3/5 max-w-96" /></div>;
}

type Extras = (message: ThreadMessage) => Partial<BubbleProps>;

function Row({ at, rowAt, extras }: { at: number; rowAt: (at: number) => Placed | undefined; extras?: Extras }) {
  const t = useWords(conversations);
  const lang = useLang();
  const row = rowAt(at);
  if (!row) return <Coming at={at} />;
  const { message } = row;
  const previous = at > 0 ? rowAt(at - 1)?.message : undefined;
  const next = rowAt(at + 1)?.message;
  const newDay = at === 0 || (previous !== undefined && dayOf(previous) !== dayOf(message));
  const danger = message.direction === 'in' && Array.from({ length: ANSWER_WITHIN }, (_, n) => rowAt(at + 1 + n)?.message)
    .some((m) => m?.answers === message.id && (m.answer?.escalated || m.kind === 'alert'));
  const goesOn = message.answers !== null && next?.direction === 'out' && next.answers === message.answers;
  return (
    <>
      {newDay && <Line><time dateTime={message.created_at}>{dayName(message.created_at, lang, t.today, t.yesterday)}</time></Line>}
      <Deeds deeds={row.before} />
      <Bubble message={message} danger={danger} goesOn={goesOn} {...extras?.(message)} />
      <Deeds deeds={row.after} />
    </>
  );
}

/**
 * The end, or the message that one came for, stays in sight until the reader goes away from it, whatever grows or shrinks meanwhile: rows that
 * are measured, a message that comes, the box itself. Only what the reader did counts: measuring scrolls, too.
 */
function useInSight(box: RefObject<HTMLDivElement | null>, some: boolean, toMessage: (() => void) | null) {
  const held = useRef<'end' | 'message' | null>('end');
  const touched = useRef(-Infinity); // not 0: that is when the page was opened
  const aim = useEffectEvent(() => toMessage?.());
  const target = useEffectEvent(() => (toMessage ? 'message' : 'end'));
  useEffect(() => {
    const element = box.current;
    if (!element?.firstElementChild) return;
    held.current = target();
    const follow = () => {
      if (held.current === 'end') element.scrollTop = element.scrollHeight;
      if (held.current === 'message') aim();
    };
    const touch = () => {
      touched.current = performance.now();
    };
    const scrolled = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      if (performance.now() - touched.current < TOUCH_MS) held.current = near ? 'end' : null;
      else if (near && held.current === null) held.current = 'end';
    };
    const watch = new ResizeObserver(follow);
    watch.observe(element);
    watch.observe(element.firstElementChild);
    for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown']) element.addEventListener(name, touch, { passive: true });
    element.addEventListener('scroll', scrolled, { passive: true });
    follow();
    return () => {
      watch.disconnect();
      for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown']) element.removeEventListener(name, touch);
      element.removeEventListener('scroll', scrolled);
    };
  }, [box, some]);
  return () => {
    held.current = 'end';
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
}

interface ThreadViewProps {
  whose: Whose;
  label: string;
  /** The message that one came for: in sight and marked, instead of the newest. */
  message?: number;
  extras?: Extras;
  empty?: ReactNode;
  className?: string;
}

/** A conversation of any length, the newest message in sight; older ones come as one scrolls. */
export function ThreadView({ whose, label, message, extras, empty, className }: ThreadViewProps) {
  const t = useWords(conversations);
  const box = useRef<HTMLDivElement>(null);
  const { newest, count, numberOfMessage, rowAt, want } = useThread(whose, message);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: AHEAD,
  });
  const ready = newest.data !== undefined && numberOfMessage !== undefined;
  // One that is not there (any more): the end, as always.
  const toMessage = numberOfMessage == null ? null : () => virtual.scrollToIndex(numberOfMessage, { align: 'center' });
  const toEnd = useInSight(box, ready && count > 0, toMessage);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index;
  const last = items.at(-1)?.index;

  useEffect(() => {
    if (first !== undefined && last !== undefined) want(first, last);
  });

  const frame = cn('relative min-h-0', className);
  if (!ready) {
    return newest.error
      ? <div className={frame}><Failed error={newest.error} retry={() => void newest.refetch()} /></div>
      : <div className={cn(frame, 'flex flex-col justify-end gap-2 overflow-hidden pb-4')}><p role="status" className="sr-only">{t.loading}</p>{[0, 1, 2, 3].map((at) => <Coming key={at} at={at} />)}</div>;
  }
  if (count === 0) return <div className={frame}>{empty ?? <Empty title={t.noMessages}>{t.noMessagesHelp}</Empty>}</div>;
  return (
    <div className={frame}>
      <div ref={box} role="region" aria-label={label} tabIndex={0} className="h-full overflow-y-auto overscroll-contain bg-ground [scrollbar-gutter:auto]">
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              aria-current={item.index === numberOfMessage || undefined}
              className="absolute inset-x-0 top-0 aria-[current]:bg-look-ground"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Row at={item.index} rowAt={rowAt} extras={extras} />
            </li>
          ))}
        </ol>
      </div>
      {last !== undefined && last < count - 1 && (
        <div className="absolute right-4 bottom-4 rounded-full border border-line bg-surface shadow-float">
          <IconButton label={t.toNewest} onClick={toEnd}><ArrowDown aria-hidden className="size-5" /></IconButton>
        </div>
      )}
    </div>
  );
}

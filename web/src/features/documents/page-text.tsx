'use client';

import { CircleCheck, PencilLine } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { viewer } from '@/messages/viewer';
import { detailOf, ICONS, type Fact } from './fact';
import { LineEditor } from './line-editor';
import { UNSURE_BELOW, type Line } from './page';

function Words({ line, marked }: { line: Line; marked: Set<number> }) {
  const t = useWords(viewer);
  return line.words.map((word, i) => {
    const unsure = word.confidence < UNSURE_BELOW;
    const text = unsure ? (
      <span title={t.unsure(word.confidence)} className="underline decoration-look decoration-wavy underline-offset-4">
        {word.text}<span aria-hidden className="align-super text-[0.75em] text-look-ink">?</span><span className="sr-only"> {t.unsureShort}</span>
      </span>
    ) : word.text;
    return <span key={word.index}>{i > 0 && ' '}{marked.has(word.index) ? <mark className="rounded-sm bg-look-ground font-semibold text-look-ink underline decoration-look decoration-2">{text}</mark> : text}</span>;
  });
}

function Chip({ fact, onOpen, onActive }: { fact: Fact; onOpen: () => void; onActive: (on: boolean) => void }) {
  const t = useWords(viewer);
  const Icon = ICONS[fact.type];
  const detail = detailOf(fact);
  return (
    <button
      type="button"
      onClick={onOpen}
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
      onFocus={() => onActive(true)}
      className="inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-line-strong bg-surface px-3 py-1 text-left text-small hover:border-accent hover:bg-accent-ground sm:min-h-9"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-accent" />
      <span className="min-w-0">
        <span className="sr-only">{t.types[fact.type]}{' : '}</span>
        <span className="font-semibold">{fact.name}</span>{detail && <span className="text-ink-soft"> {detail}</span>}
      </span>
      {fact.correction && <span title={t.factCorrected}><CircleCheck aria-hidden className="size-4 shrink-0 text-good" /><span className="sr-only">{t.factCorrected}</span></span>}
    </button>
  );
}

function useScrollTo(wanted: boolean): RefObject<HTMLLIElement | null> {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (wanted) row.current?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  return row;
}

function Row({ line, facts, active, first, marked, tabbable, editing, mayWrite, onActive, onEdit, onFact, onSave }: {
  line: Line;
  facts: Fact[];
  active: boolean;
  /** The first line of the quote: it comes into view. */
  first: boolean;
  marked: Set<number>;
  tabbable: boolean;
  editing: boolean;
  mayWrite: boolean;
  onActive: (at: number | null) => void;
  onEdit: (at: number | null) => void;
  onFact: (fact: Fact) => void;
  onSave: (line: Line, text: string) => Promise<void>;
}) {
  const t = useWords(viewer);
  const row = useScrollTo(first);
  const shape = cn('block w-full rounded-md border-l-4 px-3 py-1.5 text-left break-words', active ? 'border-accent bg-accent-ground' : 'border-transparent');
  return (
    <li ref={row} data-line={line.at}>
      {editing ? <LineEditor line={line} onDone={() => onEdit(null)} onSave={(text) => onSave(line, text)} /> : (
        <button
          type="button"
          data-row
          tabIndex={tabbable ? 0 : -1}
          title={mayWrite ? t.correctLine : undefined}
          onPointerEnter={() => onActive(line.at)}
          onFocus={() => onActive(line.at)}
          onClick={() => mayWrite && onEdit(line.at)}
          className={cn(shape, !mayWrite && 'cursor-default')}
        >
          <Words line={line} marked={marked} />
          {mayWrite && active && <PencilLine aria-hidden className="ml-2 inline size-4 text-accent" />}
        </button>
      )}
      {facts.length > 0 && (
        <div className="flex flex-wrap gap-2 py-1 pl-4">
          {facts.map((fact) => <Chip key={fact.id} fact={fact} onOpen={() => onFact(fact)} onActive={(on) => onActive(on ? line.at : null)} />)}
        </div>
      )}
    </li>
  );
}

/** What was read, a line each: up and down go from line to line, Enter corrects it. Facts stand under the line that they come from. */
export function PageText({ lines, facts, active, marked, editing, mayWrite, onActive, onEdit, onFact, onSave }: {
  lines: Line[];
  /** By the line that they stand at. */
  facts: Map<number, Fact[]>;
  active: number | null;
  marked: Set<number>;
  editing: number | null;
  mayWrite: boolean;
  onActive: (at: number | null) => void;
  onEdit: (at: number | null) => void;
  onFact: (fact: Fact) => void;
  onSave: (line: Line, text: string) => Promise<void>;
}) {
  const t = useWords(viewer);
  const list = useRef<HTMLOListElement>(null);
  const first = lines.find((line) => line.words.some((word) => marked.has(word.index)));
  const tabbable = lines.some((line) => line.at === active) ? active : lines[0]?.at;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  }

  return (
    <ol ref={list} aria-label={t.lines} onKeyDown={onKeyDown} onPointerLeave={() => onActive(null)}>
      {lines.map((line) => (
        <Row
          key={line.at}
          {...{ line, marked, mayWrite, onActive, onEdit, onFact, onSave }}
          facts={facts.get(line.at) ?? []}
          active={line.at === active}
          first={line === first}
          tabbable={line.at === tabbable}
          editing={line.at === editing}
        />
      ))}
    </ol>
  );
}

export function PageQuality({ source, confidence, legible }: { source: string; confidence: number; legible: boolean }) {
  const t = useWords(viewer);
  if (source === 'corrected') return <Badge tone="good">{t.sources.corrected}</Badge>;
  if (source === 'unread') return <Badge tone="look">{t.sources.unread}</Badge>;
  if (!legible) return <Badge tone="look">{t.illegible}</Badge>;
  return <span className="text-small text-ink-soft">{source === 'text' ? t.sources.text : t.readAt(confidence)}</span>;
}

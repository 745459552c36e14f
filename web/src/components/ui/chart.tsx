'use client';

/**
 * Charts: a picture with its number beside it, its figures as a table below, as CSV and as a picture to take away. Recharts is loaded when
 * the first one is shown.
 *
 *   <TimeChart title={t.delays} step="hour" rows={series} file="delais"
 *     series={[{ name: t.median, value: (r) => r.p50_s }, { name: t.p95, value: (r) => r.p95_s }]}
 *     figures={[{ value: '1,2 s', label: t.median }]} format={(s) => `${formatNumber(s, lang)} s`} />
 *   <BarsChart title={t.reasons} bars={[{ name: t.blocked, value: 12, tone: 'look' }]} file="motifs" column={t.people} />
 *   <Sparkline values={[3, 0, null, 8]} label={t.lastDays} />        chart-sparkline.tsx, without Recharts: for a first page
 *
 * A row of a TimeChart is anything with `at`, the start of a piece of `step` length; `value` picks a series' value from it, and null is a gap,
 * drawn as one (nothing was measured: not the same as 0). At most four series: `line` (the default), `area` for one alone, `bars` lie on
 * each other. All axes start at zero. `whole` for what is counted, `max={1}` for shares, `zone` the time zone of the pieces. It stands in a
 * <Panel>, its title below the panel's; `hideTitle` where they would say the same. The height of a BarsChart is that of its bars.
 */
import { ChevronRight, Download, Image as Picture } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react';

import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/format';
import { formatStep, type Step } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { csvOf, saveFile, type Cell } from '@/lib/save-file';
import { toast } from '@/lib/toast';
import { chart } from '@/messages/chart';
import { pngOf } from './chart-picture';
import { Skeleton } from './skeleton';

export { Sparkline } from './chart-sparkline';

export type Kind = 'line' | 'area' | 'bars';

export interface Series<T> {
  name: string;
  value: (row: T) => number | null;
}
export interface Bar {
  name: string;
  value: number;
  /** What stands at its end, unless it is the number. */
  shown?: string;
  tone?: 'plain' | 'look' | 'danger';
}
export interface Figure {
  value: string;
  label: string;
}
interface Common {
  title: string;
  hideTitle?: boolean;
  /** A sentence under the title: what is counted. */
  help?: ReactNode;
  /** The numbers beside the picture. */
  figures?: Figure[];
  /** Name of the files, without ending. */
  file: string;
  format?: (value: number) => string;
}

const drawing = () => import('./chart-drawing');
const TimeDrawing = dynamic(() => drawing().then((m) => m.TimeDrawing), { ssr: false, loading: () => <Skeleton className="h-full" /> });
const BarDrawing = dynamic(() => drawing().then((m) => m.BarDrawing), { ssr: false, loading: () => <Skeleton className="h-40" /> });

const QUIET = 'inline-flex min-h-11 items-center gap-2 rounded-md px-2 text-small font-semibold text-accent hover:bg-accent-ground';

interface Table {
  head: string[];
  /** As people read them. */
  rows: Array<Array<string | null>>;
  /** As programs do. */
  raw: Cell[][];
}

function Numbers({ id, title, table }: { id: string; title: string; table: Table }) {
  const t = useWords(chart);
  return (
    <div id={id} role="region" aria-label={t.numbersOf(title)} tabIndex={0} className="max-h-80 overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-left text-small">
        <thead className="sticky top-0 bg-sunken">
          <tr>{table.head.map((name, i) => <th key={name} scope="col" className={cn('px-3 py-2 font-semibold', i > 0 && 'text-right')}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map(([first, ...others], n) => (
            <tr key={n} className="border-t border-line">
              <th scope="row" className="px-3 py-1.5 font-normal whitespace-nowrap">{first}</th>
              {others.map((value, i) => <td key={i} className="px-3 py-1.5 text-right">{value ?? <><span aria-hidden>—</span><span className="sr-only">{t.none}</span></>}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures below the picture, and what can be taken away. */
function Below({ title, file, table, picture }: { title: string; file: string; table: Table; picture: RefObject<HTMLDivElement | null> }) {
  const t = useWords(chart);
  const id = useId();
  const [open, setOpen] = useState(false);
  async function savePicture() {
    const svg = picture.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    try {
      if (svg) saveFile(`${file}.png`, await pngOf(svg, title));
    } catch {
      toast(t.pictureFailed);
    }
  }
  return (
    <>
      <div className="-mx-2 mt-1 flex flex-wrap sm:gap-x-2">
        <button type="button" aria-expanded={open} aria-controls={open ? id : undefined} className={QUIET} onClick={() => setOpen(!open)}>
          <ChevronRight aria-hidden className={cn('size-4 transition-transform', open && 'rotate-90')} />{t.numbers}<span className="sr-only"> ({title})</span>
        </button>
        <button type="button" className={QUIET} onClick={() => saveFile(`${file}.csv`, csvOf([table.head, ...table.raw]))}>
          <Download aria-hidden className="size-4" /><span className="hidden sm:inline">{t.csv}</span><span className="sm:hidden">{t.csvShort}</span><span className="sr-only"> ({title})</span>
        </button>
        <button type="button" className={QUIET} onClick={() => void savePicture()}>
          <Picture aria-hidden className="size-4" /><span className="hidden sm:inline">{t.picture}</span><span className="sm:hidden">{t.pictureShort}</span><span className="sr-only"> ({title})</span>
        </button>
      </div>
      {open && <Numbers id={id} title={title} table={table} />}
    </>
  );
}

function Beside({ figures }: { figures: Figure[] }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 md:flex-col">
      {figures.map((figure, i) => (
        <div key={figure.label} className="flex flex-col-reverse">
          <dt className="text-small text-ink-soft">{figure.label}</dt>
          <dd className={cn('tabular font-semibold', i === 0 ? 'text-figure' : 'text-lead')}>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Frame({ title, hideTitle, help, figures, file, table, tall, empty, children }: Omit<Common, 'format'> & { table: Table; tall?: boolean; empty: boolean; children: ReactNode }) {
  const t = useWords(chart);
  const id = useId();
  const picture = useRef<HTMLDivElement>(null);
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <h3 id={id} className={hideTitle ? 'sr-only' : 'font-semibold'}>{title}</h3>
      {help && <p className="max-w-[75ch] text-small text-ink-soft">{help}</p>}
      <div className={cn('mt-2 grid items-start gap-x-6 gap-y-3', figures && 'md:grid-cols-[9rem_minmax(0,1fr)]')}>
        {figures && <Beside figures={figures} />}
        {empty ? <p className="flex min-h-24 items-center text-ink-soft">{t.nothing}</p> : <div ref={picture} className={cn('min-w-0', tall && 'h-56')}>{children}</div>}
      </div>
      {!empty && <Below title={title} file={file} table={table} picture={picture} />}
    </figure>
  );
}

/** Values over time. */
export function TimeChart<T extends { at: string }>({ rows, series, step, zone, kind = 'line', max, whole, format, ...frame }: Common & {
  rows: readonly T[];
  series: ReadonlyArray<Series<T>>;
  step: Step;
  zone?: string;
  kind?: Kind;
  max?: number;
  whole?: boolean;
}) {
  const t = useWords(chart);
  const lang = useLang();
  const write = format ?? ((value: number) => formatNumber(value, lang));
  const names = series.map((s) => s.name);
  const points = rows.map((row) => ({
    at: row.at,
    axis: formatStep(row.at, step, lang, { zone }),
    name: formatStep(row.at, step, lang, { zone, full: true }),
    values: series.map((s) => s.value(row)),
  }));
  const table: Table = {
    head: [t.steps[step], ...names],
    rows: points.map((p) => [p.name, ...p.values.map((v) => (v === null ? null : write(v)))]),
    raw: points.map((p) => [p.at, ...p.values]),
  };
  const empty = points.every((p) => p.values.every((v) => v === null));
  return (
    <Frame {...frame} table={table} tall empty={empty}>
      <TimeDrawing label={t.seen(frame.title, points.length)} kind={kind} names={names} points={points} format={write} max={max} whole={whole} />
    </Frame>
  );
}

/** How many of each, from the largest as they come. `column` names what is counted. */
export function BarsChart({ bars, column, format, ...frame }: Common & { bars: readonly Bar[]; column: string }) {
  const t = useWords(chart);
  const lang = useLang();
  const write = format ?? ((value: number) => formatNumber(value, lang));
  const shown = bars.map((bar) => ({ ...bar, shown: bar.shown ?? write(bar.value) }));
  const table: Table = { head: [frame.title, column], rows: shown.map((b) => [b.name, b.shown]), raw: bars.map((b) => [b.name, b.value]) };
  return (
    <Frame {...frame} table={table} empty={bars.length === 0}>
      <BarDrawing label={t.seen(frame.title, bars.length)} bars={shown} />
    </Frame>
  );
}

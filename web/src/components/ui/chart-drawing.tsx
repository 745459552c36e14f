'use client';

/** chart-drawing -- what Recharts draws; loaded when a chart is shown (see chart.tsx). It writes styles by script alone, which the policy allows. */
import {
  Area, Bar, BarChart, CartesianGrid, ComposedChart, LabelList, Line, ResponsiveContainer, Tooltip, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis,
  type TooltipContentProps,
} from 'recharts';

import type { Kind } from './chart';

/** A series says which it is by colour, by dashes and by its name at its end. */
const COLOURS = ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)', 'var(--chart-4)'];
const DASHES = [undefined, '7 4', '2 4', '10 3 2 3'];
const TONES = { plain: 'var(--chart-1)', look: 'var(--look)', danger: 'var(--danger)' } as const;
const TEXT = { fill: 'var(--ink-soft)', fontSize: 14 };
const LETTER = 7.4;
const LABEL_GAP = 18;
const LABEL_MAX = 120;
const AXIS_MAX = 72;
const BAR_ROW = 44;

/** A point of a series: its time, then the values in the order of the series. */
export interface Point {
  at: string;
  name: string;
  axis: string;
  values: Array<number | null>;
}
export interface TimeDrawingProps {
  label: string;
  kind: Kind;
  names: string[];
  points: Point[];
  format: (value: number) => string;
  max?: number;
  whole?: boolean;
}
export interface BarDrawingProps {
  label: string;
  bars: Array<{ name: string; value: number; shown: string; tone?: keyof typeof TONES }>;
}

function Told({ active, payload, names, format }: TooltipContentProps<number, string> & { names: string[]; format: (value: number) => string }) {
  const point = payload?.[0]?.payload as Point | undefined;
  if (!active || !point) return null;
  return (
    <div className="rounded-md border border-line-strong bg-surface px-3 py-2 text-small shadow-float">
      <p className="font-semibold">{point.name}</p>
      {names.map((name, i) => (
        <p key={name} className="tabular flex items-center gap-2">
          <svg aria-hidden width="16" height="8"><line x1="0" y1="4" x2="16" y2="4" stroke={COLOURS[i]} strokeWidth="3" strokeDasharray={DASHES[i]} /></svg>
          {name} <span className="ml-auto pl-3 font-semibold">{point.values[i] == null ? '—' : format(point.values[i])}</span>
        </p>
      ))}
    </div>
  );
}

/** A value between two gaps would be a line of no length. */
function lonely(points: Point[], series: number) {
  return function Lonely({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) {
    const alone = index !== undefined && points[index]?.values[series] != null && points[index - 1]?.values[series] == null && points[index + 1]?.values[series] == null;
    return alone && cx !== undefined && cy !== undefined ? <circle key={index} cx={cx} cy={cy} r={3} fill={COLOURS[series]} /> : <g key={index} />;
  };
}

/** Where the names stand: at the height of the last value, and never on each other. */
function heights(wanted: number[], top: number, bottom: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  order.forEach((o, n) => (o.y = Math.max(o.y, n ? order[n - 1]!.y + LABEL_GAP : top + 6)));
  for (let n = order.length - 1, low = bottom; n >= 0; n--, low -= LABEL_GAP) order[n]!.y = Math.min(order[n]!.y, low);
  const placed: number[] = [];
  for (const { y, i } of order) placed[i] = y;
  return placed;
}

function EndLabels({ names, points, stacked }: { names: string[]; points: Point[]; stacked: boolean }) {
  const area = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!area || !x || !y) return null;
  const wanted = names.map((_, i) => {
    const last = points.findLast((p) => p.values[i] != null);
    const below = stacked ? (last?.values.slice(0, i).reduce<number>((sum, v) => sum + (v ?? 0), 0) ?? 0) : 0;
    const own = last?.values[i] ?? 0;
    return Number(y(stacked ? below + own / 2 : own) ?? 0);
  });
  const at = heights(wanted, area.y, area.y + area.height);
  return (
    <g>
      {names.map((name, i) => (
        <g key={name}>
          <line x1={area.x + area.width + 6} x2={area.x + area.width + 18} y1={at[i]} y2={at[i]} stroke={COLOURS[i]} strokeWidth={3} strokeDasharray={stacked ? undefined : DASHES[i]} />
          <text x={area.x + area.width + 22} y={at[i]! + 4} fontSize={14} fill="var(--ink)">{name}</text>
        </g>
      ))}
    </g>
  );
}

function drawn(kind: Kind, name: string, i: number, points: Point[]) {
  const dataKey = (point: Point) => point.values[i] ?? null;
  const common = { name, dataKey, isAnimationActive: false, connectNulls: false } as const;
  if (kind === 'bars') return <Bar key={name} {...common} stackId="all" fill={COLOURS[i]} stroke="var(--surface)" strokeWidth={1} maxBarSize={32} />;
  if (kind === 'area') return <Area key={name} {...common} type="linear" stroke={COLOURS[i]} strokeWidth={2} fill={COLOURS[i]} fillOpacity={0.15} dot={lonely(points, i)} activeDot={{ r: 4 }} />;
  return <Line key={name} {...common} type="linear" stroke={COLOURS[i]} strokeWidth={2} strokeDasharray={DASHES[i]} dot={lonely(points, i)} activeDot={{ r: 4 }} />;
}

export function TimeDrawing({ label, kind, names, points, format, max, whole }: TimeDrawingProps) {
  const many = names.length > 1;
  const right = many ? Math.min(LABEL_MAX, 28 + LETTER * Math.max(...names.map((n) => n.length))) : 12;
  const top = max ?? Math.max(0, ...points.map((p) => (kind === 'bars' ? p.values.reduce<number>((sum, v) => sum + (v ?? 0), 0) : Math.max(0, ...p.values.map((v) => v ?? 0)))));
  // Not "auto": Recharts measures it once, before the page has its width.
  const left = Math.min(AXIS_MAX, 12 + LETTER * Math.max(...[top, top / 2, top / 3, 0].map((v) => format(whole ? Math.ceil(v) : v).length)));
  const axis = new Map(points.map((p) => [p.at, p.axis]));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} margin={{ top: 8, right, bottom: 0, left: 0 }} accessibilityLayer={false} role="img" aria-label={label}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="at" tickFormatter={(at: string) => axis.get(at) ?? ''} tick={TEXT} stroke="var(--line-strong)" tickLine={false} minTickGap={24} interval="equidistantPreserveStart" height={28} />
        <YAxis width={left} domain={[0, max ?? 'auto']} allowDecimals={!whole} tickCount={4} tickFormatter={format} tick={TEXT} axisLine={false} tickLine={false} />
        <Tooltip isAnimationActive={false} cursor={kind === 'bars' ? { fill: 'var(--sunken)' } : { stroke: 'var(--line-strong)' }} content={(props) => <Told {...(props as TooltipContentProps<number, string>)} names={names} format={format} />} />
        {names.map((name, i) => drawn(kind, name, i, points))}
        {many && <EndLabels names={names} points={points} stacked={kind === 'bars'} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

export function BarDrawing({ label, bars }: BarDrawingProps) {
  const rows = bars.map((bar) => ({ ...bar, fill: TONES[bar.tone ?? 'plain'] }));
  const left = Math.min(160, 8 + LETTER * Math.max(...bars.map((b) => b.name.length)));
  const right = 12 + LETTER * Math.max(...bars.map((b) => b.shown.length));
  return (
    <ResponsiveContainer width="100%" height={bars.length * BAR_ROW + 8}>
      <BarChart layout="vertical" data={rows} margin={{ top: 4, right, bottom: 4, left: 0 }} accessibilityLayer={false} role="img" aria-label={label}>
        <XAxis type="number" domain={[0, 'dataMax']} hide />
        <YAxis type="category" dataKey="name" width={left} tick={{ ...TEXT, fill: 'var(--ink)' }} axisLine={{ stroke: 'var(--line-strong)' }} tickLine={false} interval={0} />
        <Bar dataKey="value" isAnimationActive={false} maxBarSize={22} minPointSize={(value) => (value ? 2 : 0)}>
          <LabelList dataKey="shown" position="right" fill="var(--ink)" fontSize={14} />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

import { cn } from '@/lib/cn';

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 2;

/** Stretches of values that are there: a gap is a gap. */
function stretches(values: ReadonlyArray<number | null>): Array<Array<[number, number]>> {
  const max = Math.max(...values.map((v) => v ?? 0), 1e-9);
  const x = (i: number) => PAD + (i * (WIDTH - 2 * PAD)) / Math.max(values.length - 1, 1);
  const y = (v: number) => HEIGHT - PAD - (v / max) * (HEIGHT - 2 * PAD);
  const all: Array<Array<[number, number]>> = [[]];
  values.forEach((v, i) => (v === null ? all.push([]) : all.at(-1)!.push([x(i), y(v)])));
  return all.filter((stretch) => stretch.length > 0);
}

/**
 * The small line of the last days beside a number, from zero; no axis, no words: the number says what it is. Plain SVG, so that a first
 * page can show it without loading the charts. `label` is what a screen reader says ("Messages reçus ces 7 derniers jours, de 3 à 41").
 */
export function Sparkline({ values, label, className }: { values: ReadonlyArray<number | null>; label: string; className?: string }) {
  const lines = stretches(values);
  const last = values.at(-1) == null ? undefined : lines.at(-1)?.at(-1);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className={cn('text-chart-1', className)}>
      {lines.map((points) => points.length === 1
        ? <circle key={points[0]![0]} cx={points[0]![0]} cy={points[0]![1]} r="1.5" fill="currentColor" />
        : <polyline key={points[0]![0]} points={points.map((p) => p.join(',')).join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />)}
      {last && <circle cx={last[0]} cy={last[1]} r="2" fill="currentColor" />}
    </svg>
  );
}

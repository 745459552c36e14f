import { cn } from '@/lib/cn';

/** Of `total`: how far, or how many. The figures stand beside it. */
export function ProgressBar({ label, value, total, tone = 'accent' }: { label: string; value: number; total: number; tone?: 'accent' | 'good' }) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={Math.max(total, 1)}
      className={cn(
        'block h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-webkit-progress-bar]:bg-line',
        tone === 'good' ? '[&::-moz-progress-bar]:bg-good [&::-webkit-progress-value]:bg-good' : '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent',
      )}
    />
  );
}

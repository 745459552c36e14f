/** format-more -- what the first page does not say, apart from format.ts, which it carries. */
import { dateFormat, formatDate, formatNumber, type Lang } from './format.ts';

/** How long a piece of a time series is. */
export type Step = 'hour' | 'day' | 'week';

/** The name of a piece by its start, in `zone` (the clinic's): "14 h" and "15 nov." on an axis, "ven. 15 nov., 14:00" in full. */
export function formatStep(start: string, step: Step, lang: Lang = 'fr', { zone, full }: { zone?: string; full?: boolean } = {}): string {
  const date = new Date(start);
  const day = () => dateFormat(lang, { ...(full && { weekday: 'short' }), day: 'numeric', month: 'short', timeZone: zone }).format(date);
  if (step !== 'hour') return day();
  const hour = dateFormat(lang, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(date);
  return full ? `${day()}, ${hour}` : lang === 'en' ? hour : hour.replace(':', '\u00a0h\u00a0').replace(/\u00a0h\u00a000$/, '\u00a0h');
}

/** "3,4 Mo" */
export function formatBytes(bytes: number, lang: Lang = 'fr'): string {
  const units = lang !== 'en' ? ['o', 'ko', 'Mo', 'Go'] : ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  let value = bytes;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${formatNumber(value, lang, { maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 })}\u00a0${units[at]}`;
}

/** "14/12/2026", as papers write a day, in the form of formatDate; null: it is not that and nothing more, or no day at all. */
export function printedDay(text: string, lang: Lang = 'fr'): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? [];
  if (!day || !month || !year) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) ? null : formatDate(iso, lang);
}

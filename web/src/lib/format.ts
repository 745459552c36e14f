/**
 * format -- dates, times, numbers and telephones as they are written in Senegal and France.
 */
/** Wolof writes dates and numbers as French does. */
export type Lang = 'fr' | 'en' | 'wo';

const LOCALES: Record<Lang, string> = { fr: 'fr-FR', en: 'en-GB', wo: 'fr-FR' };
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/**
 * Making one costs a phone tens of milliseconds, using it none: each is made once. The first page needs none of them for what is of today
 * and below a thousand, which is written here.
 */
function kept<Options, Format>(make: (locale: string, options: Options) => Format): (lang: Lang, options: Options) => Format {
  const formats = new Map<string, Format>();
  return (lang, options) => {
    const key = lang + JSON.stringify(options);
    let format = formats.get(key);
    if (!format) formats.set(key, (format = make(LOCALES[lang], options)));
    return format;
  };
}

/** Of the given options, as the language writes it. */
export const dateFormat = kept((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const numberFormat = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));

/** A day without a time ("1980-01-01") is that day everywhere. */
function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** "15 nov. 2024" */
export function formatDate(value: string | Date, lang: Lang = 'fr'): string {
  const day = typeof value === 'string' && isDay(value);
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', ...(day && { timeZone: 'UTC' }) };
  return dateFormat(lang, options).format(new Date(value));
}

/** "14:05" */
export function formatTime(value: string | Date, lang: Lang = 'fr', zone?: string): string {
  return dateFormat(lang, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(value));
}

/** "mar. 15 nov. 2024, 14:05"; as the wall of `zone` (the clinic's) shows it, where one is named. */
export function formatDateTime(value: string | Date, lang: Lang = 'fr', zone?: string): string {
  const date = new Date(value);
  const day = dateFormat(lang, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(date);
  return `${day.replace(',', '')}, ${formatTime(date, lang, zone)}`;
}

const DAYS: Record<'fr' | 'en', Record<number, string>> = {
  fr: { [-2]: 'avant-hier', [-1]: 'hier', 1: 'demain', 2: 'après-demain' },
  en: { [-1]: 'yesterday', 1: 'tomorrow' },
};
const UNITS = { fr: { minute: 'min', hour: 'h', day: 'jours' }, en: { minute: 'min', hour: 'hr', day: 'days' } };

function relative(count: number, unit: 'minute' | 'hour' | 'day', lang: Lang): string {
  const words = lang === 'en' ? 'en' : 'fr';
  const named = unit === 'day' && DAYS[words][count];
  if (named) return named;
  if (words === 'en') return count < 0 ? `${-count} ${UNITS.en[unit]} ago` : `in ${count} ${UNITS.en[unit]}`;
  const amount = `${Math.abs(count)}\u00a0${UNITS.fr[unit]}`;
  return count < 0 ? `il y a ${amount}` : `dans ${amount}`;
}

/** What stands between a name and what it names: French puts a space before it that does not break. */
export function colon(lang: Lang): string {
  return lang === 'en' ? ': ' : '\u00a0: ';
}

/** "il y a 3 min", "dans 2 h", "hier"; beyond a week the date. */
export function formatRelative(value: string | Date, lang: Lang = 'fr', now: Date = new Date()): string {
  const seconds = Math.round((new Date(value).getTime() - now.getTime()) / 1000);
  const far = Math.abs(seconds);
  if (far >= 7 * DAY_S) return formatDate(value, lang);
  if (far < 45) return lang !== 'en' ? 'à l’instant' : 'just now';
  if (far < HOUR_S - 30) return relative(Math.round(seconds / MINUTE_S), 'minute', lang);
  return far < DAY_S ? relative(Math.round(seconds / HOUR_S), 'hour', lang) : relative(Math.round(seconds / DAY_S), 'day', lang);
}

/** Years lived on `now`. */
export function age(birth: string, now: Date = new Date()): number {
  const [year = 0, month = 1, day = 1] = birth.split('-').map(Number);
  const years = now.getFullYear() - year;
  const before = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day);
  return before ? years - 1 : years;
}

/** With at most so many digits behind the comma. */
function below1000(value: number, digits: number, lang: Lang): string {
  const text = String(Math.round(value * 10 ** digits) / 10 ** digits);
  return lang === 'en' ? text : text.replace('.', ',');
}

export function formatNumber(value: number, lang: Lang = 'fr', options: Intl.NumberFormatOptions = {}): string {
  const plain = Object.keys(options).every((name) => name === 'maximumFractionDigits');
  if (plain && value >= 0 && value < 999) return below1000(value, options.maximumFractionDigits ?? 3, lang);
  return numberFormat(lang, options).format(value);
}

export function formatPercent(share: number, lang: Lang = 'fr'): string {
  const digits = share > 0.995 || share < 0.1 ? 1 : 0;
  return `${formatNumber(share * 100, lang, { maximumFractionDigits: digits })}${lang === 'en' ? '' : '\u202f'}%`;
}

/** "1,2 s", "45 s", "3 min", "1 h 20": how long something took. */
export function formatDuration(seconds: number, lang: Lang = 'fr'): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${formatNumber(seconds, lang, { maximumFractionDigits: seconds < 10 ? 1 : 0 })}\u00a0s`;
  if (minutes < 90) return `${formatNumber(minutes, lang)}\u00a0min`;
  return `${formatNumber(Math.floor(minutes / 60), lang)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`;
}

/** Country codes of one and two digits; all others have three (ITU-T E.164). */
const SHORT_CODES = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** How people group the digits behind the country code. */
const GROUPS: Record<string, number[]> = { '221': [2, 3, 2, 2], '33': [1, 2, 2, 2, 2], '1': [3, 3, 4], '223': [2, 2, 2, 2], '220': [3, 4] };

/** "+221 77 123 45 67"; what is no number in E.164 stays as it is. */
export function formatPhone(phone: string): string {
  if (!/^\+\d{8,15}$/.test(phone)) return phone;
  const digits = phone.slice(1);
  const code = SHORT_CODES.exec(digits)?.[0] ?? digits.slice(0, 3);
  const rest = digits.slice(code.length);
  const groups = GROUPS[code];
  const parts: string[] = [];
  if (groups && groups.reduce((a, b) => a + b, 0) === rest.length) {
    let at = 0;
    for (const size of groups) parts.push(rest.slice(at, (at += size)));
  } else {
    const odd = rest.length % 2 ? 3 : 2;
    parts.push(rest.slice(0, odd));
    for (let at = odd; at < rest.length; at += 2) parts.push(rest.slice(at, at + 2));
  }
  return `+${code} ${parts.join(' ')}`.replaceAll(' ', '\u00a0');
}

/* Dates, numbers and telephones as they are written; no browser. */
import { expect, test } from '@playwright/test';

import { age, formatDate, formatDateTime, formatDuration, formatNumber, formatPercent, formatPhone, formatRelative } from '../../web/src/lib/format';
import { formatBytes, printedDay } from '../../web/src/lib/format-more';

/** Spaces as the eye sees them. */
const seen = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('dates', () => {
  process.env.TZ = 'Africa/Dakar';
  expect(formatDateTime('2024-11-12T14:05:00Z')).toBe('mar. 12 nov. 2024, 14:05');
  expect(formatDateTime('2024-11-12T23:05:00Z', 'fr', 'Europe/Paris')).toBe('mer. 13 nov. 2024, 00:05');
  expect(formatDateTime('2024-11-12T14:05:00Z', 'en')).toBe('Tue 12 Nov 2024, 14:05');
  expect(formatDate('1980-01-01')).toBe('1 janv. 1980');
  expect(formatDate('1980-01-01', 'en')).toBe('1 Jan 1980');
});

test('a day as it is printed', () => {
  for (const text of ['14/12/2026', ' 14.12.2026', '14-12-2026']) expect(printedDay(text)).toBe('14 déc. 2026');
  expect(printedDay('01/02/2027', 'en')).toBe('1 Feb 2027');
  for (const text of ['31/02/2026', '14/13/2026', '14/12/26', 'le 14/12/2026', '14/12/2026 à 9 h', '3 mois', '1,42', '']) expect(printedDay(text), text).toBeNull();
});

test('how long ago', () => {
  const now = new Date('2024-11-12T14:05:00Z');
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const rows: Array<[number, string]> = [
    [10, 'à l’instant'], [180, 'il y a 3 min'], [3560, 'il y a 59 min'], [3600, 'il y a 1 h'], [7200, 'il y a 2 h'], [86_400, 'hier'], [3 * 86_400, 'il y a 3 jours'],
    [2 * 86_400, 'avant-hier'], [8 * 86_400, '4 nov. 2024'], [-7200, 'dans 2 h'], [-86_400, 'demain'], [-3 * 86_400, 'dans 3 jours'],
  ];
  for (const [seconds, text] of rows) expect(seen(formatRelative(before(seconds), 'fr', now))).toBe(text);
  const english: Array<[number, string]> = [
    [10, 'just now'], [180, '3 min ago'], [7200, '2 hr ago'], [-7200, 'in 2 hr'], [86_400, 'yesterday'], [-86_400, 'tomorrow'], [2 * 86_400, '2 days ago'],
  ];
  for (const [seconds, text] of english) expect(formatRelative(before(seconds), 'en', now)).toBe(text);
});

test('telephones', () => {
  const rows: Array<[string, string]> = [
    ['+221771234567', '+221 77 123 45 67'], ['+33612345678', '+33 6 12 34 56 78'], ['+14155552671', '+1 415 555 2671'], ['+22370123456', '+223 70 12 34 56'],
    ['+2207123456', '+220 712 3456'], ['+4917612345678', '+49 176 12 34 56 78'], ['771234567', '771234567'], ['', ''],
  ];
  for (const [phone, text] of rows) expect(seen(formatPhone(phone))).toBe(text);
});

test('numbers', () => {
  expect(seen(formatNumber(12345.5))).toBe('12 345,5');
  expect(formatNumber(12345.5, 'en')).toBe('12,345.5');
  for (const value of [0, 7, 12.3456, 998.9996, 999, 1000, 999_999]) {
    for (const digits of [0, 1, 3]) {
      for (const [lang, locale] of [['fr', 'fr-FR'], ['en', 'en-GB']] as const) {
        expect(seen(formatNumber(value, lang, { maximumFractionDigits: digits })), `${value}, ${digits}`).toBe(seen(new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)));
      }
    }
  }
  expect(seen(formatPercent(0.5))).toBe('50 %');
  expect(seen(formatPercent(0))).toBe('0 %');
  expect(seen(formatPercent(1))).toBe('100 %');
  expect(seen(formatPercent(0.055))).toBe('5,5 %');
  expect(formatPercent(0.42, 'en')).toBe('42%');
  expect(seen(formatPercent(0.998))).toBe('99,8 %');
  expect(seen(formatBytes(3_400_000))).toBe('3,4 Mo');
  expect(seen(formatBytes(999))).toBe('999 o');
  expect(formatBytes(12_345, 'en').replace(/\u00a0/, ' ')).toBe('12 kB');
});

test('how long it took', () => {
  const rows: Array<[number, string]> = [[0, '0 s'], [1.24, '1,2 s'], [45.2, '45 s'], [180, '3 min'], [3600, '60 min'], [5400, '1 h 30'], [7500, '2 h 05']];
  for (const [seconds, text] of rows) expect(seen(formatDuration(seconds))).toBe(text);
});

test('ages', () => {
  expect(age('1980-11-12', new Date(2024, 10, 11))).toBe(43);
  expect(age('1980-11-12', new Date(2024, 10, 12))).toBe(44);
});

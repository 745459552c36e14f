/** Why a message did not reach the person, in words that a doctor understands. Codes of Twilio, of Meta, and our own. */
import type fr from '@/messages/fr/conversations';
import type { Words } from '@/lib/i18n';

type Reason = Exclude<keyof (typeof fr)['failures'], 'other'>;

const REASONS: Record<string, Reason> = {
  opted_out: 'stopped', 21610: 'stopped', 63014: 'stopped', 131050: 'stopped',
  window_closed: 'window', 63016: 'window', 131047: 'window',
  63024: 'noWhatsApp', 63003: 'noWhatsApp', 131026: 'noWhatsApp', 21211: 'noWhatsApp', 21612: 'noWhatsApp', 21614: 'noWhatsApp', 63015: 'noWhatsApp', 63029: 'noWhatsApp',
  30003: 'away', gave_up: 'gaveUp', not_needed: 'notNeeded', earlier_part_failed: 'earlierPart',
  63049: 'keptBack', 131049: 'keptBack',
};

export function failureOf(t: Words<typeof fr>, code: string | null): string {
  const reason = code ? REASONS[code] : undefined;
  return reason ? t.failures[reason] : t.failures.other(code ?? '');
}

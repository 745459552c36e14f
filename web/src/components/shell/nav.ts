/**
 * The places of the dashboard: a row each. A new page below one of them needs no row; a new place is one row and its word in
 * messages/{fr,en}/shell.ts. `phone` puts it into the bar of five, the others stand behind "Plus".
 */
import { CalendarCheck, ChartColumn, FileText, MessageCircleQuestion, Send, Settings, Users, type LucideIcon } from 'lucide-react';

import type fr from '@/messages/fr/shell';

export interface Place {
  word: keyof (typeof fr)['nav'];
  href: string;
  icon: LucideIcon;
  phone?: boolean;
  /** After g. */
  key?: string;
  /** Beside its name stands how many wait there. */
  counted?: boolean;
}

export const PLACES: readonly Place[] = [
  { word: 'today', href: '/dashboard/', icon: CalendarCheck, phone: true, key: 'a' },
  { word: 'patients', href: '/dashboard/patients/', icon: Users, phone: true, key: 'p' },
  { word: 'messages', href: '/dashboard/messages/', icon: Send, phone: true, key: 'm' },
  { word: 'conversations', href: '/dashboard/conversations/', icon: MessageCircleQuestion, phone: true, key: 'c', counted: true },
  { word: 'documents', href: '/dashboard/documents/', icon: FileText, key: 'd' },
  { word: 'analytics', href: '/dashboard/analytics/', icon: ChartColumn, key: 's' },
  { word: 'settings', href: '/dashboard/settings/', icon: Settings, key: 'r' },
];

/** The place that an address belongs to. */
export function placeOf(pathname: string): Place | undefined {
  return PLACES.filter((p) => p.href === pathname || (p.href !== '/dashboard/' && pathname.startsWith(p.href)))[0];
}

'use client';

import { useRecord } from '@/lib/query';

interface Health {
  services?: { channel?: string };
}

/** Does the program play WhatsApp itself? Null: not known yet. */
export function useIsSimulated(): boolean | null {
  const { data } = useRecord<Health>('health', '/api/health/');
  return data ? data.services?.channel === 'simulator' : null;
}

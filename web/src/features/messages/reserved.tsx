'use client';

import type { ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { useWords } from '@/lib/i18n';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { broadcasts } from '@/messages/broadcasts';

/** Writing is for doctors and administrators; everybody else reads. */
export function Reserved({ children }: { children: ReactNode }) {
  const t = useWords(broadcasts);
  const user = useStore(session.user, null);
  const may = useIsDoctor();
  if (!user) return null;
  return may ? children : <Alert>{t.readOnly}</Alert>;
}

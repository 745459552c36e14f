'use client';

import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';

import { cn } from '@/lib/cn';
import { formatDateTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { inbox } from '@/messages/inbox';

const MINUTE_MS = 60_000;
const SOON_MIN = 120;

/** How long free text may still be sent; close to the end it is to be looked at. */
export function WindowLeft({ endsAt }: { endsAt: string }) {
  const t = useWords(inbox);
  const lang = useLang();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.floor((Date.parse(endsAt) - now) / MINUTE_MS);
  const words = minutes <= 0 ? t.windowClosed : minutes < 60 ? t.windowMinutes(minutes) : t.windowHours(Math.floor(minutes / 60));
  return (
    <span title={t.windowHelp(formatDateTime(endsAt, lang))} className={cn('inline-flex items-center gap-1 text-small whitespace-nowrap', minutes < SOON_MIN ? 'font-medium text-look-ink' : 'text-ink-soft')}>
      <Hourglass aria-hidden className="size-4 shrink-0" />
      {words}
    </span>
  );
}

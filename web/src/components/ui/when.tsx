'use client';

import { useEffect, useState } from 'react';

import { formatDateTime, formatRelative } from '@/lib/format';
import { useLang } from '@/lib/i18n';

const TICK_MS = 30_000;

/** "il y a 3 min", kept right while one looks at it, with the full date on hover: written only then, a list has many. */
export function When({ at, className }: { at: string; className?: string }) {
  const lang = useLang();
  const [, tick] = useState(0);
  const [full, setFull] = useState<string>();
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={full} onPointerEnter={() => setFull(formatDateTime(at, lang))} className={className}>
      {formatRelative(at, lang)}
    </time>
  );
}

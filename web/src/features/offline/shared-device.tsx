'use client';

import { useEffect, useState } from 'react';

import { useWords } from '@/lib/i18n';
import { chooseShared, isShared } from '@/lib/offline';
import { login } from '@/messages/login';

/** Asked before signing in: on a device that others use too, nothing that was seen is kept. */
export function SharedDevice() {
  const t = useWords(login);
  const [shared, setShared] = useState(false);
  useEffect(() => setShared(isShared()), []);
  return (
    <label className="flex min-h-11 items-start gap-3 py-1">
      <input
        type="checkbox"
        checked={shared}
        onChange={(event) => {
          setShared(event.target.checked);
          chooseShared(event.target.checked);
        }}
        className="mt-1 size-5 shrink-0 accent-accent"
      />
      <span>
        {t.shared}
        <span className="block text-small text-ink-soft">{t.sharedHelp}</span>
      </span>
    </label>
  );
}

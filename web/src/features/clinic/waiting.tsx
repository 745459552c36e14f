'use client';

import { Alert } from '@/components/ui/alert';
import { When } from '@/components/ui/when';
import type { Setting } from '@/features/settings/setting';
import { useWords } from '@/lib/i18n';
import { clinic } from '@/messages/clinic';
import { settingWords } from '@/messages/setting-words';
import { ApplyNow } from './apply-now';

/** It is saved, and the server still runs with another. */
export const isWaiting = (s: Setting) => s.saved?.waiting === true;

/** What is saved and not in force yet: the server keeps what it was started with until it is told to take this. */
export function Waiting({ list }: { list: Setting[] }) {
  const t = useWords(clinic);
  const w = useWords(settingWords);
  const waiting = list.filter(isWaiting);
  if (waiting.length === 0) return null;
  const said = (s: Setting, value: string | null) => (value ? (w.values[s.name]?.[value] ?? value) : t.byDefault(s.fallback));
  return (
    <Alert tone="look" title={t.waiting(waiting.length)}>
      <ul aria-label={t.waitingList} className="mt-1 space-y-1">
        {waiting.map((s) => (
          <li key={s.name}>
            <span className="font-semibold">{t.names[s.name] ?? w.names[s.name] ?? s.name}</span>{t.colon} {t.fromTo(said(s, s.value), said(s, s.saved!.value))}
            <span className="text-small text-ink-soft"> ({s.saved!.by && `${s.saved!.by}, `}<When at={s.saved!.at} />)</span>
          </li>
        ))}
      </ul>
      <ApplyNow />
    </Alert>
  );
}

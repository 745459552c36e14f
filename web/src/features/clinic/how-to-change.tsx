'use client';

import Link from 'next/link';

import { Panel } from '@/components/ui/panel';
import type { Setting } from '@/features/settings/setting';
import { useWords } from '@/lib/i18n';
import { clinic } from '@/messages/clinic';
import { ApplyNow } from './apply-now';
import { isWaiting } from './waiting';

/** Where the settings that a page shows are changed, and the step that puts a change of the server's file in force; what is saved has its own above. */
export function HowToChange({ list, children }: { list: Setting[]; children?: string }) {
  const t = useWords(clinic);
  return (
    <Panel title={t.changeTitle}>
      <div className="max-w-[75ch] space-y-2 text-ink-soft">
        <p>{t.changeHere} <Link href="/dashboard/settings/clinic/" prefetch={false} className="font-semibold text-accent underline underline-offset-2">{t.title}</Link></p>
        <p>{t.changeFile} {children}</p>
      </div>
      {!list.some(isWaiting) && <ApplyNow look="plain" />}
    </Panel>
  );
}

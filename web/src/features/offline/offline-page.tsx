'use client';

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { offline } from '@/messages/offline';

/** In the place of a page that was never opened on this device, while there is no server. */
export function OfflinePage() {
  const t = useWords(offline);
  return (
    <main className="mx-auto max-w-xl px-4 pt-24">
      <PageHeader title={t.title} lead={t.lead} />
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onClick={() => window.location.reload()}>{t.again}</Button>
        <ButtonLink href="/dashboard/">{t.toToday}</ButtonLink>
      </div>
    </main>
  );
}

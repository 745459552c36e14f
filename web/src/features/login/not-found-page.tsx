'use client';

import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { shell } from '@/messages/shell';

export function NotFoundPage() {
  const t = useWords(shell);
  return (
    <main className="mx-auto max-w-xl px-4 pt-24">
      <PageHeader title={t.notFound} lead={t.notFoundHelp} />
      <ButtonLink look="primary" href="/dashboard/">{t.toToday}</ButtonLink>
    </main>
  );
}

'use client';

import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { shellMore } from '@/messages/shell-more';

export function NotFoundPage() {
  const t = useWords(shellMore);
  return (
    <main className="mx-auto max-w-xl px-4 pt-24">
      <PageHeader title={t.notFound} lead={t.notFoundHelp} />
      <ButtonLink look="primary" href="/dashboard/">{t.toToday}</ButtonLink>
    </main>
  );
}

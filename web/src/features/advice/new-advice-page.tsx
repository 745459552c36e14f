'use client';

import { PageHeader } from '@/components/ui/page-header';
import { ReservedPage } from '@/features/settings/reserved';
import { useWords } from '@/lib/i18n';
import { advice } from '@/messages/advice';
import { ADVICE } from './advice';
import { AdviceForm } from './advice-form';

export function NewAdvicePage() {
  const t = useWords(advice);
  return (
    <ReservedPage title={t.newTitle} roles={['admin', 'doctor']}>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: ADVICE, label: t.title }} />
      <AdviceForm />
    </ReservedPage>
  );
}

'use client';

import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { templates } from '@/messages/templates';
import { TemplateForm } from './template-form';

export function NewTemplatePage() {
  const t = useWords(templates);
  return (
    <>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: '/dashboard/messages/templates/', label: t.toList }} />
      <TemplateForm />
    </>
  );
}

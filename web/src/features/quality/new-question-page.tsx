'use client';

import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { QUALITY } from './golden';
import { QuestionForm } from './question-form';
import { Reserved } from './reserved';

export function NewQuestionPage() {
  const t = useWords(quality);
  return (
    <Reserved title={t.newTitle}>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: QUALITY, label: t.toList }} />
      <QuestionForm />
    </Reserved>
  );
}

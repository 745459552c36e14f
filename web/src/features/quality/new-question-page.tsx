'use client';

import { useEffect, useState } from 'react';

import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { QUALITY } from './golden';
import { forgetPrefill, prefilled } from './prefill';
import { QuestionForm } from './question-form';
import { Reserved } from './reserved';

export function NewQuestionPage() {
  const t = useWords(quality);
  const [prefill] = useState(prefilled);
  useEffect(() => forgetPrefill, []);
  return (
    <Reserved title={t.newTitle}>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: QUALITY, label: t.toList }} />
      <QuestionForm prefill={prefill ?? undefined} />
    </Reserved>
  );
}

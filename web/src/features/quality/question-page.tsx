'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/lib/toast';
import { api } from '@/lib/api';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useRecordIds } from '@/lib/use-record-id';
import { quality } from '@/messages/quality';
import { QUALITY, QUESTIONS_URL, type Golden } from './golden';
import { QuestionForm } from './question-form';
import { Reserved } from './reserved';

function Loaded({ golden }: { golden: Golden }) {
  const t = useWords(quality);
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);

  async function remove() {
    await api.delete(`${QUESTIONS_URL}${golden.id}/`);
    router.push(QUALITY);
    await Promise.all([client.invalidateQueries({ queryKey: ['golden', 'list'] }), client.invalidateQueries({ queryKey: ['evaluations'] })]);
    toast(t.deleted);
  }

  return (
    <>
      <PageHeader
        title={t.editTitle}
        back={{ href: QUALITY, label: t.toList }}
        action={<Button icon={<Trash2 aria-hidden className="size-5" />} onClick={() => setAsking(true)}>{t.deleteVerb}</Button>}
      />
      <QuestionForm key={golden.updated_at} golden={golden} />
      {golden.answer && (
        <section aria-label={t.wasAnswered} className="mt-8 max-w-2xl rounded-lg bg-sunken p-4">
          <h2 className="mb-2 text-small font-semibold text-ink-soft">{t.wasAnswered}</h2>
          <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">{golden.answer}</p>
        </section>
      )}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t.deleteAsk} verb={t.deleteVerb} onConfirm={remove}>{t.deleteHelp}</ConfirmDialog>
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(quality);
  const query = useRecord<Golden>('golden', `${QUESTIONS_URL}${id}/`);
  return (
    <>
      {!query.data && <PageHeader title={t.editTitle} back={{ href: QUALITY, label: t.toList }} />}
      <ListState query={query} skeleton={<Skeleton className="h-96" />}>
        {(golden) => <Loaded golden={golden} />}
      </ListState>
    </>
  );
}

export function QuestionPage() {
  const t = useWords(quality);
  const ids = useRecordIds('/dashboard/settings/quality/[id]/');
  return <Reserved title={t.editTitle}>{ids?.[0] ? <ById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />}</Reserved>;
}

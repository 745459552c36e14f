'use client';

import Link from 'next/link';

import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { documents } from '@/messages/documents';
import { DOCUMENTS, DOCUMENTS_URL, type Needs } from './document';
import { DocumentList } from './document-list';
import { NeedsPerson, ReadingNow } from './queue-parts';
import { Received } from './received';

/** What is being read, what needs a person, what patients sent, then all. */
export function QueuePage() {
  const t = useWords(documents);
  const { data: counts } = useRecord<Needs>('documents', `${DOCUMENTS_URL}needs/`);
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} />
      <div className="flex flex-col gap-6">
        <ReadingNow />
        <NeedsPerson
          onSeeAll={<Link href={`${DOCUMENTS}?needs=check#all`} prefetch={false} className="inline-flex min-h-11 items-center text-accent underline underline-offset-4">{t.seeAll(counts?.check ?? 0)}</Link>}
        />
        <Received />
        <Panel id="all" title={t.all} flush><DocumentList /></Panel>
      </div>
    </>
  );
}

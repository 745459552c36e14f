'use client';

import { FilePlus2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { documents } from '@/messages/documents';
import { DOCUMENTS, DOCUMENTS_URL, type Needs } from './document';
import { DocumentList } from './document-list';
import { NeedsPerson, ReadingNow } from './queue-parts';
import { Received } from './received';
import { RecordDialog } from './record-dialog';
import { useMay } from './use-may';

/** A paper belongs to a record: whose, and then it is added there. */
function AddPapers() {
  const t = useWords(documents);
  const router = useRouter();
  const [open, setOpen] = useState(false);
  if (!useMay().write) return null;
  return (
    <>
      <Button look="primary" icon={<FilePlus2 aria-hidden className="size-5" />} onClick={() => setOpen(true)}>{t.add}</Button>
      <RecordDialog
        key={String(open)}
        open={open}
        onOpenChange={setOpen}
        title={t.add}
        description={t.addHelp}
        label={t.acceptTo}
        verb={t.addVerb}
        put={async (patient) => router.push(`/dashboard/patients/${patient}/?tab=documents`)}
      />
    </>
  );
}

/** What needs a person, what patients sent, what is being read, then all. */
export function QueuePage() {
  const t = useWords(documents);
  const { data: counts } = useRecord<Needs>('documents', `${DOCUMENTS_URL}needs/`);
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} action={<AddPapers />} />
      <div className="flex flex-col gap-6">
        <NeedsPerson
          onSeeAll={<Link href={`${DOCUMENTS}?needs=check#all`} prefetch={false} className="inline-flex min-h-11 items-center text-accent underline underline-offset-4">{t.seeAll(counts?.check ?? 0)}</Link>}
        />
        <Received />
        <ReadingNow />
        <Panel id="all" title={t.all} flush><DocumentList /></Panel>
      </div>
    </>
  );
}

'use client';

import { FileX2, LockKeyhole, ScanLine, UserRoundX, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import { ButtonLink } from '@/components/ui/button-link';
import { Empty, ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { documents } from '@/messages/documents';
import { documentPath, DOCUMENTS_URL, isLocked, type Document } from './document';
import { FailureActions } from './document-actions';
import { PatientLink } from './document-list';
import { IdentityActions, IdentityWords } from './identity';
import { ReadingProgress } from './reading-progress';

const READING_SHOWN = 8;
const CHECK_SHOWN = 10;

/** What is being read, with how far it is; nothing at all while nothing is. */
export function ReadingNow() {
  const t = useWords(documents);
  const { data } = useList<Document>('documents', DOCUMENTS_URL, { needs: 'reading', page_size: READING_SHOWN });
  if (!data?.count) return null;
  return (
    <Panel title={t.now} flush>
      <ul>
        {data.results.map((document) => (
          <li key={document.id} className="relative flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line px-4 py-2 last:border-0 hover:bg-sunken">
            <p className="min-w-0">
              <Link href={documentPath(document.id)} prefetch={false} className="row-link font-semibold break-words">{document.title}</Link>
              <span className="text-ink-soft"> · </span><PatientLink document={document} />
            </p>
            <ReadingProgress document={document} />
          </li>
        ))}
      </ul>
      {data.count > data.results.length && <p className="px-4 pb-3 text-ink-soft">{t.moreReading(data.count - data.results.length)}</p>}
    </Panel>
  );
}

function Trouble({ icon: Icon, document, state, words, children }: { icon: LucideIcon; document: Document; state: string; words: ReactNode; children: ReactNode }) {
  return (
    <li className="relative flex gap-3 border-b border-line px-4 py-3 last:border-0">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-look" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className="min-w-0 break-words">
            <span className="font-semibold text-look-ink">{state}</span> <span aria-hidden>·</span>{' '}
            <Link href={documentPath(document.id)} prefetch={false} className="font-semibold text-ink underline decoration-line-strong underline-offset-4 hover:text-accent">{document.title}</Link>{' '}
            <span aria-hidden>·</span> <PatientLink document={document} />
          </p>
          <When at={document.updated_at} className="text-small text-ink-soft" />
        </div>
        <p className="mt-1 mb-2 max-w-[75ch] text-ink-soft">{words}</p>
        {children}
      </div>
    </li>
  );
}

/** The first thing wrong with it; when that is mended it comes back with the next. */
function ToCheck({ document }: { document: Document }) {
  const t = useWords(documents);
  if (document.status === 'failed')
    return (
      <Trouble icon={isLocked(document) ? LockKeyhole : FileX2} document={document} state={isLocked(document) ? t.states.locked! : t.states.failed!} words={isLocked(document) ? t.locked : document.error}>
        <FailureActions document={document} />
      </Trouble>
    );
  if (document.names_another)
    return <Trouble icon={UserRoundX} document={document} state={t.states.other_patient!} words={<IdentityWords document={document} />}><IdentityActions document={document} /></Trouble>;
  return (
    <Trouble icon={ScanLine} document={document} state={t.states.illegible!} words={t.illegible(t.stateShort.illegible(document.illegible_pages))}>
      <ButtonLink href={`${documentPath(document.id)}?illegible=1`} prefetch={false}>{t.readPages}</ButtonLink>
    </Trouble>
  );
}

/** What needs a person, newest first. */
export function NeedsPerson({ onSeeAll }: { onSeeAll: ReactNode }) {
  const t = useWords(documents);
  const query = useList<Document>('documents', DOCUMENTS_URL, { needs: 'check', page_size: CHECK_SHOWN });
  return (
    <Panel title={t.todo} flush action={query.data && query.data.count > CHECK_SHOWN ? onSeeAll : undefined}>
      <ListState query={query} isEmpty={(data) => data.count === 0} empty={<Empty title={t.todoNothing}>{t.todoNothingHelp}</Empty>}>
        {(data) => <ul>{data.results.map((document) => <ToCheck key={document.id} document={document} />)}</ul>}
      </ListState>
    </Panel>
  );
}

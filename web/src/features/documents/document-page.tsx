'use client';

import { FileText, Image as ImageIcon, Search } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { SidePanel } from '@/components/ui/dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useRecordIds } from '@/lib/use-record-id';
import { useSearchState } from '@/lib/use-search-state';
import { documents } from '@/messages/documents';
import { viewer } from '@/messages/viewer';
import { DOCUMENTS, documentUrl, isLocked, isOpen, type Document } from './document';
import { FailureActions } from './document-actions';
import { DocumentMenu } from './document-menu';
import { DocumentSearch } from './document-search';
import { DocumentBadge } from './document-state';
import { useFactCorrections, useFacts, type Fact } from './fact';
import { IdentityActions, IdentityWords } from './identity';
import { linesOf, quoted, useOutline, usePage, type Page } from './page';
import { PagePicture } from './page-picture';
import { PageStrip } from './page-strip';
import { ReadingPane } from './reading-pane';
import { ReadingProgress } from './reading-progress';
import { Rejected } from './rejected';

const NONE: never[] = [];

/** What stands in the way, before the pages. */
function Notices({ document }: { document: Document }) {
  const t = useWords(viewer);
  const d = useWords(documents);
  const failed = document.status === 'failed';
  return (
    <div className="mb-4 flex flex-col gap-3 empty:hidden">
      {isOpen(document) && <Alert title={d.states[document.status]}><ReadingProgress document={document} />{document.page_count > 0 && <p className="text-small">{t.asBefore}</p>}</Alert>}
      {failed && <Alert tone="look" title={isLocked(document) ? d.states.locked : d.states.failed}><p className="mb-2">{isLocked(document) ? d.locked : document.error}</p><FailureActions document={document} /></Alert>}
      {document.names_another && <Alert tone="look" title={d.states.other_patient}><p className="mb-2"><IdentityWords document={document} /></p><IdentityActions document={document} /></Alert>}
      {document.status === 'indexed' && document.error && <Alert tone="look">{document.error}</Alert>}
    </div>
  );
}

/** Which half of the split a phone shows. */
function Toggle({ shown, onShow }: { shown: 'picture' | 'text'; onShow: (shown: 'picture' | 'text') => void }) {
  const t = useWords(viewer);
  return (
    <div role="group" aria-label={t.view} className="mb-3 grid grid-cols-2 gap-1 rounded-lg border border-line bg-sunken p-1 lg:hidden">
      {(['picture', 'text'] as const).map((what) => (
        <button key={what} type="button" aria-pressed={shown === what} onClick={() => onShow(what)} className={cn('inline-flex min-h-11 items-center justify-center gap-2 rounded-md', shown === what ? 'bg-surface font-semibold text-accent-strong shadow-float' : 'text-ink-soft')}>
          {what === 'picture' ? <ImageIcon aria-hidden className="size-5" /> : <FileText aria-hidden className="size-5" />}
          {what === 'picture' ? t.pictureShort : t.textShort}
        </button>
      ))}
    </div>
  );
}

function Split({ document, page, facts, quote }: { document: Document; page: Page; facts: Fact[]; quote: string }) {
  const [active, setActive] = useState<number | null>(null);
  const [shown, setShown] = useState<'picture' | 'text'>(quote ? 'picture' : 'text');
  const { lines, rows } = useMemo(() => linesOf(page), [page]);
  const marked = useMemo(() => (quote ? quoted(page, quote) : new Set<number>()), [page, quote]);
  const both = { id: document.id, page, lines, active, marked, onActive: setActive };
  return (
    <>
      <Toggle shown={shown} onShow={setShown} />
      <QuoteState quote={quote} found={marked.size > 0} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className={cn('min-w-0 lg:sticky lg:top-4', shown === 'text' && 'max-lg:hidden')}><PagePicture key={page.number} {...both} version={document.indexed_at} /></div>
        <div className={cn('min-w-0', shown === 'picture' && 'max-lg:hidden')}><ReadingPane key={page.number} {...both} rows={rows} facts={facts} /></div>
      </div>
    </>
  );
}

function QuoteState({ quote, found }: { quote: string; found: boolean }) {
  const t = useWords(viewer);
  if (!quote) return null;
  return found ? <p role="status" className="sr-only">{t.quoteShown}</p> : <div className="mb-3"><Alert tone="look" title={t.quoteLost}>{t.quoteLostHelp(quote)}</Alert></div>;
}

function Pages({ document }: { document: Document }) {
  const [state, change] = useSearchState({ page: '1', quote: '', illegible: '' });
  const outline = useOutline(document.id, document.page_count > 0);
  const rows = outline.data?.results ?? NONE;
  const within = (page: number) => Math.min(Math.max(1, Math.trunc(page) || 1), document.page_count);
  const number = within(Number(state.page));
  const query = usePage(document.id, number);
  const { data: facts } = useFacts(document.id, true);
  const here = useMemo(() => facts?.results.filter((fact) => fact.page === number) ?? NONE, [facts, number]);
  const { data: corrections } = useFactCorrections(document.id, true);
  const firstBad = state.illegible ? rows.find((row) => !row.legible)?.number : undefined;

  // From the queue: the first page that wants a person.
  useEffect(() => {
    if (firstBad) change({ illegible: '', page: String(firstBad) });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [firstBad]);

  const go = (page: number) => change({ page: String(page), quote: '' });
  // From where the address is: two quick presses turn two pages, whether the first is shown yet or not.
  const turn = (by: number) => change((now) => ({ page: String(within(within(Number(now.page)) + by)), quote: '' }));
  return (
    <>
      <PageStrip page={number} count={document.page_count} outline={rows} onPage={go} onTurn={turn} />
      <ListState query={query} skeleton={<div className="grid gap-4 lg:grid-cols-2"><Skeleton className="h-[70dvh]" /><Skeleton className="h-[70dvh]" /></div>}>
        {(page) => <Split key={`${page.number}${state.quote}`} document={document} page={page} facts={here} quote={state.quote} />}
      </ListState>
      <Rejected id={document.id} corrections={corrections?.results ?? NONE} onPage={go} />
    </>
  );
}

/** Where words stand in it; the address says the place, and Pages shows it. */
function SearchWithin({ id }: { id: number }) {
  const t = useWords(viewer);
  const [, change] = useSearchState({ page: '1', quote: '' });
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Search aria-hidden className="size-5" />} onClick={() => setOpen(true)}>{t.searchShort}</Button>
      <SidePanel open={open} onOpenChange={setOpen} title={t.search}>
        <DocumentSearch id={id} onPick={(page, quote) => { setOpen(false); change({ page: String(page), quote }); }} />
      </SidePanel>
    </>
  );
}

/** Whose, what, of when, and where its reading stands. */
function Lead({ document }: { document: Document }) {
  const t = useWords(viewer);
  const d = useWords(documents);
  const lang = useLang();
  const parts = [d.kinds[document.kind], document.date ? formatDate(document.date, lang) : d.noDate, document.author, document.page_count > 0 && d.pageCount(document.page_count)].filter(Boolean);
  return (
    <>
      <Link href={`/dashboard/patients/${document.patient_id}/`} prefetch={false} className="inline-flex min-h-6 items-center font-semibold text-accent underline underline-offset-4">
        <span className="sr-only">{t.patient} </span>{document.patient_name || d.unnamed(document.patient_id)}
      </Link>
      {' · '}{parts.join(' · ')} <DocumentBadge document={document} />
    </>
  );
}

function Loaded({ document }: { document: Document }) {
  const t = useWords(viewer);
  return (
    <>
      <PageHeader
        title={document.title}
        lead={<Lead document={document} />}
        back={{ href: DOCUMENTS, label: t.toList }}
        action={<>{document.page_count > 0 && <SearchWithin id={document.id} />}<DocumentMenu document={document} /></>}
      />
      <Notices document={document} />
      {document.page_count > 0 && <Pages document={document} />}
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(viewer);
  const query = useRecord<Document>('documents', documentUrl(Number(id)));
  return (
    <>
      {!query.data && <PageHeader title={t.title} back={{ href: DOCUMENTS, label: t.toList }} />}
      <ListState query={query} skeleton={<><Skeleton className="mb-6 h-10 w-64" /><Skeleton className="h-[70dvh]" /></>}>
        {(document) => <Loaded document={document} />}
      </ListState>
    </>
  );
}

export function DocumentPage() {
  const ids = useRecordIds('/dashboard/documents/[id]/');
  return ids?.[0] && /^\d+$/.test(ids[0]) ? <ById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />;
}

'use client';

import { MessagesSquare } from 'lucide-react';

import { Empty } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { useRecordIds } from '@/lib/use-record-id';
import { useSearchState } from '@/lib/use-search-state';
import { inbox } from '@/messages/inbox';
import { Conversation } from './conversation';
import { INBOX } from './inbox';
import { InboxList } from './inbox-list';

/** What needs a person, and the conversation beside it; on a phone one after the other. */
export function ConversationsPage() {
  const t = useWords(inbox);
  const [state, change] = useSearchState({ show: 'todo', search: '', page: '1' });
  const ids = useRecordIds(`${INBOX}[id]/`);
  const id = Number(ids?.[0]) || undefined;
  const filters = Object.entries(state).filter(([name, value]) => value && !(name === 'show' && value === 'todo') && !(name === 'page' && value === '1'));
  const query = new URLSearchParams(filters).toString();
  return (
    <>
      <div className={cn(id && 'sr-only lg:not-sr-only')}><PageHeader title={t.title} lead={id ? undefined : t.lead} /></div>
      <div className="overflow-hidden rounded-lg border border-line bg-surface lg:grid lg:h-[calc(100dvh-12rem)] lg:min-h-[32rem] lg:grid-cols-[22rem_minmax(0,1fr)]">
        <section aria-label={t.list} className={cn('min-h-0 lg:border-r lg:border-line', id && 'hidden lg:block')}>
          <InboxList current={id} state={state} change={change} />
        </section>
        <section aria-label={t.conversation} className={cn('min-h-0 min-w-0', id ? 'h-[calc(100dvh-11.5rem)] lg:h-full' : 'hidden lg:block')}>
          {id ? <Conversation key={id} id={id} search={query ? `?${query}` : ''} /> : <Empty title={t.choose} icon={<MessagesSquare className="size-8" strokeWidth={1.5} />}>{t.chooseHelp}</Empty>}
        </section>
      </div>
    </>
  );
}

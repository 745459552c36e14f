'use client';

import { lazy, Suspense, useDeferredValue } from 'react';

import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { useWords } from '@/lib/i18n';
import { today } from '@/messages/today';
import { Figures } from './figures';
import { useIsRunning, useTodo } from './today';
import { Todo } from './todo';

const Running = lazy(() => import('./running').then((m) => ({ default: m.Running })));

/** What needs the doctor now, in the order of danger; four figures; what runs. */
export function TodayPage() {
  const t = useWords(today);
  // A list of many rows is drawn in pieces, between which the page answers.
  const todo = useDeferredValue(useTodo());
  const running = useIsRunning();
  return (
    <>
      <PageHeader title={t.title} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex flex-col gap-6">
          <Panel title={t.todo} flush><Todo todo={todo} /></Panel>
          {running && !todo.loading && <Suspense><Running /></Suspense>}
        </div>
        {/* On a phone it stands below the list, and comes with it: nothing moves. */}
        <div className={todo.loading ? 'max-lg:hidden' : undefined}>
          <Panel title={t.figures}><Figures /></Panel>
        </div>
      </div>
    </>
  );
}

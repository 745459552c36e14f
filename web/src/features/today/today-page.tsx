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

/** Below the list, and not before it. */
function WhatRuns({ wait }: { wait: boolean }) {
  const running = useIsRunning();
  return running && !wait && <Running />;
}

/**
 * What needs the doctor now, in the order of danger; four figures; what runs. The last two are taken over by React after the first, hence their <Suspense>: what
 * a part asks for begins all at once when it is, which for the three together was the longest task of the page.
 */
export function TodayPage() {
  const t = useWords(today);
  // A list of many rows is drawn in pieces, between which the page answers.
  const todo = useDeferredValue(useTodo());
  return (
    <>
      <PageHeader title={t.title} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex flex-col gap-6">
          <Panel title={t.todo} flush><Todo todo={todo} /></Panel>
          <Suspense><WhatRuns wait={todo.loading} /></Suspense>
        </div>
        {/* On a phone it stands below the list, and comes with it: nothing moves. */}
        <div className={todo.loading ? 'max-lg:hidden' : undefined}>
          <Panel title={t.figures}><Suspense><Figures /></Suspense></Panel>
        </div>
      </div>
    </>
  );
}

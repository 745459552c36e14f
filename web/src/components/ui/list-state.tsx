'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';

import { ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { states } from '@/messages/states';
import { Button } from './button';
import { SkeletonRows } from './skeleton';

export function Empty({ title, children, action, icon }: { title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <span aria-hidden className="text-ink-soft">{icon ?? <Inbox className="size-8" strokeWidth={1.5} />}</span>
      <p className="text-lead font-semibold">{title}</p>
      {children && <div className="max-w-[60ch] text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}

/** Why something did not come. What is not there will not be there at a second try. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords(states);
  const { title, detail } = explain(error);
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <CloudOff aria-hidden className="size-8 text-ink-soft" strokeWidth={1.5} />
      <p className="text-lead font-semibold">{title}</p>
      <p className="max-w-[60ch] text-ink-soft">{detail}</p>
      {retry && !gone && <Button onClick={retry}>{t.retry}</Button>}
    </div>
  );
}

/**
 * A query as a person sees it: its shape while it comes, why it did not, that there is nothing, or `children` of what came. Data that is
 * there stays on the screen when asking again fails; the banner of the shell says that the server is away.
 */
export function ListState<T>({ query, isEmpty, empty, skeleton, children }: {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const t = useWords(states);
  if (query.data === undefined) {
    if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
    return (
      <>
        <p role="status" className="sr-only">{t.loading}</p>
        {skeleton ?? <SkeletonRows />}
      </>
    );
  }
  if (isEmpty?.(query.data) && empty) return empty;
  return children(query.data);
}

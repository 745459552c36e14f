'use client';

import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';

import { Empty } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { useMayEvaluate } from './use-may-evaluate';

/** A page for doctors and administrators; others are told so, and nothing is asked of the server for them. */
export function Reserved({ title, children }: { title: string; children: ReactNode }) {
  const t = useWords(quality);
  const may = useMayEvaluate();
  if (may) return children;
  return (
    <>
      <PageHeader title={title} back={{ href: '/dashboard/settings/', label: t.settings }} />
      {may === null ? <Skeleton className="h-96" /> : <Empty icon={<Lock className="size-8" strokeWidth={1.5} />} title={t.reserved}>{t.reservedHelp}</Empty>}
    </>
  );
}

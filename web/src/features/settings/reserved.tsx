'use client';

import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';

import { Empty } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { useWords } from '@/lib/i18n';
import { session, type User } from '@/lib/session';
import { useStore } from '@/lib/store';
import { settings } from '@/messages/settings';

/** A page for some roles; others are told so, and nothing is asked of the server for them. */
export function ReservedPage({ title, roles, children }: { title: string; roles: ReadonlyArray<User['role']>; children: ReactNode }) {
  const t = useWords(settings);
  const user = useStore(session.user, null);
  if (user && roles.includes(user.role)) return children;
  return (
    <>
      <PageHeader title={title} back={{ href: '/dashboard/settings/', label: t.title }} />
      {user === null ? <Skeleton className="h-96" /> : (
        <Empty icon={<Lock className="size-8" strokeWidth={1.5} />} title={roles.includes('doctor') ? t.reservedDoctors : t.reservedAdmins}>{t.reservedHelp}</Empty>
      )}
    </>
  );
}

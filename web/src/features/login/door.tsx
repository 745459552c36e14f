'use client';

import { useEffect, type ReactNode } from 'react';

import { ConnectionBanner } from '@/components/shell/banner';
import { Mark } from '@/components/shell/mark';

/** The pages before one is signed in. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · MediRecord`;
  }, [title]);
  return (
    <>
      <ConnectionBanner />
      {/* Not in the middle: what of the page comes later, or is said, would move what is there. */}
      <main className="mx-auto flex min-h-dvh max-w-sm flex-col px-4 pt-[15dvh] pb-12">
        <div className="mb-8">
          <Mark className="mb-4 size-12" />
          <h1 className="text-title font-semibold">{title}</h1>
          {lead && <p className="mt-1 break-words text-ink-soft">{lead}</p>}
        </div>
        {children}
      </main>
    </>
  );
}

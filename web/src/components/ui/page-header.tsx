'use client';

import Link from 'next/link';
import { ChevronLeft } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

/** The head of a page: its one heading, what it is for, the one next step. Sets the title of the window. */
export function PageHeader({ title, lead, back, action }: { title: string; lead?: ReactNode; back?: { href: string; label: string }; action?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · MediRecord`;
  }, [title]);
  return (
    <header className="mb-6">
      {back && (
        <Link href={back.href} prefetch={false} className="-ml-2 inline-flex min-h-11 items-center gap-1 rounded-md px-2 text-accent hover:underline">
          <ChevronLeft aria-hidden className="size-5" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-title font-semibold">{title}</h1>
          {lead && <p className="mt-1 max-w-[75ch] text-ink-soft">{lead}</p>}
        </div>
        {action && <div className="flex flex-wrap gap-2">{action}</div>}
      </div>
    </header>
  );
}

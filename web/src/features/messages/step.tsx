import type { ReactNode } from 'react';

/** One of the three decisions: what is asked on the left, what comes of it on the right. */
export function Step({ number, title, children, result }: { number: number; title: string; children: ReactNode; result: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface p-4 sm:p-6">
      <h2 className="mb-4 flex items-center gap-3 text-lead font-semibold">
        <span aria-hidden className="tabular inline-flex size-8 items-center justify-center rounded-full bg-accent-ground text-accent-strong">{number}</span>
        {title}
      </h2>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">{children}</div>
        <div className="min-w-0 lg:sticky lg:top-6">{result}</div>
      </div>
    </section>
  );
}

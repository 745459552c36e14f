'use client';

import { useState } from 'react';

import { ProgressBar } from '@/components/ui/progress-bar';
import { useEvent } from '@/lib/events';
import { useWords } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { isOpen, type Run } from './golden';

/** The run as the server last told it, question by question; `run` is what was read of it. */
export function useLiveRun<T extends Run>(run: T): T {
  const [told, setTold] = useState<Partial<Run>>({});
  useEvent('evaluation', (data) => {
    if (data.id === run.id) setTold(data as Partial<Run>);
  });
  return isOpen(run) && told.id === run.id && (told.done ?? 0) >= run.done ? { ...run, ...told } : run;
}

export function RunProgress({ run }: { run: Run }) {
  const t = useWords(quality);
  return (
    <div className="flex flex-col gap-2">
      <ProgressBar label={t.progress} value={run.done} total={run.total} />
      <p className="tabular">
        {run.done === 0 ? t.waiting : <>{t.asked(run.done, run.total)} <span className="text-ink-soft">· {t.rightOf(run.passed, run.done)}</span></>}
      </p>
    </div>
  );
}

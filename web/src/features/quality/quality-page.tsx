'use client';

import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { When } from '@/components/ui/when';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { quality } from '@/messages/quality';
import { isOpen, QUESTIONS_URL, runPath, RUNS_URL, type Golden, type Run } from './golden';
import { AddLink, QuestionList } from './question-list';
import { Reserved } from './reserved';
import { RunList } from './run-list';
import { RunProgress, useLiveRun } from './run-progress';
import { StartButton } from './start-button';

/** The run under way, or how the last one ended. */
function Latest({ run: read }: { run: Run }) {
  const t = useWords(quality);
  const run = useLiveRun(read);
  const open = isOpen(run);
  const link = <ButtonLink href={runPath(run.id)} prefetch={false}>{open ? t.follow : t.seeAnswers}</ButtonLink>;
  return (
    <Panel title={open ? t.underWay : t.last} action={link}>
      {open ? <RunProgress run={run} /> : (
        <div className="flex flex-col gap-2">
          <ProgressBar label={t.last} value={run.passed} total={run.done} tone="good" />
          <p className="tabular">{t.rightOf(run.passed, run.done)} <span className="text-ink-soft">· <When at={run.ended_at ?? run.created_at} /></span></p>
          {run.state === 'failed' && <p className="text-look-ink">{t.failed}</p>}
        </div>
      )}
    </Panel>
  );
}

function Content() {
  const t = useWords(quality);
  const runs = useList<Run>('evaluations', RUNS_URL, { page_size: 1 });
  const questions = useList<Golden>('golden', QUESTIONS_URL, { page_size: 1 });
  const last = runs.data?.results[0];
  const some = (questions.data?.count ?? 0) > 0;
  const mayStart = some && runs.data !== undefined && !(last && isOpen(last));
  return (
    <>
      <PageHeader
        title={t.title}
        lead={t.lead}
        back={{ href: '/dashboard/settings/', label: t.settings }}
        action={some && <><AddLink />{mayStart && <StartButton label={t.start} />}</>}
      />
      <div className="flex flex-col gap-6">
        {last && <Latest key={last.id} run={last} />}
        <QuestionList />
        {(some || last) && <RunList />}
      </div>
    </>
  );
}

export function QualityPage() {
  const t = useWords(quality);
  return <Reserved title={t.title}><Content /></Reserved>;
}

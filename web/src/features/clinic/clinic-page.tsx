'use client';

import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { ReservedPage } from '@/features/settings/reserved';
import type { Setting } from '@/features/settings/setting';
import { useSettings } from '@/features/settings/use-settings';
import { useWords } from '@/lib/i18n';
import { clinic } from '@/messages/clinic';
import { settings as settingsWords } from '@/messages/settings';
import { GroupForm } from './group-form';
import { GROUPS } from './groups';
import { Waiting } from './waiting';

/** What is saved of a group names its form: another is a new one, with nothing typed in it. */
const versionOf = (list: Setting[], names: readonly string[]) => list.filter((s) => names.includes(s.name)).map((s) => s.saved?.at ?? '').join('|');

function Content() {
  const t = useWords(clinic);
  const s = useWords(settingsWords);
  const query = useSettings();
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} />
      <ListState query={query} skeleton={<Skeleton className="h-96" />}>
        {({ settings }) => (
          <div className="flex flex-col gap-6">
            <Waiting list={settings} />
            {GROUPS.map(({ group, names }) => <GroupForm key={group + versionOf(settings, names)} title={t.groups[group]} settings={settings} names={names} />)}
            <p className="max-w-[75ch] text-ink-soft">{t.secrets}</p>
          </div>
        )}
      </ListState>
    </>
  );
}

export function ClinicPage() {
  const t = useWords(clinic);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}

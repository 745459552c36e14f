'use client';

import { BadgeCheck, BookOpenText, ChevronRight, CircleUserRound, HardDriveDownload, Hourglass, KeyRound, ListChecks, MessageCircle, MessageSquareText, ScrollText, SlidersHorizontal, Sparkles, Users, Smartphone, type LucideIcon } from 'lucide-react';
import Link from 'next/link';

import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { useIsSimulated } from '@/features/simulator/use-is-simulated';
import { session, type User } from '@/lib/session';
import { useStore } from '@/lib/store';
import { useWords } from '@/lib/i18n';
import type fr from '@/messages/fr/settings';
import { settings } from '@/messages/settings';

interface Entry {
  word: keyof (typeof fr)['entries'];
  href: string;
  icon: LucideIcon;
  /** Who sees it; nothing: all. */
  roles?: ReadonlyArray<User['role']>;
  /** Only where the program plays WhatsApp itself. */
  simulated?: true;
}

const DOCTORS = ['admin', 'doctor'] as const;
const ADMINS = ['admin'] as const;

/** A row for each page of the settings, under what it is about. A group that nobody may see is not shown. */
const GROUPS: ReadonlyArray<{ group: keyof (typeof fr)['groups']; entries: readonly Entry[] }> = [
  {
    group: 'assistant',
    entries: [
      { word: 'advice', href: '/dashboard/settings/advice/', icon: BookOpenText, roles: DOCTORS },
      { word: 'quality', href: '/dashboard/settings/quality/', icon: BadgeCheck, roles: DOCTORS },
      { word: 'templates', href: '/dashboard/messages/templates/', icon: MessageSquareText },
      { word: 'simulator', href: '/dashboard/simulator/', icon: Smartphone, simulated: true },
    ],
  },
  {
    group: 'people',
    entries: [
      { word: 'account', href: '/dashboard/settings/account/', icon: CircleUserRound },
      { word: 'users', href: '/dashboard/settings/users/', icon: Users, roles: ADMINS },
      { word: 'tokens', href: '/dashboard/settings/tokens/', icon: KeyRound },
      { word: 'audit', href: '/dashboard/settings/audit/', icon: ScrollText, roles: ADMINS },
    ],
  },
  {
    group: 'running',
    entries: [
      { word: 'clinic', href: '/dashboard/settings/clinic/', icon: SlidersHorizontal, roles: ADMINS },
      { word: 'channel', href: '/dashboard/settings/channel/', icon: MessageCircle, roles: ADMINS },
      { word: 'models', href: '/dashboard/settings/models/', icon: Sparkles, roles: ADMINS },
      { word: 'backups', href: '/dashboard/settings/backups/', icon: HardDriveDownload, roles: ADMINS },
      { word: 'jobs', href: '/dashboard/settings/jobs/', icon: ListChecks, roles: ADMINS },
      { word: 'retention', href: '/dashboard/settings/retention/', icon: Hourglass, roles: ADMINS },
    ],
  },
];

export function SettingsPage() {
  const t = useWords(settings);
  const user = useStore(session.user, null);
  const simulated = useIsSimulated();
  const seen = (entries: readonly Entry[]) => entries.filter((e) => (!e.simulated || simulated) && (!e.roles || (user && e.roles.includes(user.role))));
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} />
      <div className="flex max-w-3xl flex-col gap-6">
        {GROUPS.map(({ group, entries }) => seen(entries).length > 0 && (
          <Panel key={group} title={t.groups[group]} flush>
            <ul aria-label={t.groups[group]} className="divide-y divide-line">
              {seen(entries).map(({ word, href, icon: Icon }) => (
                <li key={href} className="relative flex items-center gap-4 px-4 py-3 hover:bg-sunken">
                  <Icon aria-hidden className="size-6 shrink-0 text-accent" strokeWidth={1.75} />
                  <div className="min-w-0 flex-1">
                    <Link href={href} className="row-link font-semibold">{t.entries[word].name}</Link>
                    <p className="text-ink-soft">{t.entries[word].help}</p>
                  </div>
                  <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft" />
                </li>
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </>
  );
}

'use client';

import { BadgeCheck, ChevronRight, MessageSquareText, type LucideIcon } from 'lucide-react';
import Link from 'next/link';

import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { session, type User } from '@/lib/session';
import { useStore } from '@/lib/store';
import { useWords } from '@/lib/i18n';
import type fr from '@/messages/fr/settings';
import { settings } from '@/messages/settings';

interface Entry {
  word: keyof typeof fr;
  help: keyof typeof fr;
  href: string;
  icon: LucideIcon;
  /** Who sees it; nothing: all. */
  roles?: ReadonlyArray<User['role']>;
}

/** A row for each page of the settings. */
const ENTRIES: readonly Entry[] = [
  { word: 'templates', help: 'templatesHelp', href: '/dashboard/messages/templates/', icon: MessageSquareText },
  { word: 'quality', help: 'qualityHelp', href: '/dashboard/settings/quality/', icon: BadgeCheck, roles: ['admin', 'doctor'] },
];

export function SettingsPage() {
  const t = useWords(settings);
  const user = useStore(session.user, null);
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} />
      <Panel flush className="max-w-3xl">
        <ul aria-label={t.pages} className="divide-y divide-line">
          {ENTRIES.filter((e) => !e.roles || (user && e.roles.includes(user.role))).map(({ word, help, href, icon: Icon }) => (
            <li key={href} className="relative flex items-center gap-4 px-4 py-3 hover:bg-sunken">
              <Icon aria-hidden className="size-6 shrink-0 text-accent" strokeWidth={1.75} />
              <div className="min-w-0 flex-1">
                <Link href={href} className="row-link font-semibold">{t[word]}</Link>
                <p className="text-ink-soft">{t[help]}</p>
              </div>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft" />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

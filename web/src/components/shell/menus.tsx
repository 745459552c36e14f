'use client';

/** The two menus of the shell: their buttons come with every page, what opens is fetched when it is first wanted. */
import { CircleUserRound, Ellipsis } from 'lucide-react';
import { useState, type ComponentProps, type ComponentType } from 'react';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { shell } from '@/messages/shell';
import type { Place } from './nav';

/** A component of its own file, fetched by load(); null until it is there. */
function useFetched<P>(fetch: () => Promise<ComponentType<P>>): [ComponentType<P> | null, () => void] {
  const [fetched, setFetched] = useState<{ component: ComponentType<P> } | null>(null);
  return [fetched?.component ?? null, () => void fetch().then((component) => setFetched({ component }))];
}

function AccountTrigger(props: ComponentProps<'button'>) {
  const t = useWords(shell);
  const user = useStore(session.user, null);
  return (
    <button
      type="button"
      aria-label={t.account}
      aria-haspopup="menu"
      {...props}
      className="flex min-h-11 w-full min-w-11 items-center justify-center gap-3 rounded-md py-1.5 text-left text-ink-soft hover:bg-sunken hover:text-ink lg:justify-start lg:px-3"
    >
      <CircleUserRound aria-hidden className="size-6 shrink-0" />
      <span className="hidden min-w-0 lg:block">
        <span className="block truncate text-ink">{user?.full_name || user?.email || '\u00a0'}</span>
        <span className="block text-small">{user ? t.roles[user.role] : '\u00a0'}</span>
      </span>
    </button>
  );
}

export function AccountButton({ side, onKeys }: { side: 'top' | 'bottom'; onKeys: () => void }) {
  const [Menu, load] = useFetched(() => import('./account-menu').then((m) => m.AccountMenu));
  return Menu ? <Menu side={side} onKeys={onKeys} trigger={<AccountTrigger />} /> : <AccountTrigger onClick={load} />;
}

function MoreTrigger({ here, ...props }: { here: boolean } & ComponentProps<'button'>) {
  const t = useWords(shell);
  return (
    <button
      type="button"
      aria-haspopup="menu"
      {...props}
      className={cn('flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[0.75rem]', here ? 'font-semibold text-accent' : 'text-ink-soft')}
    >
      <Ellipsis aria-hidden className="size-5" />
      {t.nav.more}
    </button>
  );
}

export function MoreButton({ places, current }: { places: readonly Place[]; current: Place | undefined }) {
  const [Menu, load] = useFetched(() => import('./more-menu').then((m) => m.MoreMenu));
  const here = places.some((p) => p === current);
  return Menu ? <Menu places={places} trigger={<MoreTrigger here={here} />} /> : <MoreTrigger here={here} onClick={load} />;
}

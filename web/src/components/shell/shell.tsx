'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { lazy, memo, Suspense, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';

import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useEvents } from '@/lib/events';
import { whenIdle } from '@/lib/idle';
import { useWords } from '@/lib/i18n';
import { session, type User } from '@/lib/session';
import { useStore } from '@/lib/store';
import { toasts } from '@/lib/toast';
import { shell } from '@/messages/shell';
import { ConnectionBanner } from './banner';
import { Mark } from './mark';
import { AccountButton, MoreButton } from './menus';
import { PLACES, placeOf, type Place } from './nav';
import { ShellSearch } from './search';
import { useLeaveGuard } from './use-leave-guard';
import { useShellKeys } from './use-shell-keys';

// What is rarely seen comes when it is.
const KeysDialog = lazy(() => import('./keys-dialog').then((m) => ({ default: m.KeysDialog })));
const UnsavedDialog = lazy(() => import('./unsaved-dialog').then((m) => ({ default: m.UnsavedDialog })));
const Toasts = lazy(() => import('@/components/ui/toast').then((m) => ({ default: m.Toasts })));
const OwnPasswordPage = lazy(() => import('@/features/account/own-password-page').then((m) => ({ default: m.OwnPasswordPage })));
const WaitingCount = lazy(() => import('./waiting-count').then((m) => ({ default: m.WaitingCount }), () => ({ default: () => null })));
const SessionDialog = lazy(() => import('@/features/login/session-dialog').then((m) => ({ default: m.SessionDialog })));

/** Asks who is signed in, once a page load. Nobody: the call itself leads to /login/. */
function useSignIn() {
  useEffect(() => {
    let tries: ReturnType<typeof setTimeout>;
    const ask = () => {
      api.get<User>('/api/auth/me/').then(session.start, () => { tries = setTimeout(ask, 3_000); });
    };
    if (!session.user.get()) ask();
    return () => clearTimeout(tries);
  }, []);
}

/** True once it is known who is signed in and the page has nothing better to do. */
function useIsSettled(): boolean {
  const known = useStore(session.user, null) !== null;
  const [settled, settle] = useState(false);
  useEffect(() => {
    if (known) return whenIdle(() => settle(true));
  }, [known]);
  return settled;
}

/** How many wait there. */
function Waiting({ className }: { className: string }) {
  return useIsSettled() && <Suspense><WaitingCount className={className} /></Suspense>;
}

/** What happens is told from when it is known to whom, and what was seen is kept; draws nothing. */
function Live() {
  const settled = useIsSettled();
  const id = useStore(session.user, null)?.id;
  useEvents(id !== undefined);
  useEffect(() => {
    if (settled && id !== undefined) void import('@/lib/offline').then((m) => m.keepSeen(id));
  }, [settled, id]);
  return null;
}

interface PlaceLink {
  place: Place;
  current: boolean;
}

const RailLink = memo(function RailLink({ place, current }: PlaceLink) {
  const t = useWords(shell);
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex min-h-11 items-center gap-3 rounded-md px-3',
        current ? 'bg-accent-ground font-semibold text-accent-strong' : 'text-ink-soft hover:bg-sunken hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      {t.nav[place.word]}
      {place.counted && <Waiting className="ml-auto" />}
    </Link>
  );
});

const BarLink = memo(function BarLink({ place, current }: PlaceLink) {
  const t = useWords(shell);
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={cn('relative flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[0.75rem]', current ? 'font-semibold text-accent' : 'text-ink-soft')}
    >
      <Icon aria-hidden className="size-5" />
      <span className="max-w-full truncate">{t.nav[place.word]}</span>
      {place.counted && <Waiting className="absolute top-0.5 left-1/2 ml-2" />}
    </Link>
  );
});

/** In the place of everything while somebody else knows the password. */
function OwnPassword() {
  const user = useStore(session.user, null);
  const ended = useStore(session.ended, false);
  return user && <Suspense><OwnPasswordPage user={user} />{ended && <SessionDialog />}</Suspense>;
}

/** What may stand over a page. It listens itself, so that the page and all around it are not drawn anew for it. */
function Over({ keys, onKeysClose }: { keys: boolean; onKeysClose: () => void }) {
  const ended = useStore(session.ended, false);
  const told = useStore(toasts);
  const [leavingTo, stay] = useLeaveGuard();
  return (
    <Suspense>
      {keys && <KeysDialog onClose={onKeysClose} />}
      {leavingTo && <UnsavedDialog to={leavingTo} onStay={stay} />}
      {told.length > 0 && <Toasts />}
      {ended && <SessionDialog />}
    </Suspense>
  );
}

const mustChangePassword = () => session.user.get()?.must_change_password ?? false;
const BAR = PLACES.filter((p) => p.phone);
const MORE = PLACES.filter((p) => !p.phone);

/**
 * Everything around a page: where one is, where one can go, who one is, whether the server is there. Nothing that comes with an answer is read
 * here but in small parts below: the first answers must not draw all of it a second time while the page comes.
 */
export function Shell({ children }: { children: ReactNode }) {
  const t = useWords(shell);
  const mustChange = useSyncExternalStore(session.user.subscribe, mustChangePassword, () => false);
  const current = placeOf(usePathname());
  const [keys, setKeys] = useState(false);
  useSignIn();
  useShellKeys(() => setKeys(true));

  if (mustChange) return <OwnPassword />;
  return (
    <>
      <a href="#main" className="sr-only rounded-md bg-accent font-semibold text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-3">{t.skip}</a>
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <header className="sticky top-0 z-20 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line bg-surface p-4 lg:flex">
          <Link href="/dashboard/" prefetch={false} className="flex min-h-11 items-center gap-3 rounded-md px-3 text-lead font-semibold">
            <Mark className="size-7" />
            MediRecord
          </Link>
          <nav aria-label={t.mainNavigation} className="flex flex-1 flex-col gap-1">
            {PLACES.map((place) => <RailLink key={place.href} place={place} current={place === current} />)}
          </nav>
          <AccountButton side="top" onKeys={() => setKeys(true)} />
        </header>
        <div className="flex min-h-dvh flex-col">
          <ConnectionBanner />
          <section aria-label={t.toolbar} className="relative z-10 flex items-center gap-2 border-b border-line bg-surface px-4 py-2 lg:border-0 lg:bg-transparent lg:px-8 lg:pt-5">
            <Link href="/dashboard/" prefetch={false} aria-label="MediRecord" className="flex size-11 shrink-0 items-center justify-center rounded-md lg:hidden"><Mark className="size-7" /></Link>
            <div className="w-full lg:max-w-md"><ShellSearch /></div>
            <div className="lg:hidden"><AccountButton side="bottom" onKeys={() => setKeys(true)} /></div>
          </section>
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1264px] flex-1 px-4 pt-6 pb-28 outline-none lg:px-8 lg:pb-12">
            <Suspense>{children}</Suspense>
          </main>
        </div>
        <nav aria-label={t.mainNavigation} className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden">
          {BAR.map((place) => <BarLink key={place.href} place={place} current={place === current} />)}
          <MoreButton places={MORE} current={current} />
        </nav>
      </div>
      <Over keys={keys} onKeysClose={() => setKeys(false)} />
      <Live />
    </>
  );
}

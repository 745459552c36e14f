'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { Mark } from '@/components/shell/mark';
import { Button } from '@/components/ui/button';
import { useWords } from '@/lib/i18n';
import type { User } from '@/lib/session';
import { signOut } from '@/lib/sign-out';
import { account } from '@/messages/account';
import { shellMore } from '@/messages/shell-more';
import { PasswordPanel } from './password-panel';

/** In the place of every page while somebody else knows the password: the server answers nothing else before. */
export function OwnPasswordPage({ user }: { user: User }) {
  const t = useWords(account);
  const s = useWords(shellMore);
  const client = useQueryClient();
  useEffect(() => {
    document.title = `${t.mustChange} · MediRecord`;
  }, [t]);
  // What was refused meanwhile is asked again.
  useEffect(() => () => void client.resetQueries(), [client]);
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex min-h-dvh max-w-2xl flex-col justify-center gap-6 px-4 py-12 outline-none">
      <div>
        <Mark className="mb-4 size-12" />
        <h1 className="text-title font-semibold">{t.mustChange}</h1>
        <p className="mt-1 max-w-[60ch] text-ink-soft">{t.mustChangeHelp}</p>
      </div>
      <PasswordPanel user={user} />
      <div><Button look="quiet" onClick={() => void signOut()}>{s.signOut}</Button></div>
    </main>
  );
}

'use client';

import { useEffect } from 'react';
import { useRouter } from 'next/navigation';

import { Mark } from '@/components/shell/mark';
import { ConnectionBanner } from '@/components/shell/banner';
import { SharedDevice } from '@/features/offline/shared-device';
import { useWords } from '@/lib/i18n';
import { afterLogin, session } from '@/lib/session';
import { login } from '@/messages/login';
import { LoginForm } from './login-form';

export function LoginPage() {
  const t = useWords(login);
  const router = useRouter();
  useEffect(() => {
    document.title = `${t.title} · MediRecord`;
  }, [t]);
  return (
    <>
      <ConnectionBanner />
      {/* Not in the middle: what of the page comes later, or is said, would move what is there. */}
      <main className="mx-auto flex min-h-dvh max-w-sm flex-col px-4 pt-[15dvh] pb-12">
        <div className="mb-8">
          <Mark className="mb-4 size-12" />
          <h1 className="text-title font-semibold">MediRecord</h1>
          <p className="mt-1 text-ink-soft">{t.lead}</p>
        </div>
        <LoginForm
          onSignedIn={(user) => {
            session.start(user);
            router.replace(afterLogin(window.location.search));
          }}
        >
          <SharedDevice />
        </LoginForm>
        <a href="/login/forgotten/" className="mt-4 inline-flex min-h-11 items-center self-start text-accent underline">{t.forgotten}</a>
      </main>
    </>
  );
}

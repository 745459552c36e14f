'use client';

import { Dialog } from '@/components/ui/dialog';
import { useWords } from '@/lib/i18n';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { login } from '@/messages/login';
import { shellMore } from '@/messages/shell-more';
import { LoginForm } from './login-form';

/** Over the page that was open: nothing behind it is lost. */
export function SessionDialog() {
  const t = useWords(shellMore);
  const l = useWords(login);
  const user = useStore(session.user, null);
  return (
    <Dialog open mustDecide onOpenChange={() => {}} title={t.sessionEnded} description={<><p>{t.sessionEndedHelp}</p><p className="mt-2 font-semibold text-ink">{user?.email}</p></>}>
      <LoginForm email={user?.email} onSignedIn={session.start} />
      <p className="mt-4 text-small text-ink-soft">
        {l.notYou} <a href="/login/" className="text-accent underline">{l.otherAccount}</a>
      </p>
    </Dialog>
  );
}

'use client';

import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { useWords } from '@/lib/i18n';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { account } from '@/messages/account';
import { settings } from '@/messages/settings';
import { BrowsersPanel } from './browsers-panel';
import { OtpPanel } from './otp-panel';
import { PasswordPanel } from './password-panel';
import { ProfilePanel } from './profile-panel';

/** What one may change about oneself. */
export function AccountPage() {
  const t = useWords(account);
  const s = useWords(settings);
  const user = useStore(session.user, null);
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} />
      {!user ? <Skeleton className="h-96" /> : (
        <div className="flex max-w-3xl flex-col gap-6">
          <ProfilePanel user={user} />
          <PasswordPanel user={user} />
          <OtpPanel />
          <BrowsersPanel />
        </div>
      )}
    </>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Secret } from '@/components/ui/secret';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { useDeed } from '@/lib/use-deed';
import { users } from '@/messages/users';
import { STATE_TONES, stateOf, USERS_URL, type Account } from './user';
import { invite, UserForm, type Invited } from './user-form';

/** What came of an invitation; a password is seen here and never again. */
export function InvitedNote({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const t = useWords(users);
  const { account, password } = invited;
  return (
    <div className="flex flex-col gap-4">
      {password === null ? <Alert tone="good" live title={t.sentTitle}>{t.sent(account.email)}</Alert> : (
        <>
          <Alert tone="look" live title={t.givenTitle}>{t.given(account.full_name || account.email)}</Alert>
          <Secret label={t.oneTimePassword} value={password} />
        </>
      )}
      <Button look="primary" onClick={onClose} className="self-start">{t.done}</Button>
    </div>
  );
}

type Asked = 'off' | 'codes' | null;

/** Somebody else's account: who it is, and what one does for who cannot come in, or must not any more. */
export function UserPanel({ account, isMe, byMail, onClose }: { account: Account; isMe: boolean; byMail: boolean; onClose: () => void }) {
  const t = useWords(users);
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const [run, busy, error] = useDeed();
  const state = stateOf(account);
  const name = account.full_name || account.email;
  const done = async (said: string) => {
    await client.invalidateQueries({ queryKey: ['users'] });
    toast(said);
  };

  if (invited) return <InvitedNote invited={invited} onClose={onClose} />;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap gap-2">
        <Badge tone={STATE_TONES[state]}>{t.states[state]}</Badge>
        {account.otp_enabled && <Badge tone="accent">{t.withCodes}</Badge>}
        {account.must_change_password && state === 'active' && <Badge tone="waiting">{t.mustChange}</Badge>}
      </div>
      <UserForm key={account.id} account={account} byMail={byMail} onDone={onClose} />
      {isMe ? <p className="text-ink-soft">{t.isMe}</p> : (
        <section aria-label={t.help} className="flex flex-col gap-3 border-t border-line pt-4">
          <h3 className="font-semibold">{t.help}</h3>
          {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
          {account.is_active && (
            <div className="flex flex-wrap gap-2">
              {byMail && <Button busy={busy} onClick={() => void run(async () => setInvited(await invite(account, 'mail')))}>{t.sendLink}</Button>}
              <Button busy={busy} onClick={() => void run(async () => setInvited(await invite(account, 'password')))}>{t.givePassword}</Button>
              <Button busy={busy} onClick={() => void run(() => api.delete(`${USERS_URL}${account.id}/sessions/`).then(() => done(t.ended)))}>{t.endSessions}</Button>
              {account.otp_enabled && <Button onClick={() => setAsked('codes')}>{t.resetCodes}</Button>}
            </div>
          )}
          {account.is_active
            ? <Button look="danger" className="self-start" onClick={() => setAsked('off')}>{t.switchOff}</Button>
            : <Button busy={busy} className="self-start" onClick={() => void run(() => api.patch(`${USERS_URL}${account.id}/`, { is_active: true }).then(() => done(t.switchedOn)))}>{t.switchOn}</Button>}
        </section>
      )}
      <ConfirmDialog
        open={asked === 'off'}
        onOpenChange={() => setAsked(null)}
        title={t.switchOffAsk(name)}
        verb={t.switchOff}
        onConfirm={() => api.patch(`${USERS_URL}${account.id}/`, { is_active: false }).then(() => done(t.switchedOff))}
      >
        {t.switchOffHelp}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'codes'}
        onOpenChange={() => setAsked(null)}
        title={t.resetCodesAsk(name)}
        verb={t.resetCodes}
        onConfirm={() => api.delete(`${USERS_URL}${account.id}/otp/`).then(() => done(t.codesReset))}
      >
        {t.resetCodesHelp}
      </ConfirmDialog>
    </div>
  );
}

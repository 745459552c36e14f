'use client';

import { useEffect, useState, type FormEvent } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { CONTROL, Field } from '@/components/ui/field';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { password } from '@/messages/password';
import { Door } from './door';

const WHERE = '/api/auth/password/forgotten/';

function Ask({ onSent }: { onSent: (email: string) => void }) {
  const t = useWords(password);
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState('');
  const [error, setError] = useState<unknown>(null);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    setError(null);
    setMistake(email ? '' : t.emailMissing);
    if (!email) return;
    setBusy(true);
    try {
      await api.post(WHERE, { email }, { anonymous: true, idempotencyKey: undefined });
      onSent(email);
    } catch (why) {
      setBusy(false);
      if (why instanceof ApiError && why.fields.email) setMistake(why.fields.email.join(' '));
      else setError(why);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-5">
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
      <Field label={t.email} error={mistake}>
        {(props) => <input {...props} name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} className={CONTROL} />}
      </Field>
      <Button type="submit" look="primary" busy={busy}>{t.send}</Button>
    </form>
  );
}

function NoMail() {
  const t = useWords(password);
  return (
    <Alert title={t.noMailTitle}>
      <p>{t.noMail}</p>
      <p className="mt-2">{t.noMailAdmin}</p>
      <code className="mt-1 block break-words text-small">medirecord password --email …</code>
    </Alert>
  );
}

export function ForgottenPage() {
  const t = useWords(password);
  const [byMail, setByMail] = useState<boolean | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [sentTo, setSentTo] = useState('');
  useEffect(() => {
    api.get<{ by_mail: boolean }>(WHERE, undefined, { anonymous: true }).then((ways) => setByMail(ways.by_mail), setError);
  }, []);
  return (
    <Door title={t.forgottenTitle} lead={byMail && !sentTo ? t.forgottenLead : undefined}>
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
      {!error && byMail === null && <Skeleton className="h-32" />}
      {byMail === false && <NoMail />}
      {byMail && (sentTo ? <div role="status"><Alert tone="good" title={t.sentTitle}>{t.sent(sentTo)}</Alert></div> : <Ask onSent={setSentTo} />)}
      <ButtonLink look="quiet" href="/login/" prefetch={false} className="mt-4 self-start">{t.toLogin}</ButtonLink>
    </Door>
  );
}

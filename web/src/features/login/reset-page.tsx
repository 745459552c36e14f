'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button, IconButton } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { CONTROL, Field } from '@/components/ui/field';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { password } from '@/messages/password';
import { Door } from './door';

interface Link {
  email: string;
  kind: 'forgotten' | 'invitation';
}

const QUIET = { anonymous: true, idempotencyKey: undefined } as const;

/** What stands behind the # of the address never leaves the browser by itself; it is taken out of the address, so that no history keeps it. */
function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token) window.history.replaceState(null, '', window.location.pathname);
  return token;
}

function Choose({ token, link, onDone, onEnded }: { token: string; link: Link; onDone: () => void; onEnded: () => void }) {
  const t = useWords(password);
  const [seen, setSeen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState('');
  const [error, setError] = useState<unknown>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('password'));
    setError(null);
    setMistake(typed ? '' : t.passwordMissing);
    if (!typed) return;
    setBusy(true);
    try {
      await api.post('/api/auth/password/reset/', { token, new_password: typed }, QUIET);
      onDone();
    } catch (why) {
      setBusy(false);
      if (why instanceof ApiError && why.fields.new_password) setMistake(why.fields.new_password.join(' '));
      else if (why instanceof ApiError && why.status === 404) onEnded();
      else setError(why);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
      <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
      <Field label={t.password} hint={t.passwordHint} error={mistake}>
        {(props) => (
          <div className="relative">
            <input {...props} name="password" type={seen ? 'text' : 'password'} autoComplete="new-password" className={`${CONTROL} pr-12`} />
            <IconButton label={seen ? t.hide : t.show} aria-pressed={seen} onClick={() => setSeen(!seen)} className="absolute inset-y-0 right-0">
              {seen ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
            </IconButton>
          </div>
        )}
      </Field>
      <Button type="submit" look="primary" busy={busy}>{t.save}</Button>
    </form>
  );
}

export function ResetPage() {
  const t = useWords(password);
  const token = useRef<string | null>(null);
  const [link, setLink] = useState<Link | null>(null);
  const [state, setState] = useState<'asking' | 'open' | 'ended' | 'done'>('asking');
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    token.current ??= takeToken();
    if (!token.current) {
      setState('ended');
      return;
    }
    api.post<Link>('/api/auth/password/link/', { token: token.current }, QUIET).then(
      (found) => {
        setLink(found);
        setState('open');
      },
      (why) => (why instanceof ApiError && why.status === 404 ? setState('ended') : setError(why)),
    );
  }, []);

  const invited = link?.kind === 'invitation';
  return (
    <Door title={invited ? t.inviteTitle : t.resetTitle} lead={link && state === 'open' ? (invited ? t.inviteFor(link.email) : t.forWhom(link.email)) : undefined}>
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
      {!error && state === 'asking' && <Skeleton className="h-40" />}
      {state === 'open' && link && <Choose token={token.current ?? ''} link={link} onDone={() => setState('done')} onEnded={() => setState('ended')} />}
      {state === 'ended' && (
        <>
          <Alert tone="look" live title={t.endedTitle}>{t.ended}</Alert>
          <ButtonLink look="primary" href="/login/forgotten/" prefetch={false} className="mt-5">{t.askAgain}</ButtonLink>
        </>
      )}
      {state === 'done' && (
        <>
          <Alert tone="good" live title={t.savedTitle}>{t.saved}</Alert>
          <ButtonLink look="primary" href="/login/" prefetch={false} className="mt-5">{t.signIn}</ButtonLink>
        </>
      )}
    </Door>
  );
}

'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button, IconButton } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { api, ApiError } from '@/lib/api';
import { beforeReact } from '@/lib/before-react';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import type { User } from '@/lib/session';
import { login } from '@/messages/login';

/** Codes with which the server says that it wants the second factor too, or that it was wrong. */
const WANTS_CODE = new Set(['otp_required', 'otp_wrong']);

interface Mistakes {
  email?: string;
  password?: string;
  otp?: string;
}

/**
 * Plain state instead of React Hook Form: this is the first page of all, and the smallest. The field for the one-time code appears when the
 * server asks for it. `email` is fixed when somebody signs in again; what else the page asks (`children`) stands above the button.
 */
export function LoginForm({ email: fixed, onSignedIn, children }: { email?: string; onSignedIn: (user: User) => void; children?: ReactNode }) {
  const t = useWords(login);
  const [seen, setSeen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wantsCode, setWantsCode] = useState(false);
  const [recovery, setRecovery] = useState(false);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [error, setError] = useState<unknown>(null);

  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const email = fixed ?? String(data.get('email')).trim();
    const password = String(data.get('password'));
    const otp = wantsCode ? String(data.get('otp')).replace(/\s/g, '') : '';
    const missing: Mistakes = { ...(!email && { email: t.emailMissing }), ...(!password && { password: t.passwordMissing }) };
    setMistakes(missing);
    setError(null);
    const first = Object.keys(missing)[0];
    if (first) {
      (form.elements.namedItem(first) as HTMLElement).focus();
      return;
    }
    setBusy(true);
    try {
      onSignedIn(await api.post<User>('/api/auth/login/', { email, password, ...(otp && { otp }) }, { anonymous: true, idempotencyKey: undefined }));
    } catch (why) {
      setBusy(false);
      if (why instanceof ApiError && (WANTS_CODE.has(why.code) || why.fields.otp)) {
        setWantsCode(true);
        const typed = form.elements.namedItem('otp') as HTMLInputElement | null;
        if (typed && typed.value) setMistakes({ otp: why.fields.otp?.join(' ') || why.detail });
        if (typed) {
          typed.value = '';
          typed.focus();
        }
      } else if (why instanceof ApiError && Object.keys(why.fields).length > 0) {
        setMistakes({ email: why.fields.email?.join(' '), password: why.fields.password?.join(' ') });
      } else {
        setError(why);
      }
    }
  }

  const refused = error instanceof ApiError && error.status === 401 ? error.detail : null;
  return (
    <form {...beforeReact} noValidate onSubmit={(event) => void signIn(event)} className="flex flex-col gap-5">
      {error ? <Alert tone="look" live title={refused ? undefined : explain(error).title}>{refused ?? explain(error).detail}</Alert> : null}
      {fixed === undefined && (
        <Field label={t.email} error={mistakes.email}>
          {(props) => <input {...props} name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} className={CONTROL} />}
        </Field>
      )}
      <Field label={t.password} error={mistakes.password}>
        {(props) => (
          <div className="relative">
            {fixed !== undefined && <input type="hidden" name="username" autoComplete="username" value={fixed} readOnly />}
            <input {...props} name="password" type={seen ? 'text' : 'password'} autoComplete="current-password" className={`${CONTROL} pr-12`} />
            <IconButton label={seen ? t.hide : t.show} aria-pressed={seen} onClick={() => setSeen(!seen)} className="absolute inset-y-0 right-0">
              {seen ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
            </IconButton>
          </div>
        )}
      </Field>
      {wantsCode && (
        <div>
          <Field label={recovery ? t.recoveryCode : t.code} hint={recovery ? t.recoveryHint : t.codeHint} error={mistakes.otp}>
            {(props) => <input {...props} key={String(recovery)} name="otp" inputMode={recovery ? 'text' : 'numeric'} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} maxLength={recovery ? 14 : 7} autoFocus className={`${CONTROL} tabular tracking-widest`} />}
          </Field>
          <button type="button" onClick={() => setRecovery(!recovery)} className="min-h-11 text-small text-accent underline">{recovery ? t.useCode : t.useRecovery}</button>
        </div>
      )}
      {children}
      <Button type="submit" look="primary" busy={busy}>{t.signIn}</Button>
    </form>
  );
}

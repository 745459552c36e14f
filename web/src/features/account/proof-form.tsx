'use client';

import { useId, type FormEvent, type ReactNode } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { useDeed } from '@/lib/use-deed';
import { account } from '@/messages/account';

/** Asks for the password, a code, or both, before something that is about codes. */
export function ProofForm({ ask, verb, onProof, aside, danger }: { ask: ReadonlyArray<'password' | 'otp'>; verb: string; onProof: (typed: Record<string, string>) => Promise<unknown>; aside?: ReactNode; danger?: boolean }) {
  const t = useWords(account);
  const [run, busy, error] = useDeed();
  const id = useId();
  const fields = error instanceof ApiError ? error.fields : {};
  const whole = error && Object.keys(fields).length === 0 ? explain(error) : null;

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void run(() => onProof(Object.fromEntries(ask.map((name) => [name, String(data.get(name)).trim()]))));
  }

  return (
    <form noValidate aria-labelledby={id} onSubmit={send} className="flex max-w-md flex-col gap-4">
      <span id={id} hidden>{verb}</span>
      {whole && <Alert tone="look" live title={whole.title}>{whole.detail}</Alert>}
      {ask.includes('password') && (
        <Field label={t.password} hint={t.passwordWhy} error={fields.password?.join(' ')}>
          {(props) => <input {...props} name="password" type="password" autoComplete="current-password" className={CONTROL} />}
        </Field>
      )}
      {ask.includes('otp') && (
        <Field label={t.code} hint={ask.length > 1 ? t.codeOrRecovery : t.codeHint} error={fields.otp?.join(' ')}>
          {(props) => <input {...props} name="otp" autoComplete="one-time-code" inputMode={ask.length > 1 ? 'text' : 'numeric'} autoCapitalize="none" spellCheck={false} maxLength={14} className={`${CONTROL} tabular tracking-widest`} />}
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>{verb}</Button>
        {aside}
      </div>
    </form>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { users } from '@/messages/users';
import { ROLES, USERS_URL, type Account } from './user';

const makeSchema = () => {
  const t = words(users);
  return z.object({
    full_name: z.string().max(120),
    email: z.string().trim().min(1, t.required),
    role: z.enum(ROLES),
    language: z.enum(['fr', 'en']),
    by: z.enum(['mail', 'password']),
  });
};

type Typed = z.infer<ReturnType<typeof makeSchema>>;

/** What the chosen role may do, in plain words, where it is chosen. */
function Role() {
  const t = useWords(users);
  const role = useFormContext<Typed>().watch('role');
  return <SelectField name="role" label={t.role} hint={t.roleHelp[role]} options={ROLES.map((value) => ({ value, label: t.roles[value] ?? value }))} />;
}

export interface Invited {
  account: Account;
  /** Shown once; null: a link was sent. */
  password: string | null;
}

export async function invite(account: Account, by: 'mail' | 'password'): Promise<Invited> {
  const { password } = await api.post<{ password: string | null }>(`${USERS_URL}${account.id}/invite/`, { by }, { idempotencyKey: undefined });
  return { account, password };
}

/** A new account, which is invited at once, or one that is there. */
export function UserForm({ account, byMail, onDone }: { account?: Account; byMail: boolean; onDone: (invited?: Invited) => void }) {
  const t = useWords(users);
  const client = useQueryClient();
  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: { full_name: account?.full_name ?? '', email: account?.email ?? '', role: account?.role ?? 'doctor', language: account?.language ?? 'fr', by: byMail ? 'mail' : 'password' },
    save: async ({ by, ...typed }, idempotencyKey) => {
      if (account) {
        await api.patch(`${USERS_URL}${account.id}/`, typed);
        toast(t.saved);
        onDone();
      } else {
        const made = await api.post<Account>(USERS_URL, typed, { idempotencyKey });
        try {
          onDone(await invite(made, by));
        } finally {
          await client.invalidateQueries({ queryKey: ['users'] });
        }
      }
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <Form saved={saved} verb={account ? t.save : t.invite} label={account ? t.edit : t.addTitle}>
      <TextField name="full_name" label={t.name} hint={t.nameHint} autoComplete="off" />
      <TextField name="email" type="email" label={t.email} hint={t.emailHint} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      <Role />
      <SelectField name="language" label={t.language} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
      {!account && byMail && <SelectField name="by" label={t.by} options={[{ value: 'mail', label: t.byMail }, { value: 'password', label: t.byPassword }]} />}
      {!account && !byMail && <p className="text-small text-ink-soft">{t.noMail}</p>}
    </Form>
  );
}

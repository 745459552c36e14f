'use client';

import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/form-fields';
import { Panel } from '@/components/ui/panel';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { session, type User } from '@/lib/session';
import { toast } from '@/lib/toast';
import { account } from '@/messages/account';

const makeSchema = () => {
  const t = words(account);
  return z.object({ old_password: z.string().min(1, t.required), new_password: z.string().min(10, t.tooShort) });
};

export function PasswordPanel({ user }: { user: User }) {
  const t = useWords(account);
  const saved = useSavedForm<z.infer<ReturnType<typeof makeSchema>>>({
    schema: makeSchema(),
    initial: { old_password: '', new_password: '' },
    save: async (typed) => {
      await api.post('/api/auth/password/', typed, { idempotencyKey: undefined });
      session.user.set({ ...user, must_change_password: false });
      saved.form.reset({ old_password: '', new_password: '' });
      toast(t.passwordSaved);
    },
  });
  return (
    <Panel title={t.passwordTitle}>
      <Form saved={saved} verb={t.savePassword} label={t.passwordTitle}>
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        <div className="grid max-w-2xl gap-5 sm:grid-cols-2">
          <TextField name="old_password" type="password" label={t.oldPassword} autoComplete="current-password" />
          <TextField name="new_password" type="password" label={t.newPassword} hint={t.newPasswordHint} autoComplete="new-password" />
        </div>
      </Form>
    </Panel>
  );
}

'use client';

import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { Panel } from '@/components/ui/panel';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { colon } from '@/lib/format';
import { chooseLanguage, useLang, useWords } from '@/lib/i18n';
import { session, type User } from '@/lib/session';
import { toast } from '@/lib/toast';
import { account } from '@/messages/account';

const schema = z.object({ full_name: z.string().max(120), language: z.enum(['fr', 'en']) });

export function ProfilePanel({ user }: { user: User }) {
  const t = useWords(account);
  const lang = useLang();
  const saved = useSavedForm<z.infer<typeof schema>>({
    schema,
    initial: { full_name: user.full_name, language: user.language },
    save: async (typed) => {
      session.user.set(await api.patch<User>('/api/auth/me/', typed));
      chooseLanguage(typed.language);
      toast(t.profileSaved);
    },
  });
  return (
    <Panel title={t.profile}>
      <Form saved={saved} verb={t.saveProfile} label={t.profile}>
        <div className="grid max-w-2xl gap-5 sm:grid-cols-2">
          <TextField name="full_name" label={t.name} hint={t.nameHint} autoComplete="name" />
          <SelectField name="language" label={t.language} hint={t.languageHint} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
        </div>
        <p className="text-ink-soft">{t.email}{colon(lang)}<span className="break-all text-ink">{user.email}</span></p>
      </Form>
    </Panel>
  );
}

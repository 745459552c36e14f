'use client';

import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { Panel } from '@/components/ui/panel';
import { SettingRows } from '@/features/settings/setting-rows';
import { SETTINGS_URL, type Setting, type SettingList } from '@/features/settings/setting';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { clinic } from '@/messages/clinic';
import { settingWords } from '@/messages/setting-words';

const schema = z.record(z.string(), z.string());

/** What the next start takes: '' is the default. */
function wanted(s: Setting): string {
  if (s.saved) return s.saved.value ?? '';
  return s.source === 'dashboard' ? s.value : '';
}

function SettingField({ setting }: { setting: Setting }) {
  const t = useWords(clinic);
  const w = useWords(settingWords);
  const words = w.values[setting.name] ?? {};
  const label = t.names[setting.name] ?? w.names[setting.name] ?? setting.name;
  const fallback = words[setting.fallback] || setting.fallback || t.workedOut[setting.name] || '';
  if (setting.choices.length === 0) {
    return <TextField name={setting.name} label={label} hint={[t.hints[setting.name], t.leftEmpty(fallback)].filter(Boolean).join(' ')} placeholder={setting.fallback} autoComplete="off" />;
  }
  const options = [{ value: '', label: t.byDefault(fallback) }, ...setting.choices.map((value) => ({ value, label: words[value] ?? value }))];
  return <SelectField name={setting.name} label={label} hint={t.hints[setting.name]} options={options} />;
}

/** One panel: what is left open in a form, what the server fixes below it. */
export function GroupForm({ title, settings, names }: { title: string; settings: Setting[]; names: readonly string[] }) {
  const t = useWords(clinic);
  const client = useQueryClient();
  const own = names.flatMap((name) => settings.filter((s) => s.name === name));
  const open = own.filter((s) => s.changeable && !s.fixed);
  const fixed = own.filter((s) => s.fixed);
  const initial = Object.fromEntries(open.map((s) => [s.name, wanted(s)]));
  const saved = useSavedForm<Record<string, string>>({
    schema,
    initial,
    save: async (typed) => {
      const changes = Object.fromEntries(Object.entries(typed).filter(([name, value]) => value.trim() !== initial[name]).map(([name, value]) => [name, value.trim() || null]));
      const answer = await api.patch<SettingList>(SETTINGS_URL, changes);
      client.setQueryData(['settings'], answer);
      toast(t.saved);
    },
  });
  return (
    <Panel title={title}>
      {open.length > 0 && (
        <Form saved={saved} verb={t.save} label={title}>
          <div className="grid max-w-3xl gap-5 sm:grid-cols-2">{open.map((s) => <SettingField key={s.name} setting={s} />)}</div>
        </Form>
      )}
      {fixed.length > 0 && (
        <div className={open.length > 0 ? 'mt-6' : undefined}>
          <h3 className="font-semibold">{t.fixed}</h3>
          <p className="text-small text-ink-soft">{t.fixedHelp}</p>
          <SettingRows label={t.fixedOf(title)} settings={settings} names={fixed.map((s) => s.name)} />
        </div>
      )}
    </Panel>
  );
}

'use client';

import { useFormContext } from 'react-hook-form';

import { SelectField, TextField } from '@/components/ui/form-fields';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { broadcasts } from '@/messages/broadcasts';
import { common } from '@/messages/common';
import { templates } from '@/messages/templates';
import { TEMPLATES_URL, type Template } from '@/features/templates/template';
import type { Typed } from './composed';

/** Purposes that the program sends by itself. */
const OWN = ['activation', 'waiting', 'reply', 'reminder_doctor'];
/** What a message to many has for a template's variables by itself (src/broadcasts/words.c). */
const KNOWN = ['content', 'name', 'prenom', 'nom', 'medecin'];

interface Choice {
  /** The name that stands for all languages of the purpose. */
  sid: string;
  names: string[];
  label: string;
  variables: string[];
}

function useChoices(): Choice[] | undefined {
  const t = useWords(templates);
  const c = useWords(common);
  const { data } = useList<Template>('templates', TEMPLATES_URL, { page_size: 100 });
  if (!data) return undefined;
  const byPurpose = Map.groupBy(data.results.filter((m) => !OWN.includes(m.purpose)), (m) => m.purpose);
  return [...byPurpose].map(([purpose, list]) => {
    const best = [...list].sort((a, b) => Number(b.state === 'approved') - Number(a.state === 'approved') || Number(b.language === 'fr') - Number(a.language === 'fr'))[0]!;
    const said = list.map((m) => `${c.languages[m.language].toLowerCase()} : ${t.states[m.state]!.toLowerCase()}`).join(', ');
    return { sid: best.carrier_name, names: list.map((m) => m.carrier_name), label: `${t.purposes[purpose] ?? purpose} (${said})`, variables: best.variables };
  });
}

/** What goes to those who have not written for a day; without it they are left out. */
export function TemplateChoice() {
  const t = useWords(broadcasts);
  const { watch } = useFormContext<Typed>();
  const choices = useChoices();
  const sid = watch('template_sid');
  const chosen = choices?.find((choice) => choice.names.includes(sid));
  const options = [
    { value: '', label: choices?.length === 0 ? t.noTemplateYet : t.noTemplate },
    ...(choices ?? []).map((choice) => ({ value: choice === chosen ? sid : choice.sid, label: choice.label })),
    ...(sid && !chosen ? [{ value: sid, label: choices ? t.unknownTemplate(sid) : '…' }] : []),
  ];
  const own = chosen?.variables.filter((name) => name && !KNOWN.includes(name)) ?? [];
  return (
    <div className="flex flex-col gap-4">
      {/* The options come after the value: the list is made anew with them, so that it shows it. */}
      <SelectField key={String(choices !== undefined)} name="template_sid" label={t.template} hint={t.templateHint} options={options} />
      {own.map((name) => <TextField key={name} name={`template_variables.${name}`} label={t.templateVariable(name)} hint={t.templateVariableHint} />)}
    </div>
  );
}

'use client';

import Link from 'next/link';
import { useId, useState } from 'react';

import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field';
import { TEMPLATES_URL, filled, type Template } from '@/features/templates/template';
import { api } from '@/lib/api';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { inbox } from '@/messages/inbox';
import type { Entry } from './inbox';
import { useAct } from './use-act';

const OF_THE_PROGRAM = ['activation', 'waiting'];

/** For each purpose the words in which this person will get it: French where nothing else is known. */
function choices(templates: Template[]): Template[] {
  const byPurpose = new Map<string, Template>();
  for (const template of templates) {
    if (template.state !== 'approved' || OF_THE_PROGRAM.includes(template.purpose)) continue;
    if (!byPurpose.has(template.purpose) || template.language === 'fr') byPurpose.set(template.purpose, template);
  }
  return [...byPurpose.values()];
}

function Filled({ entry, template }: { entry: Entry; template: Template }) {
  const t = useWords(inbox);
  const id = useId();
  const [busy, act] = useAct();
  const [values, setValues] = useState<Record<string, string>>(() => Object.fromEntries(template.variables.map((name) => [name, name === 'name' ? entry.first_name ?? '' : ''])));
  const complete = template.variables.every((name) => values[name]?.trim());
  const send = () => act(() => api.post(`/api/inbox/${entry.id}/template/`, { purpose: template.purpose, values, patient: entry.patient }), t.templateSent);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      className="flex flex-col gap-2"
    >
      {template.variables.map((name) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`} className="mb-1 block text-small font-semibold">{t.values[name] ?? name}</label>
          <input id={`${id}-${name}`} value={values[name]} onChange={(event) => setValues({ ...values, [name]: event.target.value })} maxLength={200} className={CONTROL} />
        </div>
      ))}
      <p className="w-fit max-w-full rounded-lg rounded-tr-none bg-accent-ground px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {filled(template.body, template.variables, Object.fromEntries(Object.entries(values).filter(([, value]) => value))).map((piece, at) => <span key={at}>{piece.text}</span>)}
      </p>
      <div><Button type="submit" look="primary" busy={busy} disabled={!complete}>{t.sendTemplate}</Button></div>
    </form>
  );
}

/** Outside the 24 hours only what WhatsApp has approved may be sent. */
export function TemplateBox({ entry }: { entry: Entry }) {
  const t = useWords(inbox);
  const id = useId();
  const { data } = useList<Template>('templates', TEMPLATES_URL, { page_size: 100 });
  const list = choices(data?.results ?? []);
  const [purpose, setPurpose] = useState('');
  const chosen = list.find((template) => template.purpose === purpose) ?? list[0];
  return (
    <div className="flex flex-col gap-2">
      <p className="text-look-ink">{t.closedHelp}</p>
      {data && list.length === 0 && <p>{t.noTemplates} <Link href="/dashboard/messages/templates/" prefetch={false} className="font-semibold text-accent underline underline-offset-2">{t.toTemplates}</Link></p>}
      {list.length > 1 && (
        <div>
          <label htmlFor={id} className="mb-1 block text-small font-semibold">{t.template}</label>
          <select id={id} value={chosen?.purpose} onChange={(event) => setPurpose(event.target.value)} className={CONTROL}>
            {list.map((template) => <option key={template.purpose} value={template.purpose}>{t.purposes[template.purpose] ?? template.purpose}</option>)}
          </select>
        </div>
      )}
      {chosen && <Filled key={chosen.id} entry={entry} template={chosen} />}
    </div>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { patients } from '@/messages/patients';
import { patientUrl, useChoices, type Patient } from './patient';

/** One record after the other, each read anew: nobody's other tags are lost. Answers those that changed. */
async function setTag(chosen: readonly Patient[], tag: string, on: boolean): Promise<Patient[]> {
  const changed: Patient[] = [];
  for (const { id } of chosen) {
    let etag = '';
    const now = await api.get<Patient>(patientUrl(id), undefined, { onTag: (tag_) => { etag = tag_; } });
    if (now.tags.includes(tag) === on) continue;
    await api.patch(patientUrl(id), { tags: on ? [...now.tags, tag] : now.tags.filter((other) => other !== tag) }, { headers: etag ? { 'If-Match': etag } : {} });
    changed.push(now);
  }
  return changed;
}

/** A tag for all that were chosen, or away from them; with a way back. */
export function BulkTags({ chosen, onDone }: { chosen: Patient[]; onDone: () => void }) {
  const t = useWords(patients);
  const client = useQueryClient();
  const { tags } = useChoices();
  const [tag, setTagText] = useState('');
  const [busy, setBusy] = useState(false);

  async function run(people: readonly Patient[], name: string, on: boolean) {
    setBusy(true);
    try {
      const changed = await setTag(people, name, on);
      toast(on ? t.tagAdded(name, changed.length) : t.tagRemoved(name, changed.length), changed.length ? { undo: () => void run(changed, name, !on) } : {});
      onDone();
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['patients'] });
    }
  }

  const name = tag.trim();
  return (
    <form
      aria-label={t.bulk}
      onSubmit={(event) => {
        event.preventDefault();
        if (name) void run(chosen, name, true);
      }}
      className="mx-4 mb-3 flex flex-wrap items-end gap-2 rounded-md bg-accent-ground px-4 py-3 max-md:fixed max-md:inset-x-2 max-md:bottom-[calc(4.25rem+env(safe-area-inset-bottom))] max-md:z-20 max-md:m-0 max-md:border max-md:border-line max-md:shadow-lg"
    >
      <p className="mr-2 self-center font-semibold">{t.chosen(chosen.length)}</p>
      <Field label={t.tag} className="w-full md:w-56">
        {(props) => <input {...props} list="bulk-tags" maxLength={50} value={tag} onChange={(event) => setTagText(event.target.value)} className={CONTROL} autoComplete="off" />}
      </Field>
      <datalist id="bulk-tags">{tags.map((o) => <option key={o.tag} value={o.tag} />)}</datalist>
      <Button type="submit" look="primary" busy={busy} disabled={!name}>{t.addTag}</Button>
      <Button disabled={!name || busy} onClick={() => void run(chosen, name, false)}>{t.removeTag}</Button>
      <Button look="quiet" onClick={onDone}>{t.chooseNone}</Button>
    </form>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { Failed } from '@/components/ui/list-state';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ApiError } from '@/lib/api';
import { useSavedForm, type SavedForm } from '@/lib/form';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { common } from '@/messages/common';
import { patients } from '@/messages/patients';
import { patientUrl, useChoices, type Patient } from './patient';
import { makeSchema, PatientFields, typedOf, writtenOf, type FieldName, type Typed } from './patient-fields';

interface Read {
  record: Typed;
  etag: string;
}

async function read(id: number): Promise<Read> {
  let etag = '';
  const patient = await api.get<Patient>(patientUrl(id), undefined, { onTag: (tag) => { etag = tag; } });
  return { record: typedOf(patient), etag };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const changedFields = (a: Typed, b: Typed) => (Object.keys(a) as FieldName[]).filter((name) => !same(writtenOf(a)[name], writtenOf(b)[name]));

function useShown(): (name: FieldName, value: Typed[FieldName]) => string {
  const t = useWords(patients);
  const c = useWords(common);
  const { doctors } = useChoices();
  return (name, value) => {
    if (Array.isArray(value)) return value.join(', ') || t.nothing;
    if (typeof value === 'boolean') return value ? t.yes : t.no;
    if (!value) return t.nothing;
    if (name === 'gender') return t.genders[value as 'M'];
    if (name === 'language') return c.languages[value as 'fr'];
    if (name === 'assigned_to') return doctors.find((d) => String(d.id) === value)?.name ?? value;
    return value;
  };
}

/** Each field that two people changed: what is there now beside what was typed here. */
function Conflict({ names, theirs, form }: { names: FieldName[]; theirs: Typed; form: SavedForm<Typed>['form'] }) {
  const t = useWords(patients);
  const shown = useShown();
  const [mine] = useState(() => form.getValues());
  const now = form.watch();
  return (
    <Alert tone="look" live title={t.conflict}>
      <p>{t.conflictHelp}</p>
      <ul className="mt-3 flex flex-col gap-4">
        {names.map((name) => (
          <li key={name}>
            <fieldset>
              <legend className="font-semibold">{t.fieldNames[name]}</legend>
              <div className="mt-1 grid gap-2 sm:grid-cols-2">
                {([[t.theirs, theirs], [t.mine, mine]] as const).map(([label, of]) => (
                  <label key={label} className="flex min-h-11 items-start gap-3 rounded-md border border-line-strong bg-surface px-3 py-2 text-ink">
                    <input type="radio" name={`conflict-${name}`} checked={same(now[name], of[name])} onChange={() => form.setValue(name, of[name] as never, { shouldDirty: true })} className="mt-0.5 size-5 shrink-0 accent-accent" />
                    <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap"><span className="block text-small text-ink-soft">{label}</span>{shown(name, of[name])}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function EditForm({ id, start, onDone }: { id: number; start: Read; onDone: () => void }) {
  const t = useWords(patients);
  const c = useWords(common);
  const client = useQueryClient();
  const base = useRef(start);
  const [conflict, setConflict] = useState<{ names: FieldName[]; theirs: Typed } | null>(null);

  /** Only what was changed here goes out; what others changed elsewhere in the record stays, and only a field that both changed is asked about. */
  async function write(mine: Typed): Promise<void> {
    const { record, etag } = base.current;
    const names = changedFields(record, mine);
    if (names.length === 0) return;
    const written = writtenOf(mine);
    try {
      await api.patch(patientUrl(id), Object.fromEntries(names.map((name) => [name, written[name]])), { headers: { 'If-Match': etag } });
    } catch (why) {
      if (!(why instanceof ApiError) || why.status !== 412) throw why;
      const now = await read(id);
      const both = names.filter((name) => !same(record[name], now.record[name]) && !same(mine[name], now.record[name]));
      const merged = { ...now.record, ...Object.fromEntries(names.map((name) => [name, mine[name]])) };
      base.current = now;
      if (both.length === 0) return write(merged);
      for (const name of Object.keys(merged) as FieldName[]) saved.form.setValue(name, merged[name] as never, { shouldDirty: true });
      setConflict({ names: both, theirs: now.record });
      throw new ApiError(409, { detail: t.chooseAbove, code: 'changed_meanwhile' }, null);
    }
  }

  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: start.record,
    save: async (typed) => {
      await write(typed);
      await client.invalidateQueries({ queryKey: ['patients'] });
      toast(t.saved);
      onDone();
    },
  });
  return (
    <Form saved={saved} verb={t.saveVerb} label={t.edit} long aside={<Button onClick={onDone}>{c.cancel}</Button>}>
      {conflict && <Conflict key={conflict.names.join()} {...conflict} form={saved.form} />}
      <PatientFields self={id} />
    </Form>
  );
}

/** The record as a form, read anew: what is changed is what is there. */
export function EditPatient({ id, onDone }: { id: number; onDone: () => void }) {
  const [start, setStart] = useState<Read | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    read(id).then((found) => !gone && setStart(found), (why: unknown) => !gone && setError(why));
    return () => {
      gone = true;
    };
  }, [id, tries]);
  if (start) return <EditForm id={id} start={start} onDone={onDone} />;
  if (!error) return <Skeleton className="h-96" />;
  return <Failed error={error} retry={() => { setError(null); setTries(tries + 1); }} />;
}

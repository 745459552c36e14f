'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { z } from 'zod';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { SidePanel } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { SelectField, TextArea, TextField } from '@/components/ui/form-fields';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { viewer } from '@/messages/viewer';
import { documentUrl } from './document';
import { useDeed } from './document-actions';
import { FACT_TYPES, FIELDS, field, type Fact, type FactCorrection, type FactType } from './fact';

/** Fields of all types: what the type does not have stays empty. */
const ALL = [...new Set(FACT_TYPES.flatMap((type) => [...FIELDS[type]]))];
type Values = { type: string; name: string; quote: string } & Record<string, string>;

const schema = () => {
  const t = words(viewer);
  return z.record(z.string(), z.string().max(1000, t.tooLong)).refine((v) => Boolean(v.name?.trim()), { path: ['name'], message: t.required }).refine((v) => Boolean(v.quote?.trim()), { path: ['quote'], message: t.required });
};

const initialOf = (fact: Fact | null, quote: string): Values => ({
  type: fact?.type ?? 'medication', name: fact?.name ?? '', quote: fact?.quote ?? quote, ...Object.fromEntries(ALL.map((name) => [name, fact ? field(fact, name) : ''])),
});

/** What changed in a field and stands in the printed line changes there too. */
function Fields({ fact }: { fact: Fact | null }) {
  const t = useWords(viewer);
  const { watch, getValues, setValue } = useFormContext<Values>();
  const type = watch('type') as FactType;
  function follow(name: string, before: string) {
    const now = getValues(name).trim();
    const quote = getValues('quote');
    if (before && now && before !== now && quote.includes(before) && !quote.includes(now)) setValue('quote', quote.replace(before, now), { shouldDirty: true });
  }
  return (
    <>
      {!fact && <SelectField name="type" label={t.factType} options={FACT_TYPES.map((value) => ({ value, label: t.types[value]! }))} />}
      {['name', ...FIELDS[type]].map((name) => (
        <div key={name} onBlur={() => fact && follow(name, field(fact, name))}>
          <TextField name={name} label={name === 'name' ? t.names[type]! : t.fields[name]!} optional={name !== 'name'} autoComplete="off" />
        </div>
      ))}
      <TextArea name="quote" label={t.factQuote} hint={t.factQuoteHint} rows={2} />
    </>
  );
}

function FactForm({ id, page, fact, quote, onClose }: { id: number; page: number; fact: Fact | null; quote: string; onClose: () => void }) {
  const t = useWords(viewer);
  const client = useQueryClient();
  const { busy, act } = useDeed();
  const [initial] = useState(() => initialOf(fact, quote));
  const where = `${documentUrl(id)}facts/`;
  const renew = () => Promise.all(['documents', 'facts', 'notifications'].map((root) => client.invalidateQueries({ queryKey: [root] })));
  const undo = (made: FactCorrection) => () => void api.delete(`${documentUrl(id)}fact-corrections/${made.id}/`).then(renew);

  const saved = useSavedForm<Record<string, string>>({
    schema: schema(),
    initial,
    save: async (values) => {
      const said = Object.fromEntries(['name', 'quote', ...FIELDS[values.type as FactType]].map((name) => [name, (values[name] ?? '').trim()]));
      const made = fact
        ? await api.patch<FactCorrection>(`${where}${fact.id}/`, said)
        : await api.post<FactCorrection>(where, { type: values.type, page, ...said });
      onClose();
      toast(fact ? t.factSaved : t.factAdded, { undo: undo(made) });
      await renew();
    },
  });

  async function reject() {
    let made: FactCorrection | undefined;
    onClose();
    await act(async () => { made = await api.post<FactCorrection>(`${where}${fact!.id}/reject/`); }, t.factRejected, { undo: () => made && undo(made)() });
  }

  return (
    <div className="flex flex-col gap-5">
      {fact?.correction && (
        <Alert tone="good">
          {t.factBy(fact.correction.by ?? t.somebody)} <When at={fact.correction.at} />
          <div className="mt-2">
            <Button busy={busy} icon={<Undo2 aria-hidden className="size-5" />} onClick={() => { onClose(); void act(() => api.delete(`${documentUrl(id)}fact-corrections/${fact.correction!.id}/`), t.factRestored); }}>{t.factRestore}</Button>
          </div>
        </Alert>
      )}
      <Form saved={saved} verb={fact ? t.factSave : t.factAdd} aside={fact && <Button look="quiet" busy={busy} icon={<Trash2 aria-hidden className="size-5" />} onClick={() => void reject()}>{t.factReject}</Button>}>
        <Fields fact={fact} />
      </Form>
    </div>
  );
}

/** One fact, corrected or rejected; `fact` null: one that was not found. */
export function FactPanel({ id, page, fact, quote, open, onClose }: { id: number; page: number; fact: Fact | null; quote: string; open: boolean; onClose: () => void }) {
  const t = useWords(viewer);
  return (
    <SidePanel open={open} onOpenChange={(on) => !on && onClose()} title={fact ? t.types[fact.type]! : t.factAddTitle}>
      {open && <FactForm key={fact?.id ?? 'new'} {...{ id, page, fact, quote, onClose }} />}
    </SidePanel>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { SelectField, TextArea, TextField } from '@/components/ui/form-fields';
import { ChosenFiles } from '@/features/upload/chosen-files';
import { FilePicker } from '@/features/upload/file-picker';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { formatNumber } from '@/lib/format';
import { useLang, useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { advice } from '@/messages/advice';
import { common } from '@/messages/common';
import { ADVICE, ADVICE_URL, BODY_MAX, LANGUAGES, LEAFLETS, TITLE_MAX, type Advice } from './advice';
import { Preview } from './preview';

const makeSchema = () => {
  const t = words(advice);
  return z.object({
    title: z.string().max(TITLE_MAX, t.tooLong(TITLE_MAX)).refine((value) => value.trim() !== '', t.required),
    language: z.enum(['fr', 'en', 'wo']),
    body: z.string().max(BODY_MAX, t.tooLong(BODY_MAX)),
  });
};

type Typed = z.infer<ReturnType<typeof makeSchema>>;

/** Sends the file whose text becomes that of the sheet. */
export function sendFile(id: number, file: File): Promise<Advice> {
  const form = new FormData();
  form.append('file', file);
  return api.post<Advice>(`${ADVICE_URL}${id}/file/`, form);
}

function Text({ isNew }: { isNew: boolean }) {
  const t = useWords(advice);
  const lang = useLang();
  const { watch } = useFormContext<Typed>();
  return (
    <div>
      <TextArea name="body" label={t.text} hint={t.textHint} rows={14} optional={isNew} />
      <p className="tabular mt-1 text-right text-small text-ink-soft">{t.characters(formatNumber(Array.from(watch('body')).length, lang))}</p>
    </div>
  );
}

function LivePreview() {
  const { watch } = useFormContext<Typed>();
  return <Preview title={watch('title')} body={watch('body')} />;
}

/** One form for a new sheet, whose text may come from a file, and for one that is there: `onSaved` gets it as it is now. */
export function AdviceForm({ sheet, onSaved }: { sheet?: Advice; onSaved?: (sheet: Advice) => void }) {
  const t = useWords(advice);
  const c = useWords(common);
  const router = useRouter();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const id = useId();

  async function create(typed: Typed, idempotencyKey: string) {
    const made = await api.post<Advice>(ADVICE_URL, typed, { idempotencyKey });
    try {
      if (file) await sendFile(made.id, file);
      toast(file ? t.addedWithFile : t.added);
    } catch {
      toast(t.fileRefused); // the sheet is there: its page takes another file
    }
    void client.invalidateQueries({ queryKey: ['advice'] });
    router.push(`${ADVICE}${made.id}/`);
  }

  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: { title: sheet?.title ?? '', language: sheet?.language ?? 'fr', body: sheet?.body ?? '' },
    draft: sheet ? undefined : 'advice.new',
    save: async (typed, idempotencyKey) => {
      if (!sheet) return create(typed, idempotencyKey);
      const now = await api.patch<Advice>(`${ADVICE_URL}${sheet.id}/`, { ...typed, version: sheet.version });
      await client.invalidateQueries({ queryKey: ['advice'] });
      onSaved?.(now);
      toast(t.saved);
    },
  });

  return (
    <Form saved={saved} verb={sheet ? t.saveVerb : t.addVerb} label={sheet ? t.editTitle : t.newTitle}>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex max-w-2xl flex-col gap-5">
          <TextField name="title" label={t.titleField} hint={t.titleHint} maxLength={TITLE_MAX} />
          <SelectField name="language" label={t.language} options={LANGUAGES.map((value) => ({ value, label: c.languages[value] }))} />
          {!sheet && (
            <div role="group" aria-labelledby={id}>
              <p id={id} className="mb-1 font-semibold">{t.file} <span className="ml-1 font-normal text-ink-soft">({c.optional})</span></p>
              {file ? <ChosenFiles label={t.file} files={[file]} onChange={() => setFile(null)} /> : <FilePicker one label={t.chooseFile} accepted={LEAFLETS} help={t.fileHint} onFiles={([chosen]) => setFile(chosen ?? null)} />}
            </div>
          )}
          <Text isNew={!sheet} />
        </div>
        <div className="xl:sticky xl:top-6"><LivePreview /></div>
      </div>
    </Form>
  );
}

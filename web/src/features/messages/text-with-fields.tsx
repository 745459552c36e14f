'use client';

import { X } from 'lucide-react';
import { useRef } from 'react';
import { useFormContext } from 'react-hook-form';

import { Button, IconButton } from '@/components/ui/button';
import { TextArea } from '@/components/ui/form-fields';
import { cn } from '@/lib/cn';
import { useLang, useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import type { Typed } from './composed';
import { CONTENT_CHARS_MAX, FIELDS, lengthOf } from './content';

type Name = 'content' | 'variants.fr' | 'variants.en' | 'variants.wo';
const ENGLISH = { prenom: 'first_name', nom: 'last_name', medecin: 'doctor' } as const;

/** A text in one language, with its fields put where the cursor is, and how long it is. */
export function TextWithFields({ name, label, hint, onRemove, lang }: { name: Name; label: string; hint?: string; onRemove?: () => void; lang: string }) {
  const t = useWords(broadcasts);
  const own = useLang();
  const box = useRef<HTMLDivElement>(null);
  const { watch, getValues, setValue } = useFormContext<Typed>();
  const length = lengthOf(watch(name));

  function insert(field: (typeof FIELDS)[number]) {
    const area = box.current?.querySelector('textarea');
    const text = getValues(name);
    const mark = `{{${own === 'en' ? ENGLISH[field] : field}}}`;
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? text.length;
    setValue(name, text.slice(0, from) + mark + text.slice(to), { shouldDirty: true, shouldValidate: true });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + mark.length, from + mark.length);
    });
  }

  return (
    <div ref={box} className="relative">
      {onRemove && <IconButton label={t.removeVariant(label)} onClick={onRemove} className="absolute -top-2 right-0"><X aria-hidden className="size-5" /></IconButton>}
      <TextArea name={name} label={label} hint={hint} rows={5} lang={lang} />
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <div role="group" aria-label={t.insertInto(label)} className="flex flex-wrap gap-2">
          {FIELDS.map((field) => <Button key={field} onClick={() => insert(field)} aria-label={t.insert(t.fields[field])}>+ {t.fields[field]}</Button>)}
        </div>
        <p className={cn('tabular ml-auto text-small', length > CONTENT_CHARS_MAX ? 'font-semibold text-look-ink' : 'text-ink-soft')}>{t.characters(length, CONTENT_CHARS_MAX)}</p>
      </div>
    </div>
  );
}

'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';

import { Button } from '@/components/ui/button';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import { common } from '@/messages/common';
import { LANGUAGES, type Count, type PatientLanguage } from './broadcast';
import { CATEGORIES, TITLE_CHARS_MAX, type Typed } from './composed';
import { LivePreview } from './preview';
import { Step } from './step';
import { TemplateChoice } from './template-choice';
import { TestSend } from './test-send';
import { TextWithFields } from './text-with-fields';

const DIRTY = { shouldDirty: true, shouldValidate: true } as const;

/** The languages that a text is written in: the one of the message, and variants. */
function useVariants() {
  const { watch, setValue, getValues } = useFormContext<Typed>();
  const own = watch('language');
  const variants = watch('variants');
  const [opened, setOpened] = useState<PatientLanguage[]>([]);
  const others = LANGUAGES.filter((lang) => lang !== own);
  const shown = others.filter((lang) => opened.includes(lang) || variants[lang].trim() !== '');
  return {
    own,
    shown,
    offered: others.filter((lang) => !shown.includes(lang)),
    open: (lang: PatientLanguage) => setOpened([...opened, lang]),
    remove(lang: PatientLanguage) {
      setOpened(opened.filter((other) => other !== lang));
      setValue(`variants.${lang}`, '', DIRTY);
    },
    /** What was written in that language becomes the text, and the text its variant. */
    swap(from: PatientLanguage, to: PatientLanguage) {
      const { content, variants: now } = getValues();
      if (!now[to].trim()) return;
      setValue(`variants.${from}`, content, DIRTY);
      setValue(`variants.${to}`, '', DIRTY);
      setValue('content', now[to], DIRTY);
    },
  };
}

export function WhatStep({ count, save }: { count: Count | undefined; save: () => Promise<number | null> }) {
  const t = useWords(broadcasts);
  const c = useWords(common);
  const { watch } = useFormContext<Typed>();
  const v = useVariants();
  const category = watch('category');
  const categories = [...CATEGORIES, ...((CATEGORIES as readonly string[]).includes(category) || !category ? [] : [category])];
  return (
    <Step number={1} title={t.what} result={<LivePreview count={count} />}>
      <TextField name="title" label={t.titleField} hint={t.titleHint} maxLength={TITLE_CHARS_MAX} autoComplete="off" />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="language"
          label={t.language}
          options={LANGUAGES.map((value) => ({ value, label: c.languages[value] }))}
          rules={{ onChange: (event: { target: { value: string } }) => v.swap(v.own, event.target.value as PatientLanguage) }}
        />
        <SelectField name="category" label={t.category} options={categories.map((value) => ({ value, label: t.categories[value] ?? value }))} />
      </div>
      <TextWithFields name="content" label={t.content} hint={t.contentHint} lang={v.own} />
      {v.shown.map((lang) => <TextWithFields key={lang} name={`variants.${lang}`} label={t.contentIn(c.languages[lang])} lang={lang} onRemove={() => v.remove(lang)} />)}
      {v.offered.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {v.offered.map((lang) => <Button key={lang} look="quiet" icon={<Plus aria-hidden className="size-5" />} onClick={() => v.open(lang)}>{t.addVariant(c.languages[lang])}</Button>)}
        </div>
      )}
      <TemplateChoice />
      <TestSend save={save} />
    </Step>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useFormContext } from 'react-hook-form';
import { z } from 'zod';

import { Button } from '@/components/ui/button';
import { SelectField, TextArea, TextField } from '@/components/ui/form-fields';
import { Form } from '@/components/ui/form';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { common } from '@/messages/common';
import { templates } from '@/messages/templates';
import { Bubble } from './bubble';
import { suggestedFor } from './suggested';
import { hasAllVariables, PURPOSES, TEMPLATES_URL, VALUES, variableCount, type Template, type TemplateWrite } from './template';

const OTHER = 'other';
const BODY_MAX = 1024;

/** As it is typed: the purpose is chosen, or named; there are always ten variables, of which the text uses the first few. */
const makeSchema = () => {
  const t = words(templates);
  const word = z.string().regex(/^[a-z0-9_]*$/, t.badPurpose).max(40, t.tooLong(40));
  return z
    .object({
      choice: z.string(),
      purpose: word,
      language: z.enum(['fr', 'wo', 'en']),
      category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
      carrier_name: z.string().min(1, t.required).max(512, t.tooLong(512)),
      carrier_language: z.string().max(10, t.tooLong(10)),
      body: z.string().min(1, t.required).max(BODY_MAX, t.tooLong(BODY_MAX)),
      variables: z.array(word),
    })
    .superRefine((v, issues) => {
      if (v.choice === OTHER && !v.purpose) issues.addIssue({ code: 'custom', path: ['purpose'], message: t.required });
      const count = variableCount(v.body);
      if (!hasAllVariables(v.body)) issues.addIssue({ code: 'custom', path: ['body'], message: t.badVariables(count) });
      v.variables.slice(0, count).forEach((name, at) => {
        if (!name) issues.addIssue({ code: 'custom', path: ['variables', at], message: t.required });
      });
    });
};

type Typed = z.infer<ReturnType<typeof makeSchema>>;

function typedOf(template?: Template): Typed {
  const known = (PURPOSES as readonly string[]).includes(template?.purpose ?? 'activation');
  return {
    choice: template ? (known ? template.purpose : OTHER) : 'activation',
    purpose: template && !known ? template.purpose : '',
    language: template?.language ?? 'fr',
    category: template?.category ?? 'UTILITY',
    carrier_name: template?.carrier_name ?? '',
    carrier_language: template && template.carrier_language !== template.language ? template.carrier_language : '',
    body: template?.body ?? '',
    variables: Array.from({ length: 10 }, (_, i) => template?.variables[i] ?? ''),
  };
}

function writtenOf(v: Typed): TemplateWrite {
  return {
    purpose: v.choice === OTHER ? v.purpose : v.choice,
    language: v.language,
    category: v.category,
    carrier_name: v.carrier_name.trim(),
    ...(v.carrier_language.trim() && { carrier_language: v.carrier_language.trim() }),
    body: v.body,
    variables: v.variables.slice(0, variableCount(v.body)),
  };
}

function purposeOf(v: Typed): string {
  return v.choice === OTHER ? v.purpose : v.choice;
}

function Variables() {
  const t = useWords(templates);
  const { watch, formState } = useFormContext<Typed>();
  const count = variableCount(watch('body'));
  const values = VALUES[purposeOf(watch())];
  const mistake = formState.errors.variables?.root?.message ?? formState.errors.variables?.message;
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{t.variables}</legend>
      {count === 0 && <p className="text-ink-soft">{t.noVariables}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        {Array.from({ length: count }, (_, at) =>
          values ? (
            <SelectField key={at} name={`variables.${at}`} label={t.variable(at + 1)} options={[{ value: '', label: '…' }, ...values.map((value) => ({ value, label: t.variableNames[value] ?? value }))]} />
          ) : (
            <TextField key={at} name={`variables.${at}`} label={t.variable(at + 1)} hint={t.variableHint} autoCapitalize="none" spellCheck={false} />
          ),
        )}
      </div>
      {mistake && <p role="alert" className="mt-1 text-small font-medium text-look-ink">{mistake}</p>}
    </fieldset>
  );
}

function Text() {
  const t = useWords(templates);
  const { watch, setValue } = useFormContext<Typed>();
  const v = watch();
  const suggested = suggestedFor(purposeOf(v), v.language);
  const options = { shouldDirty: true, shouldValidate: true } as const;
  return (
    <div>
      <TextArea name="body" label={t.body} hint={t.bodyHint} rows={6} maxLength={BODY_MAX} />
      <div className="mt-1 flex flex-wrap items-center justify-between gap-2">
        {suggested && suggested.body !== v.body ? (
          <Button
            look="quiet"
            onClick={() => {
              setValue('body', suggested.body, options);
              setValue('variables', Array.from({ length: 10 }, (_, i) => suggested.variables[i] ?? ''), options);
            }}
          >
            {t.suggest}
          </Button>
        ) : <span />}
        <span className="tabular text-small text-ink-soft">{t.characters(Array.from(v.body).length)}</span>
      </div>
    </div>
  );
}

function Preview() {
  const t = useWords(templates);
  const { watch } = useFormContext<Typed>();
  const v = watch();
  return <Bubble title={t.preview} body={v.body} variables={v.variables} />;
}

/** One form for a new template and for one that is there. */
export function TemplateForm({ template }: { template?: Template }) {
  const t = useWords(templates);
  const c = useWords(common);
  const router = useRouter();
  const client = useQueryClient();
  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: typedOf(template),
    draft: template ? undefined : 'template.new',
    save: async (typed, idempotencyKey) => {
      const body = writtenOf(typed);
      if (template) await api.patch(`${TEMPLATES_URL}${template.id}/`, body);
      else await api.post(TEMPLATES_URL, body, { idempotencyKey });
      await client.invalidateQueries({ queryKey: ['templates'] });
      toast(template ? t.saved : t.added);
      router.push('/dashboard/messages/templates/');
    },
  });
  const choice = saved.form.watch('choice');

  return (
    <Form saved={saved} verb={template ? t.saveVerb : t.addVerb} label={template ? undefined : t.newTitle}>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex max-w-2xl flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <SelectField
              name="choice"
              label={t.purpose}
              hint={t.purposeHelp[choice]}
              options={[...PURPOSES.map((value) => ({ value, label: t.purposes[value] ?? value })), { value: OTHER, label: t.otherPurpose }]}
            />
            {choice === OTHER && <TextField name="purpose" label={t.ownPurpose} autoCapitalize="none" spellCheck={false} />}
            <SelectField name="language" label={t.language} options={(['fr', 'wo', 'en'] as const).map((value) => ({ value, label: c.languages[value] }))} />
          </div>
          <TextField name="carrier_name" label={t.carrierName} hint={t.carrierNameHint} autoCapitalize="none" spellCheck={false} autoComplete="off" />
          <div className="grid gap-5 sm:grid-cols-2">
            <SelectField name="category" label={t.category} options={(['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const).map((value) => ({ value, label: t.categories[value] ?? value }))} />
            <TextField name="carrier_language" label={t.carrierLanguage} hint={t.carrierLanguageHint} optional autoCapitalize="none" spellCheck={false} />
          </div>
          <Text />
          <Variables />
        </div>
        <div className="xl:sticky xl:top-6"><Preview /></div>
      </div>
    </Form>
  );
}

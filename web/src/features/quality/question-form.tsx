'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useController } from 'react-hook-form';
import { z } from 'zod';

import { Form } from '@/components/ui/form';
import { TextArea } from '@/components/ui/form-fields';
import { toast } from '@/lib/toast';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { quality } from '@/messages/quality';
import { Choices } from './choices';
import { PatientOf } from './expected';
import { QUALITY, QUESTIONS_URL, TEXT_CHARS_MAX, WORD_CHARS_MAX, WORDS_MAX, type Golden, type GoldenWrite } from './golden';
import { PatientPicker } from '@/components/patient-picker';
import type { Prefill } from './prefill';

const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** As it is typed: the words one a line. Names are the server's, so that its refusals land at their fields. */
const makeSchema = (isNew: boolean) => {
  const t = words(quality);
  const text = z.string().max(TEXT_CHARS_MAX, t.tooLong(TEXT_CHARS_MAX));
  return z
    .object({
      scope: z.enum(['record', 'advice']),
      patient: z.number().nullable(),
      question: text.refine((value) => value.trim() !== '', t.required),
      expect: z.enum(['words', 'any', 'refusal']),
      expected_words: z.string(),
      note: text,
    })
    .superRefine((v, issues) => {
      const add = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message });
      if (isNew && v.scope === 'record' && v.patient === null) add('patient', t.choosePatient);
      if (v.expect !== 'words') return;
      const lines = linesOf(v.expected_words);
      if (lines.length === 0) add('expected_words', t.wordsMissing);
      if (lines.length > WORDS_MAX) add('expected_words', t.tooManyWords(WORDS_MAX));
      if (lines.some((line) => line.length > WORD_CHARS_MAX)) add('expected_words', t.wordTooLong(WORD_CHARS_MAX));
    });
};

type Typed = z.infer<ReturnType<typeof makeSchema>>;

function typedOf(golden?: Golden): Typed {
  return {
    scope: golden && golden.patient === null ? 'advice' : 'record',
    patient: golden?.patient ?? null,
    question: golden?.question ?? '',
    expect: golden?.expect_refusal ? 'refusal' : golden && golden.expected_words.length === 0 ? 'any' : 'words',
    expected_words: golden?.expected_words.join('\n') ?? '',
    note: golden?.note ?? '',
  };
}

function writtenOf(v: Typed): GoldenWrite {
  return {
    question: v.question.trim(),
    expected_words: v.expect === 'words' ? linesOf(v.expected_words) : [],
    expect_refusal: v.expect === 'refusal',
    note: v.note.trim(),
  };
}

/** Of a conversation as long as it is the same patient's: what was answered then is kept beside it. */
function whose(typed: Typed, prefill?: Prefill) {
  return prefill && typed.patient === prefill.patient ? { question_id: prefill.questionId } : { patient: typed.patient };
}

/** One form for a new question and for one that is there; whose record is asked does not change. */
export function QuestionForm({ golden, prefill }: { golden?: Golden; prefill?: Prefill }) {
  const t = useWords(quality);
  const router = useRouter();
  const client = useQueryClient();
  const saved = useSavedForm<Typed>({
    schema: makeSchema(!golden),
    initial: { ...typedOf(golden), ...(prefill && { patient: prefill.patient, question: prefill.question, expect: prefill.refused ? ('refusal' as const) : ('words' as const) }) },
    draft: golden || prefill ? undefined : 'golden.new',
    save: async (typed, idempotencyKey) => {
      const body = writtenOf(typed);
      if (golden) await api.patch(`${QUESTIONS_URL}${golden.id}/`, body);
      else await api.post(QUESTIONS_URL, { ...body, ...(typed.scope === 'record' && whose(typed, prefill)) }, { idempotencyKey });
      await client.invalidateQueries({ queryKey: ['golden'] });
      toast(golden ? t.saved : t.added);
      router.push(QUALITY);
    },
  });
  const { watch, setValue, control } = saved.form;
  const patient = useController({ control, name: 'patient' });
  const scope = watch('scope');
  const expect = watch('expect');

  return (
    <Form saved={saved} verb={golden ? t.saveVerb : t.addVerb} label={golden ? t.editTitle : t.newTitle}>
      <div className="flex max-w-2xl flex-col gap-5">
        {golden ? (
          <div>
            <p className="font-semibold">{t.patient}</p>
            <p><PatientOf of={golden} /></p>
            <p className="mt-1 text-small text-ink-soft">{t.patientFixed}</p>
          </div>
        ) : (
          <>
            <Choices name="scope" legend={t.scope} options={[{ value: 'record', label: t.scopeRecord }, { value: 'advice', label: t.scopeAdvice }]} />
            {scope === 'record' && (
              <PatientPicker label={t.patient} value={patient.field.value} inputRef={patient.field.ref} onChange={(id) => setValue('patient', id, { shouldDirty: true, shouldValidate: id !== null })} error={patient.fieldState.error?.message} />
            )}
          </>
        )}
        <TextArea name="question" label={t.question} hint={t.questionHint} rows={2} maxLength={TEXT_CHARS_MAX} />
        <Choices
          name="expect"
          legend={t.expect}
          options={[
            { value: 'words', label: t.expectWords, hint: t.expectWordsHint },
            { value: 'any', label: t.expectAny, hint: t.expectAnyHint },
            { value: 'refusal', label: t.expectRefusal, hint: t.expectRefusalHint },
          ]}
        />
        {expect === 'words' && <TextArea name="expected_words" label={t.words} hint={t.wordsHint} rows={3} spellCheck={false} />}
        <TextArea name="note" label={t.note} optional rows={2} maxLength={TEXT_CHARS_MAX} />
      </div>
    </Form>
  );
}

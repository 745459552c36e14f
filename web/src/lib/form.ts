/**
 * form -- React Hook Form with Zod, the API's refusals in the right fields, and nothing lost.
 */
import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useForm, type DefaultValues, type FieldValues, type Path, type UseFormReturn } from 'react-hook-form';
import { config, type ZodType } from 'zod';

import { ApiError, newKey } from './api.ts';
import { dropDraft, readDraft, writeDraft } from './draft.ts';
import { useUnsavedGuard } from './unsaved.ts';
import { session } from './session.ts';
import { useStore } from './store.ts';

// Zod would compile its schemas, which the Content-Security-Policy forbids.
config({ jitless: true });

export interface SavedForm<T extends FieldValues> {
  form: UseFormReturn<T, unknown, T>;
  /** For <form onSubmit>. */
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  /** What the server refused as a whole; null: nothing. */
  error: unknown;
  /** Somebody's work of before was put back; forget() starts from the beginning. */
  restored: boolean;
  forget: () => void;
}

/**
 * A form that saves. `save` gets the values and a key for Idempotency-Key: the same one while the values are the same, so that a save whose
 * answer was lost is repeated without harm. A refusal {"field": ["message"]} is shown at its field, any other in `error`.
 * `draft` names the copy in this browser.
 */
export function useSavedForm<T extends FieldValues>({ schema, initial, save, draft }: {
  schema: ZodType<T, T>;
  initial: T;
  save: (values: T, idempotencyKey: string) => Promise<unknown>;
  draft?: string;
}): SavedForm<T> {
  const form = useForm<T, unknown, T>({ resolver: zodResolver(schema), defaultValues: initial as DefaultValues<T>, mode: 'onTouched' });
  const [error, setError] = useState<unknown>(null);
  const [restored, setRestored] = useState(false);
  const [saved, setSaved] = useState(false);
  const key = useRef({ values: '', key: '' });
  const user = useStore(session.user, null);
  const { isDirty } = form.formState;

  useEffect(() => {
    const kept = draft && user && !form.formState.isDirty ? readDraft<T>(draft) : undefined;
    if (!kept) return;
    for (const [name, value] of Object.entries(kept)) form.setValue(name as Path<T>, value, { shouldDirty: true });
    setRestored(true);
    // Once, when it is known whose drafts these are: what is typed wins.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [user?.id]);

  useEffect(() => {
    if (!draft || saved) return;
    const subscription = form.watch((values) => writeDraft(draft, values));
    return () => subscription.unsubscribe();
  }, [draft, form, saved]);

  useUnsavedGuard(isDirty && !saved);

  const submit = form.handleSubmit(async (values) => {
    const text = JSON.stringify(values);
    if (key.current.values !== text) key.current = { values: text, key: newKey() };
    setError(null);
    try {
      await save(values, key.current.key);
      setSaved(true);
      if (draft) dropDraft(draft);
    } catch (why) {
      showRefusal(form, why, setError);
    }
  });

  function forget() {
    if (draft) dropDraft(draft);
    form.reset(initial as DefaultValues<T>);
    setRestored(false);
  }

  return { form, submit, error, restored, forget };
}

/** Fields that the form has get their messages, the first of them the focus; the rest is shown for the whole. */
export function showRefusal<T extends FieldValues>(form: UseFormReturn<T, unknown, T>, why: unknown, showWhole: (error: unknown) => void) {
  if (!(why instanceof ApiError)) {
    showWhole(why);
    return;
  }
  // "target.age_min" belongs to the form that has a target.
  const known = Object.entries(why.fields).filter(([name]) => name.split('.')[0]! in form.getValues());
  known.forEach(([name, messages], at) =>
    form.setError(name as Path<T>, { type: 'server', message: messages.join(' ') }, { shouldFocus: at === 0 }),
  );
  if (known.length < Object.keys(why.fields).length || known.length === 0) showWhole(why);
}

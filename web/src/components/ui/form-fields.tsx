'use client';

import { useId, type ComponentProps } from 'react';
import { useFormContext, type FieldValues, type RegisterOptions } from 'react-hook-form';

import { cn } from '@/lib/cn';
import { CONTROL, Field, type FieldShell } from './field';

type Named = FieldShell & { name: string; rules?: RegisterOptions };

function useNamed(name: string, rules?: RegisterOptions) {
  const { register, formState } = useFormContext<FieldValues>();
  const message = name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], formState.errors) as { message?: string } | undefined;
  return { registered: register(name, rules), message: message?.message };
}

/** Fields of a form: inside <Form form={…}>. */
export function TextField({ name, label, hint, optional, className, rules, inputClassName, ...rest }: Named & { inputClassName?: string } & Omit<ComponentProps<'input'>, 'name'>) {
  const { registered, message } = useNamed(name, rules);
  return (
    <Field {...{ label, hint, optional, className }} error={message}>
      {(props) => <input type="text" {...rest} {...registered} {...props} className={cn(CONTROL, inputClassName)} />}
    </Field>
  );
}

/** A text that grows with what is written: where a browser does that, `rows` says nothing any more, so the least height is said beside it. */
export function TextArea({ name, label, hint, optional, className, rules, rows = 4, ...rest }: Named & Omit<ComponentProps<'textarea'>, 'name'>) {
  const { registered, message } = useNamed(name, rules);
  return (
    <Field {...{ label, hint, optional, className }} error={message}>
      {(props) => <textarea rows={rows} {...rest} {...registered} {...props} className={cn(CONTROL, 'field-sizing-content', rows >= 10 ? 'min-h-64' : rows >= 4 ? 'min-h-28' : 'min-h-18')} />}
    </Field>
  );
}

/** The system's own list: the best one on a phone, and known to every screen reader. */
export function SelectField({ name, label, hint, optional, className, rules, options, ...rest }: Named & { options: ReadonlyArray<{ value: string; label: string }> } & Omit<ComponentProps<'select'>, 'name'>) {
  const { registered, message } = useNamed(name, rules);
  return (
    <Field {...{ label, hint, optional, className }} error={message}>
      {(props) => (
        <select {...rest} {...registered} {...props} className={CONTROL}>
          {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export function CheckboxField({ name, label, hint, rules, ...rest }: Named & Omit<ComponentProps<'input'>, 'name'>) {
  const { registered, message } = useNamed(name, rules);
  const id = useId();
  return (
    <div>
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" {...rest} {...registered} aria-describedby={hint ? `${id}-hint` : undefined} aria-invalid={message ? true : undefined} className="size-5 shrink-0 accent-accent" />
        <span>{label}</span>
      </label>
      {hint && <p id={`${id}-hint`} className="ml-8 text-small text-ink-soft">{hint}</p>}
      {message && <p className="ml-8 text-small font-medium text-look-ink">{message}</p>}
    </div>
  );
}

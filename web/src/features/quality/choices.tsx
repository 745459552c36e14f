'use client';

import { useId } from 'react';
import { useFormContext, type FieldValues } from 'react-hook-form';

/** A few choices that are seen at once, each with what it means; inside <Form>. */
export function Choices({ name, legend, options }: { name: string; legend: string; options: ReadonlyArray<{ value: string; label: string; hint?: string }> }) {
  const { register } = useFormContext<FieldValues>();
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <label key={value} className="flex min-h-11 items-start gap-3 py-1.5">
          <input type="radio" value={value} {...register(name)} aria-describedby={hint && `${id}-${value}`} aria-label={label} className="mt-0.5 size-5 shrink-0 accent-accent" />
          <span>
            <span className="block">{label}</span>
            {hint && <span id={`${id}-${value}`} className="block text-small text-ink-soft">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

'use client';

import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { useFormContext } from 'react-hook-form';

import type { Typed } from './composed';

/** A few choices seen at once, with the mistake of all of them below. */
export function RadioGroup({ name, legend, options, hideLegend }: { name: 'audience' | 'when' | 'repeat_end' | 'quiet'; legend: string; hideLegend?: boolean; options: ReadonlyArray<{ value: string; label: string; hint?: string }> }) {
  const { register, formState } = useFormContext<Typed>();
  const id = useId();
  const error = formState.errors[name]?.message;
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={hideLegend ? 'sr-only' : 'mb-1 font-semibold'}>{legend}</legend>
      <div className="flex flex-wrap gap-x-6">
        {options.map(({ value, label, hint }) => (
          <label key={value} className="flex min-h-11 items-start gap-3 py-2">
            <input type="radio" value={value} {...register(name)} aria-label={label} aria-describedby={hint && `${id}-${value}`} className="mt-0.5 size-5 shrink-0 accent-accent" />
            <span>
              <span className="block">{label}</span>
              {hint && <span id={`${id}-${value}`} className="block text-small text-ink-soft">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1.5 text-small font-medium text-look-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  );
}

'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useController } from 'react-hook-form';

import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';

/** A few words, each added by Enter, a comma or the button, and taken away by its cross. */
export function ChipsField({ name, label, hint, max, maxLength }: { name: string; label: string; hint?: string; max: number; maxLength: number }) {
  const t = useWords(broadcasts);
  const { field, fieldState } = useController({ name });
  const [text, setText] = useState('');
  const list = field.value as string[];

  function add() {
    const found = text.split(',').map((word) => word.trim()).filter((word) => word && !list.includes(word));
    if (found.length > 0) field.onChange([...list, ...found].slice(0, max));
    setText('');
  }

  return (
    <div>
      {list.length < max && (
        <Field label={label} hint={hint} error={fieldState.error?.message}>
          {(props) => (
            <div className="flex gap-2">
              <input
                {...props}
                ref={field.ref}
                type="text"
                autoCapitalize="none"
                maxLength={maxLength}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onBlur={add}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' && event.key !== ',') return;
                  event.preventDefault();
                  add();
                }}
                className={CONTROL}
              />
              <Button aria-label={t.addTo(label)} onClick={add}><Plus aria-hidden className="size-5" /></Button>
            </div>
          )}
        </Field>
      )}
      {list.length >= max && <p className="mb-1 font-semibold">{label}</p>}
      {list.length > 0 && (
        <ul aria-label={label} className={cn('flex flex-wrap gap-2', list.length < max && 'mt-2')}>
          {list.map((word) => (
            <li key={word} className="inline-flex max-w-full items-center rounded-full bg-accent-ground pl-3 text-accent-strong">
              <span className="truncate">{word}</span>
              <button type="button" aria-label={t.remove(word)} onClick={() => field.onChange(list.filter((other) => other !== word))} className="inline-flex size-11 shrink-0 items-center justify-center rounded-full">
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

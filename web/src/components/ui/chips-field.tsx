'use client';

import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useController } from 'react-hook-form';

import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { Button } from './button';
import { CONTROL, Field, type FieldShell } from './field';

interface Chips extends FieldShell {
  name: string;
  max: number;
  maxLength: number;
  /** Words that are offered while one types: those in use elsewhere. */
  known?: readonly string[];
}

/** A few words of a form, each added by Enter, a comma or the button, and taken away by its cross. */
export function ChipsField({ name, label, hint, optional, max, maxLength, known = [] }: Chips) {
  const t = useWords(common);
  const listId = useId();
  const { field, fieldState } = useController({ name });
  const [text, setText] = useState('');
  const list = field.value as string[];

  function add() {
    const found = text.split(',').map((word) => word.trim()).filter(Boolean);
    if (found.length > 0) field.onChange([...new Set([...list, ...found])].slice(0, max));
    setText('');
  }

  return (
    <div>
      {list.length < max && (
        <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message}>
          {(props) => (
            <div className="flex gap-2">
              <input
                {...props}
                ref={field.ref}
                type="text"
                list={known.length > 0 ? listId : undefined}
                autoCapitalize="none"
                autoComplete="off"
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
              <Button aria-label={t.addTo(label)} disabled={!text.trim()} onClick={add} icon={<Plus aria-hidden className="size-5" />}>{t.add}</Button>
            </div>
          )}
        </Field>
      )}
      {known.length > 0 && <datalist id={listId}>{known.filter((word) => !list.includes(word)).map((word) => <option key={word} value={word} />)}</datalist>}
      {list.length >= max && <p className="mb-1 font-semibold">{label}</p>}
      {list.length > 0 && (
        <ul aria-label={label} className={cn('flex flex-wrap gap-2', list.length < max && 'mt-2')}>
          {list.map((word) => (
            <li key={word} className="inline-flex max-w-full items-center rounded-full bg-accent-ground pl-3 text-accent-strong">
              <span className="truncate">{word}</span>
              <button type="button" aria-label={t.removeOne(word)} onClick={() => field.onChange(list.filter((other) => other !== word))} className="inline-flex size-11 shrink-0 items-center justify-center rounded-full">
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

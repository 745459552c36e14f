'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';

import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { useWords } from '@/lib/i18n';
import { patients } from '@/messages/patients';
import { useChoices } from './patient';

const TAGS_MAX = 20;

/** Tags of the form's field `tags`: typed with Enter or a comma, or taken from those in use. */
export function TagsField() {
  const t = useWords(patients);
  const { watch, setValue, formState } = useFormContext<{ tags: string[] }>();
  const { tags: known } = useChoices();
  const [text, setText] = useState('');
  const tags = watch('tags');
  const set = (next: string[]) => setValue('tags', next, { shouldDirty: true, shouldValidate: true });

  function add() {
    const more = text.split(',').map((tag) => tag.trim()).filter((tag, at, all) => tag && !tags.includes(tag) && all.indexOf(tag) === at);
    if (more.length) set([...tags, ...more].slice(0, TAGS_MAX));
    setText('');
  }

  return (
    <div>
      <Field label={t.tags} hint={t.tagsHint} optional error={formState.errors.tags?.message}>
        {(props) => (
          <div className="flex gap-2">
            <input
              {...props}
              list="known-tags"
              maxLength={50}
              autoComplete="off"
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
            <Button onClick={add} disabled={!text.trim()} icon={<Plus aria-hidden className="size-5" />}>{t.addOne}</Button>
          </div>
        )}
      </Field>
      <datalist id="known-tags">{known.filter((o) => !tags.includes(o.tag)).map((o) => <option key={o.tag} value={o.tag} />)}</datalist>
      {tags.length > 0 && (
        <ul aria-label={t.chosenTags} className="mt-2 flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag}>
              <button type="button" aria-label={t.removeOne(tag)} onClick={() => set(tags.filter((other) => other !== tag))} className="inline-flex min-h-11 max-w-full items-center gap-2 rounded-full bg-sunken px-3 hover:bg-line">
                <span className="truncate">{tag}</span>
                <X aria-hidden className="size-4 shrink-0" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

'use client';

import { Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useState } from 'react';

import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { patients } from '@/messages/patients';
import { GENDERS, LANGUAGES, STATUSES, useChoices } from './patient';

export const NO_FILTERS = { search: '', status: '', tag: '', language: '', assigned_to: '', gender: '' };
export type FilterState = typeof NO_FILTERS;

const TYPING_MS = 200;

/** What is typed goes into the address when nobody has typed for a moment; another address (the search of the shell) is shown at once. */
function SearchField({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const t = useWords(patients);
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    if (value !== text.trim()) setText(value);
  }
  const settle = useEffectEvent(() => {
    if (text.trim() !== value) onChange(text.trim());
  });
  useEffect(() => {
    const timer = setTimeout(() => settle(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field label={t.find} hint={t.findHint} className="sm:col-span-2 lg:col-span-5">
      {(props) => (
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft" />
          <input {...props} type="search" value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} className={cn(CONTROL, 'pl-10')} />
        </div>
      )}
    </Field>
  );
}

function Choice({ label, all, value, options, onChange }: { label: string; all: string; value: string; options: Array<{ value: string; label: string }>; onChange: (value: string) => void }) {
  return (
    <Field label={label}>
      {(props) => (
        <select {...props} value={value} onChange={(event) => onChange(event.target.value)} className={CONTROL}>
          <option value="">{all}</option>
          {/* A value of the address that is not offered (any more) is still what narrows the list. */}
          {value && !options.some((o) => o.value === value) && <option value={value}>{value}</option>}
          {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </select>
      )}
    </Field>
  );
}

/** On a phone the people come first, and what narrows them on a touch; on a wide screen all of it is in sight. */
export function Filters({ filters, onChange }: { filters: FilterState; onChange: (change: Partial<FilterState>) => void }) {
  const t = useWords(patients);
  const c = useWords(common);
  const { tags, doctors } = useChoices();
  const [open, setOpen] = useState(false);
  const choices = useId();
  const { search, ...chosen } = filters;
  return (
    <form role="search" aria-label={t.filters} onSubmit={(event) => event.preventDefault()} className="grid grid-cols-2 gap-3 px-4 pt-3 pb-3 lg:grid-cols-5 [&>*:first-child]:col-span-2 lg:[&>*:first-child]:col-span-5">
      <SearchField value={search} onChange={(search) => onChange({ search })} />
      <Button icon={<SlidersHorizontal aria-hidden className="size-5" />} aria-expanded={open} aria-controls={choices} onClick={() => setOpen(!open)} className="justify-self-start lg:hidden">
        {t.narrow(Object.values(chosen).filter(Boolean).length)}
      </Button>
      <div id={choices} className={cn(open ? 'grid' : 'hidden', 'col-span-2 grid-cols-2 gap-3 lg:contents')}>
        <Choice label={t.status} all={t.all} value={filters.status} options={STATUSES.map((value) => ({ value, label: t.statuses[value] }))} onChange={(status) => onChange({ status })} />
        <Choice label={t.tag} all={t.allTags} value={filters.tag} options={tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))} onChange={(tag) => onChange({ tag })} />
        <Choice label={t.doctor} all={t.all} value={filters.assigned_to} options={doctors.map((d) => ({ value: String(d.id), label: d.name }))} onChange={(assigned_to) => onChange({ assigned_to })} />
        <Choice label={t.language} all={t.allLanguages} value={filters.language} options={LANGUAGES.map((value) => ({ value, label: c.languages[value] }))} onChange={(language) => onChange({ language })} />
        <Choice label={t.gender} all={t.all} value={filters.gender} options={GENDERS.map((value) => ({ value, label: t.genders[value] }))} onChange={(gender) => onChange({ gender })} />
      </div>
    </form>
  );
}

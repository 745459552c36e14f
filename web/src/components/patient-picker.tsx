'use client';

import { X } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type Ref } from 'react';

import { IconButton } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { formatDate, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { useSettled } from '@/lib/use-settled';
import { patientPicker } from '@/messages/patient-picker';

interface Patient {
  id: number;
  first_name: string;
  last_name: string;
  phone: string;
  date_of_birth: string | null;
}

const PATIENTS_URL = '/api/patients/';
const TYPING_MS = 200;
const LETTERS_MIN = 2;
const FOUND_MAX = 8;

function nameOf(patient: Patient, unnamed: (id: number) => string): string {
  return `${patient.first_name} ${patient.last_name}`.trim() || unnamed(patient.id);
}

/** Who two people of one name are: telephone and birth. */
function Details({ patient }: { patient: Patient }) {
  const lang = useLang();
  return <span className="tabular text-small text-ink-soft">{[formatPhone(patient.phone), patient.date_of_birth && formatDate(patient.date_of_birth, lang)].filter(Boolean).join(' · ')}</span>;
}

function Chosen({ id, label, onClear }: { id: number; label: string; onClear: () => void }) {
  const t = useWords(patientPicker);
  const { data, error } = useRecord<Patient>('patients', `${PATIENTS_URL}${id}/`);
  return (
    <div role="group" aria-label={label}>
      <p aria-hidden className="mb-1 font-semibold">{label}</p>
      <div className="flex min-h-11 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface pl-3">
        <span className="min-w-0 py-1.5">
          <span className="block truncate">{data ? nameOf(data, t.unnamed) : error ? t.unnamed(id) : <Skeleton className="h-5 w-40" />}</span>
          {data && <Details patient={data} />}
        </span>
        <IconButton label={t.change} onClick={onClear}><X aria-hidden className="size-5" /></IconButton>
      </div>
    </div>
  );
}

function Search({ label, error, autoFocus, inputRef, onPick }: { label: string; error?: string; autoFocus: boolean; inputRef?: Ref<HTMLInputElement>; onPick: (patient: Patient) => void }) {
  const t = useWords(patientPicker);
  const listId = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const search = useSettled(text.trim(), TYPING_MS);
  const asked = search.length >= LETTERS_MIN;
  const query = useList<Patient>('patients', PATIENTS_URL, { search, page_size: FOUND_MAX }, { enabled: asked });
  const found = asked && query.data && !query.isPlaceholderData ? query.data.results : [];
  const current = found[Math.min(at, found.length - 1)];
  const shown = open && asked;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      setAt(found.length ? (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length : 0);
    } else if (event.key === 'Enter') {
      // Never sends the form around it.
      if (shown && current) onPick(current);
    } else if (event.key === 'Escape' && shown) setOpen(false);
    else return;
    event.preventDefault();
  }

  const said = !shown ? '' : query.error ? t.findFailed : !query.data || query.isPlaceholderData ? t.finding : found.length ? t.found(query.data.count) : t.foundNone;
  return (
    <div className="relative" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <Field label={label} hint={t.findHint} error={error}>
        {(props) => (
          <input
            {...props}
            ref={inputRef}
            type="text"
            role="combobox"
            aria-expanded={shown && found.length > 0}
            aria-controls={shown && found.length > 0 ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={shown && current ? `${listId}-${current.id}` : undefined}
            autoComplete="off"
            spellCheck={false}
            autoFocus={autoFocus}
            placeholder={t.findPatient}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onKeyDown={onKeyDown}
            className={CONTROL}
          />
        )}
      </Field>
      <p role="status" className="sr-only">{said}</p>
      {shown && (
        <div className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float">
          {found.length === 0 ? <p aria-hidden className="px-3 py-2 text-ink-soft">{said}</p> : (
            <ul role="listbox" id={listId} aria-label={label}>
              {found.map((patient, index) => (
                <li
                  key={patient.id}
                  id={`${listId}-${patient.id}`}
                  role="option"
                  aria-selected={patient === current}
                  onPointerDown={(event) => event.preventDefault()}
                  onPointerEnter={() => setAt(index)}
                  onClick={() => onPick(patient)}
                  className={cn('min-h-11 cursor-pointer rounded-md px-3 py-1.5', patient === current && 'bg-accent-ground')}
                >
                  <span className="block">{nameOf(patient, t.unnamed)}</span>
                  <Details patient={patient} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

/** One patient, found by name or telephone. `inputRef` is for who leads to what is missing. */
export function PatientPicker({ label, value, onChange, error, inputRef, className }: {
  label: string;
  value: number | null;
  onChange: (id: number | null) => void;
  error?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}) {
  const cleared = useRef(false);
  return (
    <div className={className}>
      {value ? (
        <Chosen
          id={value}
          label={label}
          onClear={() => {
            cleared.current = true;
            onChange(null);
          }}
        />
      ) : (
        <Search label={label} error={error} autoFocus={cleared.current} inputRef={inputRef} onPick={(patient) => onChange(patient.id)} />
      )}
    </div>
  );
}

'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { z } from 'zod';

import { Alert } from '@/components/ui/alert';
import { ChipsField } from '@/components/ui/chips-field';
import { CheckboxField, SelectField, TextArea, TextField } from '@/components/ui/form-fields';
import { formatPhone } from '@/lib/format';
import { useWords, words } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { common } from '@/messages/common';
import { patients } from '@/messages/patients';
import { GENDERS, LANGUAGES, nameOf, patientPath, PATIENTS_URL, useChoices, type Patient } from './patient';
import { readPhone } from './phone';

const TAGS_MAX = 20;
const TAG_CHARS_MAX = 50;
const today = () => new Date().toISOString().slice(0, 10);

/** As it is typed; written as the API wants it by `writtenOf`. */
export const makeSchema = () => {
  const t = words(patients);
  const text = (max: number) => z.string().max(max, t.tooLong(max));
  const name = text(100).refine((value) => value.trim() !== '', t.required);
  return z.object({
    first_name: name,
    last_name: name,
    phone: text(40).refine((value) => value.trim() !== '', t.required),
    shares_phone: z.boolean(),
    date_of_birth: z.string().refine((value) => !value || (value >= '1900-01-01' && value <= today()), t.badBirth),
    gender: z.enum(['', ...GENDERS]),
    language: z.enum(LANGUAGES),
    email: text(254),
    address: text(500),
    allergies: text(20_000),
    current_medications: text(20_000),
    medical_history: text(20_000),
    tags: z.array(text(TAG_CHARS_MAX)).max(TAGS_MAX),
    assigned_to: z.string(),
  });
};
export type Typed = z.infer<ReturnType<typeof makeSchema>>;
export type FieldName = keyof Typed;

export const BLANK: Typed = {
  first_name: '', last_name: '', phone: '', shares_phone: false, date_of_birth: '', gender: '', language: 'fr', email: '', address: '',
  allergies: '', current_medications: '', medical_history: '', tags: [], assigned_to: '',
};

export function typedOf(p: Patient): Typed {
  return {
    first_name: p.first_name, last_name: p.last_name, phone: formatPhone(p.phone).replaceAll('\u00a0', ' '), shares_phone: p.shares_phone,
    date_of_birth: p.date_of_birth ?? '', gender: p.gender, language: p.language, email: p.email, address: p.address, allergies: p.allergies,
    current_medications: p.current_medications, medical_history: p.medical_history, tags: p.tags, assigned_to: p.assigned_to ? String(p.assigned_to) : '',
  };
}

export function writtenOf(v: Typed): Record<FieldName, unknown> {
  return {
    ...v,
    first_name: v.first_name.trim(),
    last_name: v.last_name.trim(),
    phone: readPhone(v.phone) ?? v.phone.trim(),
    email: v.email.trim(),
    date_of_birth: v.date_of_birth || null,
    assigned_to: v.assigned_to ? Number(v.assigned_to) : null,
  };
}

/** Who has this number already; `self` is whose form it is. */
function useSameNumber(phone: string | undefined, self?: number): Patient[] {
  const { data, isPlaceholderData } = useList<Patient>('patients', PATIENTS_URL, { phone, page_size: 5 }, { enabled: phone !== undefined });
  return phone === undefined || !data || isPlaceholderData ? [] : data.results.filter((p) => p.id !== self);
}

function PhoneField({ self }: { self?: number }) {
  const t = useWords(patients);
  const { watch } = useFormContext<Typed>();
  const phone = readPhone(watch('phone'));
  const others = useSameNumber(phone, self);
  const shared = watch('shares_phone');
  return (
    <div className="flex flex-col gap-3">
      <TextField name="phone" label={t.phone} hint={phone ? t.readAs(formatPhone(phone)) : t.phoneHint} type="tel" inputMode="tel" autoComplete="off" inputClassName="tabular" />
      {others.length > 0 && (
        <Alert tone="look" title={t.sameNumber(others.length)}>
          <ul className="mb-1">
            {others.map((p) => <li key={p.id}><Link href={patientPath(p.id)} prefetch={false} className="font-semibold underline underline-offset-2">{nameOf(p) || t.unnamed(p.id)}</Link></li>)}
          </ul>
          <p>{t.sameNumberHelp}</p>
        </Alert>
      )}
      {(others.length > 0 || shared) && <CheckboxField name="shares_phone" label={t.sharesPhone} hint={t.sharesPhoneHint} />}
    </div>
  );
}

function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-5 border-t border-line pt-5">
      <legend className="float-left mb-3 w-full text-lead font-semibold">{title}{lead && <span className="block text-base font-normal text-ink-soft">{lead}</span>}</legend>
      {children}
    </fieldset>
  );
}

/** The fields of a record, for a new one and for one that is changed. */
export function PatientFields({ self }: { self?: number }) {
  const t = useWords(patients);
  const c = useWords(common);
  const { doctors, tags } = useChoices();
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Part title={t.who}>
        <div className="clear-both grid gap-5 sm:grid-cols-2">
          <TextField name="first_name" label={t.firstName} autoComplete="off" autoCapitalize="words" />
          <TextField name="last_name" label={t.lastName} autoComplete="off" autoCapitalize="words" />
        </div>
        <PhoneField self={self} />
        <div className="grid gap-5 sm:grid-cols-3">
          <TextField name="date_of_birth" label={t.birth} type="date" min="1900-01-01" max={today()} optional />
          <SelectField name="gender" label={t.gender} options={[{ value: '', label: t.notSaid }, ...GENDERS.map((value) => ({ value, label: t.genders[value] }))]} />
          <SelectField name="language" label={t.writesIn} options={LANGUAGES.map((value) => ({ value, label: c.languages[value] }))} />
        </div>
      </Part>
      <Part title={t.health}>
        <TextArea name="allergies" label={t.allergies} hint={t.allergiesHint} rows={2} optional className="clear-both" />
        <TextArea name="current_medications" label={t.currentMedications} rows={2} optional />
        <TextArea name="medical_history" label={t.history} rows={3} optional />
      </Part>
      <Part title={t.follow}>
        <div className="clear-both grid gap-5 sm:grid-cols-2">
          <SelectField name="assigned_to" label={t.doctor} optional options={[{ value: '', label: t.nobody }, ...doctors.map((d) => ({ value: String(d.id), label: d.name }))]} />
          <TextField name="email" label={t.email} type="email" autoComplete="off" optional />
        </div>
        <TextField name="address" label={t.address} autoComplete="off" optional />
        <ChipsField name="tags" label={t.tags} hint={t.tagsHint} optional max={TAGS_MAX} maxLength={TAG_CHARS_MAX} known={tags.map((o) => o.tag)} />
      </Part>
    </div>
  );
}

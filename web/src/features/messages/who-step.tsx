'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';

import { Alert } from '@/components/ui/alert';
import { ChipsField } from '@/components/ui/chips-field';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { Skeleton } from '@/components/ui/skeleton';
import { useChoices } from '@/features/patients/patient';
import { explain } from '@/lib/errors';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { session } from '@/lib/session';
import { useStore } from '@/lib/store';
import { broadcasts } from '@/messages/broadcasts';
import { common } from '@/messages/common';
import { DOCUMENT_KINDS, LANGUAGES, type Count } from './broadcast';
import { CONDITION_CHARS_MAX, CONDITIONS_MAX, TAG_CHARS_MAX, TAGS_MAX, type Typed } from './composed';
import { RadioGroup } from './radio-group';
import { Step } from './step';

interface Account {
  id: number;
  full_name: string;
  email: string;
  role: string;
}

/** Administrators see all doctors; a doctor chooses the patients that are followed by him- or herself. */
function useDoctors(chosen: string): Array<{ value: string; label: string }> {
  const t = useWords(broadcasts);
  const user = useStore(session.user, null);
  const { data } = useList<Account>('users', '/api/users/', { page_size: 100 }, { enabled: user?.role === 'admin' });
  const others = (data?.results ?? []).filter((a) => a.role === 'doctor' && a.id !== user?.id).map((a) => ({ value: String(a.id), label: a.full_name || a.email }));
  const list = [{ value: '', label: t.anyDoctor }, ...(user ? [{ value: String(user.id), label: t.me }] : []), ...others];
  return chosen && !list.some((o) => o.value === chosen) ? [...list, { value: chosen, label: t.doctorNumber(chosen) }] : list;
}

function Filters() {
  const t = useWords(broadcasts);
  const c = useWords(common);
  const { watch } = useFormContext<Typed>();
  const tags = watch('target.tags');
  const { tags: known } = useChoices();
  const doctors = useDoctors(watch('target.assigned_to'));
  const any = { value: '', label: t.any };
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">{t.filtersHelp}</p>
      <ChipsField name="target.tags" label={t.tags} hint={t.tagsHint} max={TAGS_MAX} maxLength={TAG_CHARS_MAX} known={known.map((o) => o.tag)} />
      {tags.length > 1 && <SelectField name="target.tags_match" label={t.tagsMatch} options={[{ value: 'any', label: t.tagsAny }, { value: 'all', label: t.tagsAll }]} />}
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField name="target.gender" label={t.gender} options={[any, ...(['F', 'M', 'O'] as const).map((value) => ({ value, label: t.genders[value]! }))]} />
        <SelectField name="target.language" label={t.patientLanguage} options={[any, ...LANGUAGES.map((value) => ({ value, label: c.languages[value] }))]} />
        <TextField name="target.age_min" label={t.ageMin} inputMode="numeric" autoComplete="off" />
        <TextField name="target.age_max" label={t.ageMax} inputMode="numeric" autoComplete="off" />
        <SelectField key={doctors.length} name="target.assigned_to" label={t.doctor} options={doctors} />
        <SelectField name="target.document_kind" label={t.documentKind} options={[any, ...DOCUMENT_KINDS.map((value) => ({ value, label: t.documentKinds[value]! }))]} />
        <TextField name="target.active_after" type="date" label={t.activeAfter} />
        <TextField name="target.active_before" type="date" label={t.activeBefore} />
      </div>
      <ChipsField name="target.conditions" label={t.conditions} hint={t.conditionsHint} max={CONDITIONS_MAX} maxLength={CONDITION_CHARS_MAX} />
    </div>
  );
}

function LiveCount({ query }: { query: Pick<UseQueryResult<Count>, 'data' | 'error' | 'isPlaceholderData'> & { none: boolean } }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const { data, error, none } = query;
  return (
    <section aria-label={t.whoGets} aria-live="polite" className="rounded-lg bg-sunken p-4">
      <h3 className="mb-2 font-semibold">{t.whoGets}</h3>
      {none ? <p className="text-ink-soft">{t.nobodyYet}</p> : error && !data ? <Alert tone="look" title={explain(error).title}>{explain(error).detail}</Alert> : !data ? <Skeleton className="h-16" /> : (
        <>
          <p className="tabular"><span className="text-figure font-semibold">{formatNumber(data.sendable, lang)}</span> {t.patientsWord(data.sendable)}</p>
          {data.matching > data.sendable && (
            <>
              <p className="mt-2 text-ink-soft">{t.leftOutOf(data.matching - data.sendable, formatNumber(data.matching, lang))}</p>
              <ul className="mt-1 flex flex-col gap-1 text-small">
                {Object.entries(data.left_out).filter(([, n]) => n > 0).map(([reason, n]) => (
                  <li key={reason} className="flex gap-2"><span className="tabular w-10 shrink-0 text-right font-semibold">{formatNumber(n, lang)}</span><span>{t.leftOut[reason] ?? reason}</span></li>
                ))}
              </ul>
              {(data.left_out.window_closed ?? 0) > 0 && <p className="mt-2 text-small text-ink-soft">{t.windowHelp}</p>}
            </>
          )}
        </>
      )}
    </section>
  );
}

export function WhoStep({ count, none }: { count: Pick<UseQueryResult<Count>, 'data' | 'error' | 'isPlaceholderData'>; none: boolean }) {
  const t = useWords(broadcasts);
  const { watch } = useFormContext<Typed>();
  return (
    <Step number={2} title={t.who} result={<LiveCount query={{ ...count, none }} />}>
      <RadioGroup name="audience" legend={t.who} hideLegend options={[{ value: 'all', label: t.everybody }, { value: 'some', label: t.some }]} />
      {watch('audience') === 'some' && <Filters />}
    </Step>
  );
}

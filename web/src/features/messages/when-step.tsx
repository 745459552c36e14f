'use client';

import { useFormContext } from 'react-hook-form';

import { Alert } from '@/components/ui/alert';
import { CheckboxField, SelectField, TextField } from '@/components/ui/form-fields';
import { Skeleton } from '@/components/ui/skeleton';
import { explain } from '@/lib/errors';
import { formatDateTime, formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { broadcasts } from '@/messages/broadcasts';
import type { Estimate } from './broadcast';
import type { Typed } from './composed';
import { RadioGroup } from './radio-group';
import { Step } from './step';

function Outcome({ estimate, error, refused }: { estimate: Estimate | undefined; error: unknown; refused: Record<string, string[]> }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const fault = Object.values(refused).flat();
  return (
    <section aria-label={t.outcome} aria-live="polite" className="rounded-lg bg-sunken p-4">
      <h3 className="mb-2 font-semibold">{t.outcome}</h3>
      {fault.length > 0 ? <p className="text-look-ink">{fault.join(' ')}</p> : error && !estimate ? <Alert tone="look" title={explain(error).title}>{explain(error).detail}</Alert> : !estimate ? <Skeleton className="h-24" /> : (
        <dl className="flex flex-col gap-3">
          {estimate.first_at && <div><dt className="text-small text-ink-soft">{t.firstLeaves}</dt><dd className="font-semibold">{formatDateTime(estimate.first_at, lang, estimate.time_zone)}</dd></div>}
          <div>
            <dt className="text-small text-ink-soft">{t.lastLeaves}</dt>
            <dd className="font-semibold">{estimate.recipients === 0 ? t.nobodyWouldGet : estimate.ends_at ? formatDateTime(estimate.ends_at, lang, estimate.time_zone) : t.neverEnds}</dd>
          </div>
          <div>
            <dt className="text-small text-ink-soft">{t.cost}</dt>
            <dd className="font-semibold">{estimate.price_usd === null ? t.costUnknown : formatNumber(estimate.price_usd, lang, { style: 'currency', currency: 'USD' })}</dd>
          </div>
        </dl>
      )}
      {estimate && fault.length === 0 && (
        <ul className="mt-3 flex flex-col gap-1 text-small text-ink-soft">
          {estimate.quiet_hours && <li>{t.quietTold(estimate.quiet_hours)}</li>}
          {estimate.by_template > 0 && <li>{t.byTemplate(formatNumber(estimate.by_template, lang))}</li>}
          {estimate.people_per_day.limit !== null && estimate.by_template > 0 && <li>{t.limitTold(formatNumber(estimate.people_per_day.limit, lang), formatNumber(estimate.people_per_day.reached, lang))}</li>}
          {estimate.days > 1 && <li>{t.takesDays(estimate.days)}</li>}
        </ul>
      )}
    </section>
  );
}

function Repeat() {
  const t = useWords(broadcasts);
  const { watch } = useFormContext<Typed>();
  const end = watch('repeat_end');
  return (
    <div className="flex flex-col gap-5">
      <SelectField name="repeat" label={t.repeat} hint={watch('repeat') ? t.repeatHint : undefined} options={(['', 'daily', 'weekly', 'monthly'] as const).map((value) => ({ value, label: t.repeats[value || 'none']! }))} />
      {watch('repeat') && (
        <>
          <RadioGroup name="repeat_end" legend={t.repeatEnd} options={(['never', 'until', 'count'] as const).map((value) => ({ value, label: t.repeatEnds[value]! }))} />
          {end === 'until' && <TextField name="repeat_until" type="date" label={t.repeatUntil} />}
          {end === 'count' && <TextField name="repeat_count" inputMode="numeric" label={t.repeatCount} autoComplete="off" />}
        </>
      )}
    </div>
  );
}

export function WhenStep({ estimate, error, refused }: { estimate: Estimate | undefined; error: unknown; refused: Record<string, string[]> }) {
  const t = useWords(broadcasts);
  const { watch } = useFormContext<Typed>();
  const quiet = watch('quiet');
  return (
    <Step number={3} title={t.when} result={<Outcome estimate={estimate} error={error} refused={refused} />}>
      <RadioGroup name="when" legend={t.when} hideLegend options={[{ value: 'now', label: t.now }, { value: 'at', label: t.at }]} />
      {watch('when') === 'at' && (
        <>
          <TextField name="scheduled_at" type="datetime-local" label={t.scheduledAt} hint={t.clinicClock(estimate?.time_zone ?? '…')} className="max-w-xs" />
          <Repeat />
        </>
      )}
      <div>
        <CheckboxField name="spread" label={t.spread} hint={t.spreadHint} />
        {watch('spread') && <TextField name="rate_per_hour" inputMode="numeric" label={t.ratePerHour} className="mt-3 max-w-xs" autoComplete="off" />}
      </div>
      <RadioGroup name="quiet" legend={t.quiet} options={(['clinic', 'own', 'none'] as const).map((value) => ({ value, label: t.quiets[value]! }))} />
      {quiet === 'own' && (
        <div className="grid max-w-md grid-cols-2 gap-5">
          <TextField name="quiet_from" type="time" label={t.quietFrom} />
          <TextField name="quiet_to" type="time" label={t.quietTo} />
        </div>
      )}
      {quiet === 'none' && <Alert tone="look">{t.quietNone}</Alert>}
    </Step>
  );
}

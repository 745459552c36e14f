'use client';

import { useState } from 'react';
import { useFormContext } from 'react-hook-form';

import { Alert } from '@/components/ui/alert';
import { PatientPicker } from '@/components/patient-picker';
import { explain } from '@/lib/errors';
import { formatNumber, formatTime } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { broadcasts } from '@/messages/broadcasts';
import { common } from '@/messages/common';
import type { Count } from './broadcast';
import type { Typed } from './composed';
import { sampleOf } from './content';
import { usePreview } from './use-looks';
import { WhatsAppBubble } from './whatsapp-bubble';

interface Person {
  first_name: string;
  last_name: string;
}

/** What a real patient would read, and what stands in the way. */
export function LivePreview({ count }: { count: Count | undefined }) {
  const t = useWords(broadcasts);
  const c = useWords(common);
  const lang = useLang();
  const { watch } = useFormContext<Typed>();
  const values = watch();
  const [patient, setPatient] = useState<number | null>(null);
  const { data: seen, error } = usePreview(values, patient, !count || count.sendable > 0);
  const { data: person } = useRecord<Person>('patients', `/api/patients/${seen?.patient}/`, { enabled: seen !== undefined });
  const [now] = useState(() => new Date());
  const text = seen ? (seen.template_text ?? seen.text) : sampleOf(values.content, t.samples);
  const name = person && `${person.first_name} ${person.last_name}`.trim();
  return (
    <section aria-label={t.preview} className="flex flex-col gap-3">
      <h3 className="font-semibold">{seen ? t.previewOf(name ?? '…') : t.preview}</h3>
      <WhatsAppBubble text={text || '…'} time={formatTime(now, lang)} />
      {seen && (
        <p className="text-small text-ink-soft">
          {[c.languages[seen.language], seen.as === 'template' ? t.asTemplate : t.asText, seen.price_usd !== null && t.price(formatNumber(seen.price_usd, lang, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }))].filter(Boolean).join(' · ')}
        </p>
      )}
      {!seen && values.content.trim() && !error && <p className="text-small text-ink-soft">{t.previewSample}</p>}
      {seen && seen.missing.length > 0 && <Alert tone="look">{t.missing(seen.missing.map((field) => t.fields[field as keyof typeof t.fields].toLowerCase()))}</Alert>}
      {seen && seen.characters > seen.characters_max && <Alert tone="look">{t.tooLongHere(seen.characters, seen.characters_max)}</Alert>}
      {seen?.left_out && seen.left_out !== 'missing_field' && <Alert tone="look">{t.wouldNotGet(t.leftOut[seen.left_out] ?? seen.left_out)}</Alert>}
      {error && <Alert tone="look" title={explain(error).title}>{explain(error).detail}</Alert>}
      <PatientPicker label={t.previewFor} value={patient} onChange={setPatient} />
    </section>
  );
}

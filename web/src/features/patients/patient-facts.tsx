'use client';

import { Badge } from '@/components/ui/badge';
import { age, formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { patients } from '@/messages/patients';
import { STATUS_TONES, type Patient } from './patient';

export function StatusBadge({ patient }: { patient: Pick<Patient, 'status'> }) {
  const t = useWords(patients);
  return <Badge tone={STATUS_TONES[patient.status]}>{t.statuses[patient.status]}</Badge>;
}

export function Age({ birth }: { birth: string | null }) {
  const t = useWords(patients);
  const lang = useLang();
  return birth ? <span title={formatDate(birth, lang)} className="whitespace-nowrap">{t.years(age(birth))}</span> : null;
}

export function Tags({ tags }: { tags: string[] }) {
  const t = useWords(patients);
  if (tags.length === 0) return null;
  return (
    <ul aria-label={t.tags} className="flex flex-wrap gap-1">
      {tags.map((tag) => <li key={tag} className="max-w-48 truncate rounded-full bg-sunken px-2 py-0.5 text-small text-ink-soft">{tag}</li>)}
    </ul>
  );
}

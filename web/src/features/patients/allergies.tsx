'use client';

import { TriangleAlert } from 'lucide-react';

import { colon } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { patients } from '@/messages/patients';
import { useFacts } from './facts';
import type { Patient } from './patient';
import { saysNoAllergy } from './says-no-allergy';

/** Never far from the eye: what would harm this person. That nothing is known to is said quietly, so that the warning keeps its weight. */
export function Allergies({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const lang = useLang();
  const { data } = useFacts(patient.id);
  const read = [...new Set((data?.results ?? []).filter((f) => f.type === 'allergy').map((f) => f.name))];
  const told = patient.allergies.trim();
  const more = read.filter((name) => !told.toLocaleLowerCase().includes(name.toLocaleLowerCase()));
  if (!told && more.length === 0) return <p className="text-ink-soft">{t.noAllergies}</p>;
  if (saysNoAllergy(told) && more.length === 0) return <p className="text-ink-soft">{t.allergies}{colon(lang)}{told}</p>;
  return (
    <div className="flex items-start gap-2 rounded-md bg-look-ground px-3 py-2 text-look-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <p className="[overflow-wrap:anywhere] whitespace-pre-wrap"><span className="font-semibold">{t.allergies}{colon(lang)}</span>{[told, more.length > 0 && t.readInPapers(more.join(', '))].filter(Boolean).join(' · ')}</p>
    </div>
  );
}

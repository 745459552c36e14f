'use client';

import { useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import { ThreadView } from './thread-view';

/** Everything that was written with one patient, as on WhatsApp. */
export function PatientThread({ patientId }: { patientId: number }) {
  const t = useWords(conversations);
  return <ThreadView key={patientId} whose={{ patient: patientId }} label={t.messages} className="h-[min(70dvh,48rem)] overflow-hidden rounded-lg border border-line" />;
}

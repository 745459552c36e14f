'use client';

import { useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import { ThreadView } from './thread-view';

/** Everything that was written with one patient, as on WhatsApp; at `message`, if one came for it. */
export function PatientThread({ patientId, message }: { patientId: number; message?: number }) {
  const t = useWords(conversations);
  return <ThreadView key={`${patientId}:${message}`} whose={{ patient: patientId }} message={message} label={t.messages} className="h-[min(70dvh,48rem)] overflow-hidden rounded-lg border border-line" />;
}

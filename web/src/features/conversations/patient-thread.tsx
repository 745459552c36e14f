'use client';

import { MessageCircleReply } from 'lucide-react';

import { ButtonLink } from '@/components/ui/button-link';
import { useWords } from '@/lib/i18n';
import { useList } from '@/lib/query';
import { conversations } from '@/messages/conversations';
import { INBOX, INBOX_URL, type Entry } from './inbox';
import { ThreadView } from './thread-view';

/** To where this patient is written to, once there has been a conversation. */
function Reply({ patientId }: { patientId: number }) {
  const t = useWords(conversations);
  const { data } = useList<Entry>('sessions', INBOX_URL, { patient: patientId, page_size: 1 });
  const entry = data?.results[0];
  return entry && <ButtonLink href={`${INBOX}${entry.id}/`} prefetch={false} icon={<MessageCircleReply aria-hidden className="size-5" />}>{t.reply}</ButtonLink>;
}

/** Everything that was written with one patient, as on WhatsApp; at `message`, if one came for it. */
export function PatientThread({ patientId, message }: { patientId: number; message?: number }) {
  const t = useWords(conversations);
  return (
    <>
      <div className="mb-3 flex justify-end empty:hidden"><Reply patientId={patientId} /></div>
      <ThreadView key={`${patientId}:${message}`} whose={{ patient: patientId }} message={message} label={t.messages} className="h-[min(70dvh,48rem)] overflow-hidden rounded-lg border border-line" />
    </>
  );
}

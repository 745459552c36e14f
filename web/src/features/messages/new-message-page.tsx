'use client';

import { PageHeader } from '@/components/ui/page-header';
import { useWords } from '@/lib/i18n';
import { useRecordIds } from '@/lib/use-record-id';
import { broadcasts } from '@/messages/broadcasts';
import { broadcastPath, MESSAGES } from './broadcast';
import { BroadcastById } from './broadcast-page';
import { Composer } from './composer';
import { Reserved } from './reserved';
import { useState } from 'react';

/**
 * A new message. Once the server keeps the draft the address is the draft's, so that reloading and sending it to a colleague show it; the page
 * stays, and with it the cursor.
 */
export function NewMessagePage() {
  const t = useWords(broadcasts);
  const [first] = useRecordIds('/dashboard/messages/[id]/') ?? ['new'];
  const [began] = useState(first);
  if (began !== 'new' && began !== undefined) return <BroadcastById id={began} />;
  return (
    <>
      <PageHeader title={t.newTitle} lead={t.newLead} back={{ href: MESSAGES, label: t.title }} />
      <Reserved><Composer onMade={(id) => window.history.replaceState(null, '', broadcastPath(id))} /></Reserved>
    </>
  );
}

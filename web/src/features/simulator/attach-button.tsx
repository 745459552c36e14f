'use client';

import { Paperclip } from 'lucide-react';
import { useRef } from 'react';

import { IconButton } from '@/components/ui/button';
import { acceptOf, type Accepted } from '@/features/upload/accepted';
import { useWords } from '@/lib/i18n';
import { simulator } from '@/messages/simulator';

/** What WhatsApp carries and a record can hold. */
const PHOTOS: Accepted = { endings: ['.pdf', '.jpg', '.jpeg', '.png', '.webp', '.heic'], megabytes: 16 };

/** A photo or a document of the patient, as WhatsApp's paper clip. What cannot be kept is told by the clinic, as to a real patient. */
export function AttachButton({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const t = useWords(simulator);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={acceptOf(PHOTOS)}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ''; // the same file may be sent again
          if (file) onFile(file);
        }}
      />
      <IconButton label={t.attach} disabled={busy} onClick={() => input.current?.click()}><Paperclip aria-hidden className="size-5" /></IconButton>
    </>
  );
}

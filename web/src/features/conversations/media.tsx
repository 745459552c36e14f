'use client';

import { FileText, Image as Picture, Mic } from 'lucide-react';
import Link from 'next/link';

import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { conversations } from '@/messages/conversations';
import type { Medium } from './thread';

const BOX = 'mb-1 flex min-h-11 items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2 text-small';
const hasFile = (m: Medium) => m.status === 'kept' || m.status === 'accepted';

function Shown({ medium }: { medium: Medium }) {
  const t = useWords(conversations);
  const lang = useLang();
  const type = medium.type ?? '';
  const file = `/api/messaging/media/${medium.id}/file/`;
  const name = medium.file_name || (type.startsWith('image/') ? t.picture : type.startsWith('audio/') ? t.voice : t.file);
  if (!hasFile(medium)) return <p className={BOX}><FileText aria-hidden className="size-5 shrink-0" />{t.mediaStates[medium.status]}</p>;
  if (/^image\/(jpeg|png|webp)$/.test(type)) {
    return (
      <a href={file} className="mb-1 block">
        <img src={file} alt={name} loading="lazy" className="h-48 w-64 max-w-full rounded-md bg-sunken object-cover" />
      </a>
    );
  }
  const Icon = type.startsWith('audio/') ? Mic : type.startsWith('image/') ? Picture : FileText;
  return (
    <a href={file} className={`${BOX} hover:text-accent`}>
      <Icon aria-hidden className="size-5 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{name} <span className="text-ink-soft">{formatBytes(medium.size_bytes, lang)}</span></span>
    </a>
  );
}

/** What came with a message: seen, or taken to read; a document of the record once the doctor accepted it. */
export function Media({ media }: { media: Medium[] }) {
  const t = useWords(conversations);
  return media.map((medium) => (
    <div key={medium.id}>
      <Shown medium={medium} />
      {medium.document !== null && <Link href={`/dashboard/documents/${medium.document}/`} prefetch={false} className="mb-1 inline-block text-small font-semibold text-accent underline underline-offset-2">{t.inRecord}</Link>}
    </div>
  ));
}

'use client';

import { CircleAlert, CircleCheck, Clock, CloudOff, LoaderCircle, RotateCw, X } from 'lucide-react';
import Link from 'next/link';

import { Button, IconButton } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { documentUrl, type Document } from '@/features/documents/document';
import { DocumentState } from '@/features/documents/document-state';
import { formatPercent } from '@/lib/format';
import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { useStore } from '@/lib/store';
import { upload as catalogue } from '@/messages/upload';
import { cancelUpload, isOpen, retryUpload, uploads, type Upload } from './upload-queue';

const NONE: Upload[] = [];
const ICONS = { queued: Clock, sending: LoaderCircle, waiting: CloudOff, done: CircleCheck, refused: CircleAlert };
const COLOURS = { queued: 'text-ink-soft', sending: 'animate-spin text-accent', waiting: 'text-look', done: 'text-good', refused: 'text-look' };

/** What is being sent to this patient, or (without one) to anybody. */
export function useUploads(patientId?: number): Upload[] {
  const all = useStore(uploads, NONE);
  return patientId === undefined ? all : all.filter((u) => u.patientId === patientId);
}

/** What became of it: how far it is read, or what about it needs a person. */
function Arrived({ documentId }: { documentId: number }) {
  const t = useWords(catalogue);
  const { data } = useRecord<Document>('documents', documentUrl(documentId));
  return data ? <DocumentState document={data} /> : t.received;
}

function State({ upload }: { upload: Upload }) {
  const t = useWords(catalogue);
  const lang = useLang();
  if (upload.state === 'refused') return <span className="text-look-ink">{upload.reason}</span>;
  if (upload.state === 'done') return upload.documentId ? <Arrived documentId={upload.documentId} /> : <>{t.received}</>;
  if (upload.state === 'waiting') return <span className="text-look-ink">{t.cut(formatBytes(upload.sent, lang))}</span>;
  if (upload.state === 'queued') return <>{t.queued} · {formatBytes(upload.size, lang)}</>;
  return <span className="tabular">{formatPercent(upload.size ? upload.sent / upload.size : 0, lang)} · {t.of(formatBytes(upload.sent, lang), formatBytes(upload.size, lang))}</span>;
}

function Row({ upload }: { upload: Upload }) {
  const t = useWords(catalogue);
  const Icon = ICONS[upload.state];
  return (
    <li className="flex items-start gap-3 py-2">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${COLOURS[upload.state]}`} />
      <div className="min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          {upload.documentId ? <Link href={`/dashboard/documents/${upload.documentId}/`} prefetch={false} className="text-accent underline underline-offset-2">{upload.name}</Link> : upload.name}
        </p>
        {(upload.state === 'sending' || upload.state === 'waiting') && (
          <div className="my-1"><ProgressBar label={t.progressOf(upload.name)} value={upload.sent} total={upload.size} /></div>
        )}
        <div className="text-small text-ink-soft"><State upload={upload} /></div>
        {upload.state === 'refused' && <Button className="mt-2" onClick={() => retryUpload(upload.id)} icon={<RotateCw aria-hidden className="size-5" />}>{t.again}</Button>}
      </div>
      <IconButton label={isOpen(upload) ? t.cancel(upload.name) : t.hide(upload.name)} onClick={() => cancelUpload(upload.id)}><X aria-hidden className="size-5" /></IconButton>
    </li>
  );
}

/** Each file on its way, with how far it is; nothing when there is none. */
export function UploadList({ patientId }: { patientId?: number }) {
  const t = useWords(catalogue);
  const list = useUploads(patientId);
  const open = list.filter(isOpen).length;
  const refused = list.filter((u) => u.state === 'refused').length;
  return (
    <>
      <p role="status" className="sr-only">{list.length ? t.summary(open, list.length - open - refused, refused) : ''}</p>
      {list.length > 0 && <ul aria-label={t.list} className="divide-y divide-line">{list.map((u) => <Row key={u.id} upload={u} />)}</ul>}
    </>
  );
}

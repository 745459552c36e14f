'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download, Eye, FileAudio, FileImage, FileQuestion, FileText, FileVideo, FolderPlus, Trash2, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { SidePanel } from '@/components/ui/dialog';
import { CONTROL, Field } from '@/components/ui/field';
import { Pager } from '@/components/ui/data-table';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { SkeletonRows } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { useList, useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { documents } from '@/messages/documents';
import { KINDS } from './document';
import { RecordDialog } from './record-dialog';
import { useMay } from './use-may';

const MEDIA_URL = '/api/messaging/media/';
const SHOWN = 10;

interface Medium {
  id: number;
  patient: number | null;
  status: string;
  type: string | null;
  file_name: string | null;
  size_bytes: number;
  created_at: string;
}

type Shape = 'image' | 'audio' | 'video' | 'pdf' | 'other';
const ICONS: Record<Shape, LucideIcon> = { image: FileImage, audio: FileAudio, video: FileVideo, pdf: FileText, other: FileQuestion };

function shapeOf(medium: Medium): Shape {
  const [kind] = (medium.type ?? '').split('/');
  if (medium.type === 'application/pdf') return 'pdf';
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'other';
}

/** Voice notes and films are heard and seen, and cannot be read into the record. */
const isPaper = (medium: Medium) => !['audio', 'video'].includes(shapeOf(medium));
const fileOf = (medium: Medium) => `${MEDIA_URL}${medium.id}/file/`;

function useRenewReceived() {
  const client = useQueryClient();
  return () => Promise.all(['messages', 'documents', 'notifications'].map((root) => client.invalidateQueries({ queryKey: [root] })));
}

function Sender({ patient }: { patient: number | null }) {
  const t = useWords(documents);
  const { data } = useRecord<{ first_name: string; last_name: string }>('patients', `/api/patients/${patient}/`, { enabled: patient !== null });
  if (patient === null) return <span className="text-ink-soft">{t.unknownSender}</span>;
  return (
    <Link href={`/dashboard/patients/${patient}/`} prefetch={false} className="text-ink underline decoration-line-strong underline-offset-4 hover:text-accent">
      {(data && `${data.first_name} ${data.last_name}`.trim()) || t.unnamed(patient)}
    </Link>
  );
}

function Preview({ medium }: { medium: Medium }) {
  const t = useWords(documents);
  const shape = shapeOf(medium);
  return (
    <div className="flex flex-col items-start gap-4">
      {shape === 'image' && <img src={fileOf(medium)} alt={t.mediumAlt} className="max-w-full rounded-md border border-line" />}
      {shape === 'audio' && <audio controls src={fileOf(medium)} aria-label={t.mediumAlt} className="w-full" />}
      {shape === 'video' && <video controls src={fileOf(medium)} aria-label={t.mediumAlt} className="w-full" />}
      <a href={fileOf(medium)} download className="inline-flex min-h-11 items-center gap-2 text-accent underline underline-offset-4"><Download aria-hidden className="size-5" />{t.download}</a>
    </div>
  );
}

function AcceptDialog({ medium, open, onOpenChange }: { medium: Medium; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useWords(documents);
  const renew = useRenewReceived();
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState('');

  async function accept(to: number) {
    await api.post(`${MEDIA_URL}${medium.id}/accept/`, { patient_id: to, ...(title.trim() && { title: title.trim() }), ...(kind && { kind }) });
    onOpenChange(false);
    toast(t.accepted);
    await renew();
  }

  return (
    <RecordDialog open={open} onOpenChange={onOpenChange} title={t.acceptTitle} description={t.receivedHelp} label={t.acceptTo} patient={medium.patient} verb={t.acceptVerb} put={accept}>
      <Field label={t.acceptNamed} optional>
        {(props) => <input {...props} type="text" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} className={CONTROL} />}
      </Field>
      <Field label={t.kind} optional>
        {(props) => (
          <select {...props} value={kind} onChange={(event) => setKind(event.target.value)} className={CONTROL}>
            <option value="">{t.kindRead}</option>
            {KINDS.map((value) => <option key={value} value={value}>{t.kinds[value]}</option>)}
          </select>
        )}
      </Field>
    </RecordDialog>
  );
}

function Row({ medium }: { medium: Medium }) {
  const t = useWords(documents);
  const lang = useLang();
  const may = useMay();
  const renew = useRenewReceived();
  const [open, setOpen] = useState<'look' | 'accept' | 'discard' | null>(null);
  const shape = shapeOf(medium);
  const Icon = ICONS[shape];
  const name = medium.file_name || t.mediaTypes[shape]!;
  const toggle = (what: 'look' | 'accept' | 'discard') => (on: boolean) => setOpen(on ? what : null);

  async function discard() {
    await api.post(`${MEDIA_URL}${medium.id}/discard/`, {});
    toast(t.discarded);
    await renew();
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 last:border-0">
      <Icon aria-hidden className="size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="break-words"><span className="font-semibold">{name}</span> <span aria-hidden>·</span> <Sender patient={medium.patient} /></p>
        <p className="text-small text-ink-soft"><When at={medium.created_at} /> · {formatBytes(medium.size_bytes, lang)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="quiet" icon={<Eye aria-hidden className="size-5" />} onClick={() => setOpen('look')}>{t.look}</Button>
        {may.write && isPaper(medium) && <Button icon={<FolderPlus aria-hidden className="size-5" />} onClick={() => setOpen('accept')}>{t.accept}</Button>}
        {may.write && <Button look="quiet" icon={<Trash2 aria-hidden className="size-5" />} onClick={() => setOpen('discard')}>{t.discard}</Button>}
      </div>
      <SidePanel open={open === 'look'} onOpenChange={toggle('look')} title={name}><Preview medium={medium} /></SidePanel>
      <AcceptDialog key={`accept${open === 'accept'}`} medium={medium} open={open === 'accept'} onOpenChange={toggle('accept')} />
      <ConfirmDialog open={open === 'discard'} onOpenChange={toggle('discard')} title={t.discardAsk} verb={t.discardVerb} onConfirm={discard}>{t.discardHelp}</ConfirmDialog>
    </li>
  );
}

/** What patients sent and nobody has decided about; nothing at all while there is none. */
export function Received() {
  const t = useWords(documents);
  const [page, setPage] = useState(1);
  const query = useList<Medium>('messages', MEDIA_URL, { status: 'kept', page, page_size: SHOWN });
  if (query.data?.count === 0) return null;
  return (
    <Panel title={t.received} flush>
      <p className="px-4 pb-2 text-ink-soft">{t.receivedHelp}</p>
      <ListState query={query} skeleton={<SkeletonRows rows={2} />}>
        {(data) => (
          <>
            <ul>{data.results.map((medium) => <Row key={medium.id} medium={medium} />)}</ul>
            <Pager page={page} pageSize={SHOWN} count={data.count} onPage={setPage} />
          </>
        )}
      </ListState>
    </Panel>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileUp, Globe, Trash2, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { ReservedPage } from '@/features/settings/reserved';
import { acceptOf } from '@/features/upload/accepted';
import { api } from '@/lib/api';
import { hasUnsavedWork } from '@/lib/unsaved';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { useRecordIds } from '@/lib/use-record-id';
import { advice } from '@/messages/advice';
import { ADVICE, ADVICE_URL, LEAFLETS, STATUS_TONES, type Advice } from './advice';
import { AdviceForm, sendFile } from './advice-form';
import { Answered } from './answered';

/** Another file for a draft: the browser's own field, behind a button. */
function FileButton({ onFile, busy }: { onFile: (file: File) => void; busy: boolean }) {
  const t = useWords(advice);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={acceptOf(LEAFLETS)}
        hidden
        aria-label={t.readFile}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Button busy={busy} onClick={() => input.current?.click()} icon={<FileUp aria-hidden className="size-5" />}>{t.readFile}</Button>
    </>
  );
}

/** Whether patients are answered from it, and the step that changes this. */
function Standing({ sheet }: { sheet: Advice }) {
  const t = useWords(advice);
  const client = useQueryClient();
  const [busy, setBusy] = useState('');
  const [error, setError] = useState<unknown>(null);

  async function act(name: string, deed: () => Promise<unknown>, said: string) {
    setBusy(name);
    setError(null);
    try {
      await deed();
      toast(said);
    } catch (why) {
      setError(why);
    } finally {
      await client.invalidateQueries({ queryKey: ['advice'] });
      setBusy('');
    }
  }

  const url = `${ADVICE_URL}${sheet.id}/`;
  const published = sheet.status === 'published';
  const publish = () => act('publish', () => api.post(`${url}publish/`, { version: sheet.version }), t.published);
  const withdraw = () => act('withdraw', () => api.post(`${url}withdraw/`), t.withdrawn);
  return (
    <div className="mb-6 flex flex-col gap-3">
      <Alert
        tone={published ? 'good' : 'accent'}
        action={
          <div className="flex flex-wrap gap-2">
            {!published && <FileButton busy={busy === 'file'} onFile={(file) => void act('file', () => sendFile(sheet.id, file), t.fileSent)} />}
            {published
              ? <Button busy={busy === 'withdraw'} onClick={() => void withdraw()} icon={<Undo2 aria-hidden className="size-5" />}>{t.withdrawVerb}</Button>
              : <Button look="primary" disabled={sheet.characters === 0} busy={busy === 'publish'} onClick={() => void publish()} icon={<Globe aria-hidden className="size-5" />}>{t.publishVerb}</Button>}
          </div>
        }
      >
        <Badge tone={STATUS_TONES[sheet.status]} className="mr-2">{t.statuses[sheet.status]}</Badge>
        {published && sheet.published_at && <When at={sheet.published_at} className="text-small" />}
        <p className="mt-1">{sheet.characters === 0 ? t.writeFirst : t.statusHelp[sheet.status]}</p>
      </Alert>
      {sheet.error && <Alert tone="look" title={sheet.reading === 'failed' ? t.unreadTitle : t.partlyRead}>{sheet.error}</Alert>}
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
    </div>
  );
}

const sameText = (a: Advice, b: Advice) => a.title === b.title && a.language === b.language && a.body === b.body;

/**
 * The form of a sheet that others change too. What somebody is typing stays until they save: a colleague's text does not take its place (the
 * server then says that there are two), a colleague's publishing does no harm to it.
 */
function Text({ sheet }: { sheet: Advice }) {
  const [begun, setBegun] = useState({ sheet, times: 0 });
  if (begun.sheet !== sheet && sheet.version >= begun.sheet.version) {
    if (sameText(begun.sheet, sheet)) setBegun({ ...begun, sheet });
    else if (!hasUnsavedWork()) setBegun({ sheet, times: begun.times + 1 });
  }
  return <AdviceForm key={begun.times} sheet={begun.sheet} onSaved={(now) => setBegun({ sheet: now, times: begun.times + 1 })} />;
}

function Loaded({ sheet, leaving, onLeaving }: { sheet: Advice; leaving: boolean; onLeaving: (leaving: boolean) => void }) {
  const t = useWords(advice);
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);

  async function remove() {
    onLeaving(true);
    try {
      await api.delete(`${ADVICE_URL}${sheet.id}/`);
    } catch (why) {
      onLeaving(false);
      throw why;
    }
    router.push(ADVICE);
    await client.invalidateQueries({ queryKey: ['advice', 'list'] });
    toast(t.deleted);
  }

  return (
    <>
      <PageHeader
        title={sheet.title}
        back={{ href: ADVICE, label: t.title }}
        action={<Button icon={<Trash2 aria-hidden className="size-5" />} onClick={() => setAsking(true)}>{t.deleteVerb}</Button>}
      />
      {sheet.reading === 'pending' ? (
        <>
          <Alert title={t.readingTitle}>{t.readingHelp(sheet.file_name ?? '')}</Alert>
          <Skeleton className="mt-6 h-96" />
        </>
      ) : (
        <>
          <Standing sheet={sheet} />
          <Text sheet={sheet} />
        </>
      )}
      {!leaving && <Answered sheet={sheet} />}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t.deleteAsk} verb={t.deleteVerb} onConfirm={remove}>{t.deleteHelp}</ConfirmDialog>
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(advice);
  // The server tells of the deletion: what has gone is not asked for again while the page is left.
  const [leaving, setLeaving] = useState(false);
  const query = useRecord<Advice>('advice', `${ADVICE_URL}${id}/`, { enabled: !leaving });
  return (
    <>
      {!query.data && <PageHeader title={t.editTitle} back={{ href: ADVICE, label: t.title }} />}
      <ListState query={query} skeleton={<Skeleton className="h-96" />}>
        {(sheet) => <Loaded sheet={sheet} leaving={leaving} onLeaving={setLeaving} />}
      </ListState>
    </>
  );
}

export function OneAdvicePage() {
  const t = useWords(advice);
  const ids = useRecordIds('/dashboard/settings/advice/[id]/');
  return <ReservedPage title={t.editTitle} roles={['admin', 'doctor']}>{/^\d+$/.test(ids?.[0] ?? '') ? <ById key={ids![0]} id={ids![0]!} /> : <Skeleton className="h-96" />}</ReservedPage>;
}

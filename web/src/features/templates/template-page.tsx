'use client';

import { useQueryClient } from '@tanstack/react-query';
import { RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { toast } from '@/lib/toast';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { useRecordIds } from '@/lib/use-record-id';
import { common } from '@/messages/common';
import { templates } from '@/messages/templates';
import { Bubble } from './bubble';
import { STATE_TONES, TEMPLATES_URL, type Template } from './template';
import { TemplateForm } from './template-form';

const LIST = '/dashboard/messages/templates/';

/** Where it stands with the carrier, and the way to ask. */
function Carrier({ template }: { template: Template }) {
  const t = useWords(templates);
  const client = useQueryClient();
  const mayWrite = useIsDoctor();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function check() {
    setBusy(true);
    setError(null);
    try {
      const now = await api.post<Template>(`${TEMPLATES_URL}${template.id}/check/`);
      await client.invalidateQueries({ queryKey: ['templates'] });
      toast(t.checked(t.states[now.state] ?? now.state));
    } catch (why) {
      setError(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="mb-6 flex flex-col gap-3">
      <Alert
        tone={template.state === 'approved' ? 'good' : template.state === 'rejected' || template.state === 'paused' ? 'look' : 'accent'}
        action={mayWrite && <Button busy={busy} onClick={() => void check()} icon={<RefreshCw aria-hidden className="size-5" />}>{t.check}</Button>}
      >
        <Badge tone={STATE_TONES[template.state]} className="mr-2">{t.states[template.state]}</Badge>
        {template.checked_at && <When at={template.checked_at} className="text-small" />}
        <p className="mt-1">{t.stateHelp[template.state]}</p>
      </Alert>
      {error ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
    </div>
  );
}

function Loaded({ template }: { template: Template }) {
  const t = useWords(templates);
  const c = useWords(common);
  const router = useRouter();
  const client = useQueryClient();
  const mayWrite = useIsDoctor();
  const [asking, setAsking] = useState(false);

  async function remove() {
    await api.delete(`${TEMPLATES_URL}${template.id}/`);
    router.push(LIST);
    await client.invalidateQueries({ queryKey: ['templates', 'list'] });
    toast(t.deleted);
  }

  return (
    <>
      <PageHeader
        title={t.editTitle(t.purposes[template.purpose] ?? template.purpose, c.languages[template.language])}
        back={{ href: LIST, label: t.toList }}
        action={mayWrite && <Button icon={<Trash2 aria-hidden className="size-5" />} onClick={() => setAsking(true)}>{t.deleteVerb}</Button>}
      />
      <Carrier template={template} />
      {mayWrite ? (
        <TemplateForm key={template.updated_at} template={template} />
      ) : (
        <>
          <Alert>{t.readOnly}</Alert>
          <div className="mt-6 max-w-xl"><Bubble title={t.preview} body={template.body} variables={template.variables} /></div>
        </>
      )}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t.deleteAsk} verb={t.deleteVerb} onConfirm={remove}>{t.deleteHelp}</ConfirmDialog>
    </>
  );
}

function ById({ id }: { id: string }) {
  const t = useWords(templates);
  const query = useRecord<Template>('templates', `${TEMPLATES_URL}${id}/`);
  return (
    <>
      {!query.data && <PageHeader title={t.oneTitle} back={{ href: LIST, label: t.toList }} />}
      <ListState query={query} skeleton={<Skeleton className="h-96" />}>
        {(template) => <Loaded template={template} />}
      </ListState>
    </>
  );
}

export function TemplatePage() {
  const ids = useRecordIds('/dashboard/messages/templates/[id]/');
  return ids?.[0] ? <ById key={ids[0]} id={ids[0]} /> : <Skeleton className="h-96" />;
}

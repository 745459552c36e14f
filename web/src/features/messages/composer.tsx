'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormProvider } from 'react-hook-form';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { api, ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useSavedForm } from '@/lib/form';
import { formatDateTime, formatNumber, formatTime } from '@/lib/format';
import { useLang, useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { broadcasts } from '@/messages/broadcasts';
import { common } from '@/messages/common';
import { broadcastPath, BROADCASTS_URL, type Broadcast } from './broadcast';
import { audienceOf, draftBodyOf, makeSchema, timesOf, typedOf, type Typed } from './composed';
import { Conflict } from './conflict';
import { useCount, useEstimate } from './use-looks';
import { useServerDraft } from './use-server-draft';
import { WhatStep } from './what-step';
import { WhenStep } from './when-step';
import { WhoStep } from './who-step';

/** What ends as soon as this needs no hour said. */
const SOON_MS = 2 * 60_000;

/** At which field a refusal to start is shown. */
const FIELD_OF: Record<string, keyof Typed | undefined> = {
  broadcast_nobody: 'audience',
  broadcast_field_missing: 'content',
  broadcast_template_unknown: 'template_sid',
  broadcast_template_refused: 'template_sid',
  broadcast_template_not_approved: 'template_sid',
  broadcast_template_variable: 'template_sid',
  broadcast_repeats: 'repeat',
};

function atField(why: unknown): unknown {
  const field = why instanceof ApiError ? FIELD_OF[why.code] : undefined;
  if (!field || !(why instanceof ApiError)) return why;
  // The server says how a program gives it.
  const said = why.code === 'broadcast_template_variable' ? words(broadcasts).variableMissing : why.detail;
  return new ApiError(400, { [field]: [said] }, why.requestId);
}

/**
 * A message is written, aimed and timed; with `broadcast` one that is there (a draft, or one that is scheduled). A draft is kept on the server as it
 * is typed; what is scheduled changes only when somebody says so.
 */
export function Composer({ broadcast, timeZone, onMade, onReload }: { broadcast?: Broadcast; timeZone?: string; onMade?: (id: number) => void; onReload?: () => void }) {
  const t = useWords(broadcasts);
  const c = useWords(common);
  const lang = useLang();
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const scheduled = broadcast?.status === 'scheduled';
  const name = broadcast ? `broadcast.${broadcast.id}` : 'broadcast.new';

  const saved = useSavedForm<Typed>({
    schema: makeSchema(),
    initial: typedOf(broadcast, timeZone),
    draft: name,
    save: async (values, key) => {
      try {
        const b = scheduled ? await saveScheduled(values) : await saveDraft(values);
        if (values.when === 'now') await api.post(`${BROADCASTS_URL}${b.id}/send_now/`, undefined, { idempotencyKey: key });
        await client.invalidateQueries({ queryKey: ['broadcasts'] });
        toast(values.when === 'now' ? t.started : scheduled ? t.saved : t.scheduledToast);
        onReload?.();
        router.replace(broadcastPath(b.id));
      } catch (why) {
        if (why instanceof ApiError && why.status === 409 && why.code === 'broadcast_started') {
          toast(t.startedByOther);
          await client.invalidateQueries({ queryKey: ['broadcasts'] });
          onReload?.();
          if (values.draft_id) router.replace(broadcastPath(values.draft_id));
        } else if (why instanceof ApiError && why.code === 'broadcast_changed') draft.setConflict(true);
        throw atField(why);
      }
    },
  });
  const { form, error, restored, forget } = saved;
  const draft = useServerDraft(form, { name, active: !scheduled, onMade });
  const values = form.watch();
  const count = useCount(values);
  const estimate = useEstimate(values);
  const sendable = count.data?.sendable;
  const people = sendable === undefined ? '…' : formatNumber(sendable, lang);

  /** One that waits for its time keeps it until it has started, so that a refusal leaves it as it was. */
  async function saveScheduled(typed: Typed): Promise<Broadcast> {
    const times = typed.when === 'now' ? { repeat: null } : timesOf(typed);
    const b = await api.patch<Broadcast>(`${BROADCASTS_URL}${typed.draft_id}/`, { ...draftBodyOf(typed), ...times, version: form.getValues('draft_version') });
    form.setValue('draft_version', b.version);
    return b;
  }

  async function saveDraft(typed: Typed): Promise<{ id: number }> {
    const id = await draft.save();
    if (!id) throw new Error('a message that is valid can be kept');
    if (typed.when === 'now') return { id };
    return api.patch<Broadcast>(`${BROADCASTS_URL}${id}/`, { ...timesOf(typed), version: form.getValues('draft_version') });
  }

  /** What cannot be called back is asked about; a time can be changed until it comes. */
  const submit = form.handleSubmit((typed) => {
    if (typed.when === 'now' && sendable === 0) {
      form.setError('audience', { type: 'server', message: t.nobody }, { shouldFocus: true });
      return;
    }
    if (typed.when === 'now') setAsking(true);
    else void saved.submit();
  });

  // Where one looks: a draft is kept while it is typed, what is scheduled when the button is pressed.
  const conflict = draft.conflict && <Conflict onTheirs={() => (onReload ? onReload() : router.replace(broadcastPath(values.draft_id!)))} onMine={() => void draft.keepMine()} />;
  const verb = values.when === 'now' ? t.sendNow(sendable ?? 2, people) : scheduled ? t.saveVerb : t.schedule(sendable ?? 2, people);
  return (
    <FormProvider {...form}>
      <form noValidate aria-label={broadcast ? t.editLabel : t.newTitle} onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
        {restored && <Alert tone="accent" action={<Button look="quiet" onClick={forget}>{c.startAfresh}</Button>}>{c.draftRestored}</Alert>}
        {!scheduled && conflict}
        <WhatStep count={count.data} save={draft.save} />
        <WhoStep count={count} none={audienceOf(values) === null} />
        <WhenStep estimate={estimate.data} error={estimate.error} refused={estimate.refused} />
        {scheduled && conflict}
        {error && !draft.conflict ? <Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert> : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" look="primary" busy={form.formState.isSubmitting} icon={values.when === 'now' ? <Send aria-hidden className="size-5" /> : <CalendarClock aria-hidden className="size-5" />}>
            {verb}
          </Button>
          <p role="status" className="text-small text-ink-soft">
            {!scheduled && draft.savedAt ? t.draftKept(formatTime(draft.savedAt, lang)) : !scheduled && values.when === 'at' && values.scheduled_at ? t.timeNotKept : ''}
          </p>
        </div>
        <ConfirmDialog open={asking} onOpenChange={setAsking} title={t.confirmTitle(sendable ?? 2, people)} verb={t.sendNow(sendable ?? 2, people)} danger={false} onConfirm={() => saved.submit()}>
          <p>{t.confirmHelp}</p>
          {estimate.data?.ends_at && Date.parse(estimate.data.ends_at) > Date.now() + SOON_MS && <p className="mt-2">{t.confirmEnd(formatDateTime(estimate.data.ends_at, lang, estimate.data.time_zone))}</p>}
          {estimate.data && estimate.data.price_usd !== null && <p>{t.confirmCost(formatNumber(estimate.data.price_usd, lang, { style: 'currency', currency: 'USD' }))}</p>}
        </ConfirmDialog>
      </form>
    </FormProvider>
  );
}

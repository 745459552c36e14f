'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Ban, Copy, Download, Pause, Play, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { formatNumber } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { useIsDoctor } from '@/lib/use-is-doctor';
import { broadcasts } from '@/messages/broadcasts';
import { aimed, broadcastPath, BROADCASTS_URL, MESSAGES, settled, type Broadcast } from './broadcast';

const ICON = 'size-5';

/** Everything that is said again; not when, and not what became of it. */
function copyOf(b: Broadcast, title: string) {
  const { content, language, variants, category, template_sid, template_variables, target_all_patients, target, rate_per_hour, quiet_hours } = b;
  return { title, content, language, variants, category, template_sid, template_variables, target_all_patients, target, rate_per_hour, quiet_hours };
}

/** What can be done with it now. */
export function Actions({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  const lang = useLang();
  const client = useQueryClient();
  const router = useRouter();
  const may = useIsDoctor();
  const [busy, setBusy] = useState('');
  const [asking, setAsking] = useState<'cancel' | 'delete' | null>(null);
  const url = `${BROADCASTS_URL}${b.id}/`;
  const renew = () => client.invalidateQueries({ queryKey: ['broadcasts'] });

  async function act(what: 'pause' | 'resume', said: string) {
    setBusy(what);
    try {
      await api.post(`${url}${what}/`);
      toast(said, what === 'pause' ? { undo: () => void act('resume', t.resumed) } : {});
    } catch (why) {
      toast(explain(why).detail || explain(why).title);
    } finally {
      await renew();
      setBusy('');
    }
  }

  async function duplicate() {
    setBusy('copy');
    try {
      const made = await api.post<Broadcast>(BROADCASTS_URL, copyOf(b, t.copyTitle(b.title).slice(0, 200)));
      await renew();
      toast(t.copied);
      router.push(broadcastPath(made.id));
    } catch (why) {
      toast(explain(why).detail || explain(why).title);
      setBusy('');
    }
  }

  async function remove() {
    await api.delete(url);
    router.push(MESSAGES);
    await client.invalidateQueries({ queryKey: ['broadcasts', 'list'] });
    toast(t.deleted);
  }

  async function cancel() {
    await api.post(`${url}cancel/`);
    await renew();
    toast(t.cancelled);
  }

  const open = b.status === 'sending' || b.status === 'scheduled';
  const left = aimed(b.counts) - settled(b.counts);
  if (!may) return null;
  return (
    <>
      {open && <Button busy={busy === 'pause'} onClick={() => void act('pause', t.paused)} icon={<Pause aria-hidden className={ICON} />}>{t.pause}</Button>}
      {b.status === 'paused' && <Button look="primary" busy={busy === 'resume'} onClick={() => void act('resume', t.resumed)} icon={<Play aria-hidden className={ICON} />}>{t.resume}</Button>}
      {(open || b.status === 'paused') && <Button onClick={() => setAsking('cancel')} icon={<Ban aria-hidden className={ICON} />}>{t.cancel}</Button>}
      {b.started_at && <Button busy={busy === 'copy'} onClick={() => void duplicate()} icon={<Copy aria-hidden className={ICON} />}>{t.duplicate}</Button>}
      {!open && b.status !== 'paused' && <Button onClick={() => setAsking('delete')} icon={<Trash2 aria-hidden className={ICON} />}>{t.delete}</Button>}
      <ConfirmDialog open={asking === 'cancel'} onOpenChange={(on) => setAsking(on ? 'cancel' : null)} title={t.cancelAsk} verb={t.cancel} keep={t.cancelKeep} onConfirm={cancel}>
        {b.started_at ? t.cancelHelp(left, formatNumber(left, lang)) : t.cancelScheduledHelp}
      </ConfirmDialog>
      <ConfirmDialog open={asking === 'delete'} onOpenChange={(on) => setAsking(on ? 'delete' : null)} title={t.deleteAsk} verb={t.delete} onConfirm={remove}>
        {b.started_at ? t.deleteHelp : t.deleteDraftHelp}
      </ConfirmDialog>
    </>
  );
}

/** All recipients with their numbers, for a spreadsheet; the browser asks with its session. */
export function CsvLink({ broadcast: b }: { broadcast: Broadcast }) {
  const t = useWords(broadcasts);
  return (
    <a href={`${BROADCASTS_URL}${b.id}/report/?format=csv`} download className="inline-flex min-h-11 items-center gap-2 rounded-md px-3 font-semibold text-accent hover:bg-accent-ground">
      <Download aria-hidden className={ICON} />
      {t.csv}
    </a>
  );
}

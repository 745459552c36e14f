/**
 * The copy of a draft on the server, so that a colleague or another device can go on with it. It has everything but the times: a broadcast with a
 * time leaves by itself. One call at a time; whoever is second after a colleague is told (conflict).
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';

import { api, ApiError, newKey } from '@/lib/api';
import { dropDraft } from '@/lib/draft';
import { BROADCASTS_URL, type Broadcast } from './broadcast';
import { draftBodyOf, type Typed } from './composed';

const PAUSE_MS = 1500;

export function useServerDraft(form: UseFormReturn<Typed, unknown, Typed>, { name, active, onMade }: { name: string; active: boolean; onMade?: (id: number) => void }) {
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [conflict, setConflict] = useState(false);
  const client = useQueryClient();
  const last = useRef({ text: '', key: newKey() });
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  async function write(): Promise<number | null> {
    const values = form.getValues();
    const body = draftBodyOf(values);
    if (!body) return values.draft_id;
    const text = JSON.stringify(body);
    if (values.draft_id && text === last.current.text) return values.draft_id;
    if (!values.draft_id && text !== last.current.text) last.current = { text, key: newKey() };
    const made = values.draft_id === null;
    const b = made
      ? await api.post<Broadcast>(BROADCASTS_URL, body, { idempotencyKey: last.current.key })
      : await api.patch<Broadcast>(`${BROADCASTS_URL}${values.draft_id}/`, { ...body, version: values.draft_version });
    last.current.text = text;
    form.setValue('draft_id', b.id);
    form.setValue('draft_version', b.version);
    setSavedAt(new Date());
    // Only what was sent is safe: what was typed meanwhile is not.
    if (JSON.stringify(draftBodyOf(form.getValues())) === text) {
      form.reset(form.getValues(), { keepValues: true, keepErrors: true, keepTouched: true, keepIsSubmitted: true });
      dropDraft(name);
    }
    void client.invalidateQueries({ queryKey: ['broadcasts', 'list'] });
    if (made) onMade?.(b.id);
    return b.id;
  }

  /** The id on the server; null: it cannot be kept there yet. */
  function save(): Promise<number | null> {
    const next = queue.current.catch(() => undefined).then(write);
    queue.current = next;
    return next.catch((why: unknown) => {
      if (why instanceof ApiError && (why.status === 409 || why.status === 404)) setConflict(true);
      throw why;
    });
  }

  const saveQuietly = useEffectEvent(() => void save().catch(() => undefined));
  useEffect(() => {
    if (!active || conflict) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = form.watch(() => {
      clearTimeout(timer);
      timer = setTimeout(saveQuietly, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [active, conflict, form]);

  /** One's own words win: they become the next version of what stands there now. */
  async function keepMine() {
    const id = form.getValues('draft_id');
    const now = await api.get<Broadcast>(`${BROADCASTS_URL}${id}/`);
    form.setValue('draft_version', now.version);
    last.current.text = '';
    setConflict(false);
  }

  return { save, savedAt, conflict, setConflict, keepMine };
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { explain } from '@/lib/errors';
import { toast } from '@/lib/toast';

/** Does something to a conversation: busy meanwhile, what depends on it asked again, a refusal said. `undo` is offered with what was done. True: done. */
export function useAct(): [boolean, (act: () => Promise<unknown>, done?: string, undo?: () => void) => Promise<boolean>] {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  async function act(what: () => Promise<unknown>, done?: string, undo?: () => void) {
    setBusy(true);
    try {
      await what();
      if (done) toast(done, { undo });
      return true;
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
      return false;
    } finally {
      setBusy(false);
      for (const root of ['sessions', 'thread', 'notifications', 'messages']) void client.invalidateQueries({ queryKey: [root] });
    }
  }
  return [busy, act];
}

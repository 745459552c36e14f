'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { toast } from '@/lib/toast';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { RUNS_URL, runPath, type Run } from './golden';

/** Starts a run and goes to its page, where the answers come in. */
export function StartButton({ label }: { label: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function start() {
    setBusy(true);
    try {
      const run = await api.post<Run>(RUNS_URL);
      void client.invalidateQueries({ queryKey: ['evaluations'] });
      router.push(runPath(run.id));
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
      void client.invalidateQueries({ queryKey: ['evaluations'] });
    } finally {
      setBusy(false);
    }
  }

  return <Button look="primary" busy={busy} onClick={() => void start()} icon={<Play aria-hidden className="size-5" />}>{label}</Button>;
}

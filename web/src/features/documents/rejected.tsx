'use client';

import { Undo2 } from 'lucide-react';

import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { When } from '@/components/ui/when';
import { api } from '@/lib/api';
import { useWords } from '@/lib/i18n';
import { viewer } from '@/messages/viewer';
import { documentUrl } from './document';
import { useDeed } from './document-actions';
import { ICONS, type FactCorrectionRow } from './fact';
import { useMay } from './use-may';

/** What people said is not so: kept, with who and when, and brought back by a button. Nothing while there is none. */
export function Rejected({ id, corrections, onPage }: { id: number; corrections: FactCorrectionRow[]; onPage: (page: number) => void }) {
  const t = useWords(viewer);
  const may = useMay();
  const { busy, act } = useDeed();
  const rejected = corrections.filter((row) => row.deed === 'remove');
  if (rejected.length === 0) return null;
  return (
    <Panel title={t.rejected} flush className="mt-6">
      <ul>
        {rejected.map((row) => {
          const Icon = ICONS[row.type];
          return (
            <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0">
              <Icon aria-hidden className="size-5 shrink-0 text-ink-soft" />
              <div className="min-w-0 flex-1 basis-56">
                <p className="break-words"><span className="sr-only">{t.types[row.type]}{' : '}</span><s>{row.name}</s></p>
                <p className="text-small text-ink-soft">{t.rejectedBy(row.by ?? t.somebody)} <When at={row.at} /></p>
              </div>
              <Button look="quiet" onClick={() => onPage(row.page)}>{t.page(row.page)}</Button>
              {may.write && <Button look="quiet" busy={busy} icon={<Undo2 aria-hidden className="size-5" />} onClick={() => void act(() => api.delete(`${documentUrl(id)}fact-corrections/${row.id}/`), t.factRestored)}>{t.bringBack}</Button>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

'use client';

import { Pencil, PlusCircle, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Brief } from '@/components/ui/brief';
import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/list-state';
import { When } from '@/components/ui/when';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { viewer } from '@/messages/viewer';
import { lineOf, type Fact } from './fact';
import { FactPanel } from './fact-panel';
import { PageEditor } from './page-editor';
import { PageQuality, PageText } from './page-text';
import type { Line, Page } from './page';
import { useMay } from './use-may';
import { usePageSave, type PageSave } from './use-page-save';

/** Two people at one page: theirs is shown, mine is kept, and one of them is chosen. */
function Conflict({ page, saving }: { page: Page; saving: PageSave }) {
  const t = useWords(viewer);
  const [busy, setBusy] = useState(false);
  if (saving.mine === null) return null;
  return (
    <div className="p-3">
      <Alert tone="look" live title={t.conflict(page.corrected_by ?? t.somebody)}>
        <p>{t.conflictHelp}</p>
        <details className="mt-2">
          <summary className="min-h-11 py-2 font-semibold">{t.conflictMine}</summary>
          <pre className="max-h-64 overflow-auto rounded-md bg-surface p-2 font-sans text-small whitespace-pre-wrap text-ink">{saving.mine}</pre>
        </details>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button onClick={saving.keepTheirs}>{t.keepTheirs}</Button>
          <Button busy={busy} onClick={() => { setBusy(true); void saving.overwrite().finally(() => setBusy(false)); }}>{t.keepMine}</Button>
        </div>
      </Alert>
    </div>
  );
}

/** What it means that a page was not read, and what to do. */
function Illegible({ page, mayWrite, onType, onNothing }: { page: Page; mayWrite: boolean; onType: () => void; onNothing: () => void }) {
  const t = useWords(viewer);
  if (page.legible) return null;
  return (
    <div className="p-3">
      <Alert tone="look" title={page.source === 'unread' ? t.unreadTitle : t.illegibleTitle(page.confidence)}>
        <p>{t.illegibleHelp}</p>
        {mayWrite && (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button look="primary" icon={<Pencil aria-hidden className="size-5" />} onClick={onType}>{t.typePage}</Button>
            <Button onClick={onNothing}>{t.nothingOnPage}</Button>
          </div>
        )}
      </Alert>
    </div>
  );
}

export function ReadingPane({ id, page, lines, rows, facts, active, marked, onActive }: {
  id: number;
  page: Page;
  lines: Line[];
  /** The lines of the page's text, of which each line is one. */
  rows: string[];
  facts: Fact[];
  active: number | null;
  marked: Set<number>;
  onActive: (at: number | null) => void;
}) {
  const t = useWords(viewer);
  const may = useMay();
  const saving = usePageSave(id, page);
  const [editing, setEditing] = useState<number | 'page' | null>(null);
  const [shown, setShown] = useState<{ fact: Fact | null; quote: string } | null>(null);
  const byLine = useMemo(() => {
    const map = new Map<number, Fact[]>();
    for (const fact of facts) {
      const at = lineOf(fact, lines)?.at ?? -1;
      map.set(at, [...(map.get(at) ?? []), fact]);
    }
    return map;
  }, [facts, lines]);

  async function saveLine(line: Line, text: string) {
    await saving.save(rows.map((row, at) => (at === line.at ? text : row)).join('\n'));
    setEditing(null);
  }
  async function savePage(text: string) {
    if (await saving.save(text)) setEditing(null);
  }

  return (
    <section aria-label={t.text} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 border-b border-line px-3 py-1">
        <PageQuality {...page} />
        {may.write && editing !== 'page' && (
          <div className="flex flex-wrap">
            <Button look="quiet" icon={<PlusCircle aria-hidden className="size-5" />} onClick={() => setShown({ fact: null, quote: lines.find((line) => line.at === active)?.text ?? '' })}><Brief words={t.factAddLong} short={t.factAdd} /></Button>
            <Button look="quiet" icon={<Pencil aria-hidden className="size-5" />} onClick={() => setEditing('page')}><Brief words={t.editPage} short={t.editPageShort} /></Button>
          </div>
        )}
      </div>
      {page.attachment && <p className="px-3 pt-2 text-small text-ink-soft">{t.attachment(page.attachment)}</p>}
      {page.source === 'corrected' && (
        <div className="flex flex-wrap items-center justify-between gap-2 px-3 pt-2 text-small text-ink-soft">
          <p>{t.correctedBy(page.corrected_by ?? t.somebody)} {page.corrected_at && <When at={page.corrected_at} />}</p>
          {may.write && <Button look="quiet" icon={<Undo2 aria-hidden className="size-5" />} onClick={() => void saving.takeBack()}>{t.takeBack}</Button>}
        </div>
      )}
      {saving.error ? <div className="p-3"><Alert tone="look" live title={explain(saving.error).title}>{explain(saving.error).detail}</Alert></div> : null}
      <Conflict page={page} saving={saving} />
      {editing !== 'page' && <Illegible page={page} mayWrite={may.write} onType={() => setEditing('page')} onNothing={() => void saving.save('')} />}
      {editing === 'page' ? <PageEditor key={page.version} text={page.text} onDone={() => setEditing(null)} onSave={savePage} /> : (
        <div className="p-2">
          {lines.length === 0 && page.legible && <Empty title={t.noWords}>{page.source === 'corrected' ? t.noWordsCorrected : t.noWordsHelp}</Empty>}
          <PageText {...{ lines, active, marked, onActive }} facts={byLine} editing={editing} mayWrite={may.write} onEdit={setEditing} onFact={(fact) => setShown({ fact, quote: '' })} onSave={saveLine} />
        </div>
      )}
      {may.write && <FactPanel id={id} page={page.number} fact={shown?.fact ?? null} quote={shown?.quote ?? ''} open={shown !== null} onClose={() => setShown(null)} />}
    </section>
  );
}

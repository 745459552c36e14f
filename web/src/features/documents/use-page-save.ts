/** Saves the text of a page, and keeps what one typed when somebody else was faster. */
import { useState } from 'react';

import { api, ApiError } from '@/lib/api';
import { explain } from '@/lib/errors';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { viewer } from '@/messages/viewer';
import { documentUrl } from './document';
import { useRenewDocuments } from './document-actions';
import type { Page } from './page';

export interface PageSave {
  save: (text: string) => Promise<boolean>;
  takeBack: () => Promise<void>;
  /** What one typed, and somebody else had changed meanwhile; null: nothing. */
  mine: string | null;
  keepTheirs: () => void;
  overwrite: () => Promise<void>;
  error: unknown;
}

export function usePageSave(id: number, page: Page | undefined): PageSave {
  const t = useWords(viewer);
  const renew = useRenewDocuments();
  const [mine, setMine] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const where = `${documentUrl(id)}pages/${page?.number}/`;

  /** Back to how it was before: typed words again, or what was read. */
  function undo(before: Page) {
    return () => void (before.source === 'corrected' ? api.patch(where, { text: before.text }) : api.delete(where)).then(renew, (why) => toast(explain(why).detail));
  }

  async function put(text: string, version: number | undefined): Promise<boolean> {
    if (!page) return false;
    setError(null);
    try {
      await api.patch(where, { text, ...(version !== undefined && { version }) });
      setMine(null);
      toast(t.pageSaved, { undo: undo(page) });
      return true;
    } catch (why) {
      if (why instanceof ApiError && why.code === 'page_changed') setMine(text);
      else setError(why);
      return false;
    } finally {
      await renew();
    }
  }

  async function takeBack() {
    if (!page) return;
    setError(null);
    const text = page.text;
    try {
      await api.delete(where);
      toast(t.pageTakenBack, { undo: () => void api.patch(where, { text }).then(renew) });
    } catch (why) {
      setError(why);
    } finally {
      await renew();
    }
  }

  return {
    save: (text) => put(text, page?.version),
    takeBack,
    mine,
    keepTheirs: () => setMine(null),
    overwrite: async () => { if (mine !== null) await put(mine, undefined); },
    error,
  };
}

'use client';

import { ArrowRightLeft, Download, FileSearch, MoreHorizontal, PencilLine, RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { z } from 'zod';

import { Button } from '@/components/ui/button';
import { SidePanel } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { SelectField, TextField } from '@/components/ui/form-fields';
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu';
import { api } from '@/lib/api';
import { useSavedForm } from '@/lib/form';
import { useWords, words } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { documents } from '@/messages/documents';
import { viewer } from '@/messages/viewer';
import { DOCUMENTS, documentUrl, KINDS, type Document } from './document';
import { RemoveDialog, useDeed, useRenewDocuments } from './document-actions';
import { MoveDialog } from './identity';
import { useMay } from './use-may';

const schema = () => {
  const t = words(viewer);
  return z.object({ title: z.string().trim().min(1, t.required).max(200, t.tooLong), kind: z.string(), date: z.string() });
};

function AboutForm({ document, onClose }: { document: Document; onClose: () => void }) {
  const t = useWords(viewer);
  const d = useWords(documents);
  const renew = useRenewDocuments();
  const initial = { title: document.title, kind: document.kind as string, date: document.date ?? '' };
  const saved = useSavedForm({
    schema: schema(),
    initial,
    save: async (values) => {
      // What is not changed stays as it was read, and may be read better another time.
      const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value && value !== initial[name as keyof typeof initial]));
      if (Object.keys(changed).length) await api.patch(documentUrl(document.id), changed);
      onClose();
      toast(t.aboutSaved);
      await renew();
    },
  });
  return (
    <Form saved={saved} verb={t.aboutSave}>
      <TextField name="title" label={t.aboutTitle} maxLength={200} autoComplete="off" />
      <SelectField name="kind" label={d.kind} options={KINDS.map((value) => ({ value, label: d.kinds[value]! }))} />
      <TextField name="date" type="date" label={t.aboutDate} hint={t.aboutDateHint} optional />
    </Form>
  );
}

/** What can be done with the document as a whole. */
export function DocumentMenu({ document }: { document: Document }) {
  const t = useWords(viewer);
  const d = useWords(documents);
  const router = useRouter();
  const may = useMay();
  const { act } = useDeed();
  const [open, setOpen] = useState<'about' | 'move' | 'remove' | null>(null);
  const toggle = (what: typeof open) => (on: boolean) => setOpen(on ? what : null);
  const url = documentUrl(document.id);
  const give = (href: string) => window.location.assign(href);

  return (
    <>
      <Menu align="end" trigger={<Button icon={<MoreHorizontal aria-hidden className="size-5" />}>{t.more}</Button>}>
        <MenuItem icon={<Download aria-hidden className="size-5" />} onSelect={() => give(`${url}file/`)}>{t.original}</MenuItem>
        {document.status === 'indexed' && <MenuItem icon={<FileSearch aria-hidden className="size-5" />} onSelect={() => give(`${url}searchable/`)}>{t.searchable}</MenuItem>}
        {may.write && (
          <>
            <MenuLine />
            <MenuItem icon={<PencilLine aria-hidden className="size-5" />} onSelect={() => setOpen('about')}>{t.about}</MenuItem>
            <MenuItem icon={<ArrowRightLeft aria-hidden className="size-5" />} onSelect={() => setOpen('move')}>{d.move}</MenuItem>
            <MenuItem icon={<RefreshCw aria-hidden className="size-5" />} onSelect={() => void act(() => api.post(`${url}reindex/`, {}), d.retried)}>{d.retry}</MenuItem>
          </>
        )}
        {may.erase && <><MenuLine /><MenuItem danger icon={<Trash2 aria-hidden className="size-5" />} onSelect={() => setOpen('remove')}>{d.removeVerb}</MenuItem></>}
      </Menu>
      <SidePanel open={open === 'about'} onOpenChange={toggle('about')} title={t.about}><AboutForm document={document} onClose={() => setOpen(null)} /></SidePanel>
      <MoveDialog key={`move${open === 'move'}`} document={document} open={open === 'move'} onOpenChange={toggle('move')} />
      <RemoveDialog document={document} open={open === 'remove'} onOpenChange={toggle('remove')} after={() => router.push(DOCUMENTS)} />
    </>
  );
}
